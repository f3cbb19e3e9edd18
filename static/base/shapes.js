/** Points and rectangles on the screen, which modules of every folder share. */

/**
 * @typedef {object} Spot a point, in CSS pixels from the top left corner of #plot
 * @property {number} x
 * @property {number} y
 *
 * @typedef {object} Size in CSS pixels
 * @property {number} width
 * @property {number} height
 *
 * @typedef {object} Box a rectangle, in CSS pixels
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 */

/**
 * Have both a point in common?
 * @param {Box} one
 * @param {Box} other
 * @param {number} [gap] pixels that are to be between them in x
 */
export function touches(one, other, gap = 0) {
  return (
    one.left < other.left + other.width + gap &&
    other.left < one.left + one.width + gap &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  );
}

/** The types of points and rectangles on the screen, which modules of every folder share. */

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

export {};

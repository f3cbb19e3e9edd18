/**
 * Where the readout may be: at the left or right edge of the plot, where it hides least of the
 * lines and nothing of what is pointed at. It stays there until another position is clearly better,
 * so that it does not jump.
 */

/** @typedef {import("../base/shapes.js").Box} Box */
/**
 * @typedef {{across: number, down: number}} Position how far from the left and from the top, 0 to 1
 */

/** In order of preference: corners first. @type {Position[]} */
const POSITIONS = [0, 1, 0.5, 0.25, 0.75].flatMap((down) => [
  { across: 1, down },
  { across: 0, down },
]);
const CLEARLY = 12;
/** Dearer than all the points of the lines: what is pointed at is seen, if there is a place. */
const POINTED_AT = 1e6;

/** @type {Position} */
export const FIRST_POSITION = { across: 1, down: 0 };

/**
 * @param {Box} area in which it is
 * @param {{width: number, height: number}} size of the readout
 * @param {Position} position
 * @returns {Box}
 */
export function boxAt(area, { width, height }, { across, down }) {
  return {
    left: area.left + across * (area.width - width),
    top: area.top + down * (area.height - height),
    width,
    height,
  };
}

/**
 * @param {Box} area
 * @param {{width: number, height: number}} size
 * @param {{x: number, y: number}[]} points of the lines, in pixels
 * @param {{x: number, y: number}[]} pointed at: not to be hidden
 * @param {Position} current
 * @param {boolean} free it may move at once
 * @returns {Position}
 */
export function bestPosition(area, size, points, pointed, current, free = false) {
  const cost = (/** @type {Position} */ position) => {
    const box = boxAt(area, size, position);
    return countIn(box, points) + POINTED_AT * countIn(box, pointed);
  };
  let [best, least] = [current, cost(current) - (free ? 0 : CLEARLY)];
  for (const position of POSITIONS) {
    const its = cost(position);
    if (its < least) [best, least] = [position, its];
  }
  return best;
}

/** @param {Box} box @param {{x: number, y: number}[]} points */
export function countIn({ left, top, width, height }, points) {
  let inside = 0;
  for (const { x, y } of points)
    if (x >= left && x <= left + width && y >= top && y <= top + height) inside += 1;
  return inside;
}

/**
 * Where figures may stand: in the corner of the plot where they hide least of the lines and nothing of what is pointed
 * at. They stay there until another corner is clearly better, so that they do not jump.
 */

/** @typedef {import("./axes.js").Box} Box */
/** @typedef {"top left" | "top right" | "bottom left" | "bottom right"} Corner */

/** @type {Corner[]} */
const CORNERS = ["top right", "top left", "bottom right", "bottom left"];
const CLEARLY = 12;
const POINTED_AT = 1000;

/**
 * @param {Box} area in which they stand
 * @param {{width: number, height: number}} size of the figures
 * @param {Corner} corner
 * @returns {Box}
 */
export function boxAt(area, { width, height }, corner) {
  const left = corner.endsWith("left") ? area.left : area.left + area.width - width;
  const top = corner.startsWith("top") ? area.top : area.top + area.height - height;
  return { left, top, width, height };
}

/**
 * @param {Box} area
 * @param {{width: number, height: number}} size
 * @param {{x: number, y: number}[]} points of the lines, in pixels
 * @param {{x: number, y: number}[]} pointed at: not to be hidden
 * @param {Corner} current
 * @returns {Corner}
 */
export function bestCorner(area, size, points, pointed, current) {
  const cost = (/** @type {Corner} */ corner) => {
    const box = boxAt(area, size, corner);
    return countIn(box, points) + POINTED_AT * countIn(box, pointed);
  };
  let [best, least] = [current, cost(current) - CLEARLY];
  for (const corner of CORNERS) {
    const its = cost(corner);
    if (its < least) [best, least] = [corner, its];
  }
  return best;
}

/** @param {Box} box @param {{x: number, y: number}[]} points */
function countIn({ left, top, width, height }, points) {
  let inside = 0;
  for (const { x, y } of points) if (x >= left && x <= left + width && y >= top && y <= top + height) inside += 1;
  return inside;
}

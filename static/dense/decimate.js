/**
 * A series cut into short stretches, thinned to what a pixel can show. A rasteriser's work for one
 * path grows faster than its length: 8,000 vertices of noise stroked at once took 52 ms, in
 * stretches of 64 10 ms, and 3 ms with a line one pixel wide (Chromium, software rendering). What
 * is left out: vertices on the way up or down within one pixel column, and those nearer than a
 * third of a pixel to the last one.
 */

const STRETCH = 64;
const NEAR_X = 0.9;
const NEAR_Y = 0.3;
const MOVE = 1;

/**
 * @typedef {object} Cut
 * @property {number} xScale pixels per unit; 0: leave nothing out
 * @property {number} yScale
 * @property {boolean} joined a stretch begins with the last vertex of the one before
 * @property {boolean} nulls a gap is null, null instead of x, NaN
 * @property {boolean} [steps] the last vertex before a gap comes twice: whoever draws steps goes up or
 *   down to a vertex on the way to the next one, and to a gap there is no way
 */

/** One for all series: a stretch is used up before the next is cut. @type {(number | null)[]} */
const withNulls = [];
const flat = new Float64Array(2 * STRETCH);

/**
 * @param {Float64Array} points x, y, x, y, ...; y = NaN is a gap
 * @param {Cut} cut
 * @param {(stretch: ArrayLike<number | null>) => void} draw
 */
export function eachStretch(points, cut, draw) {
  const { joined, nulls, steps = false } = cut;
  const buffer = /** @type {(number | null)[]} */ (
    /** @type {unknown} */ (nulls ? withNulls : flat)
  );
  let [count, lastX, lastY] = [0, NaN, NaN];
  const put = (/** @type {number | null} */ x, /** @type {number | null} */ y) => {
    buffer[2 * count] = x;
    buffer[2 * count + 1] = y;
    if (++count < STRETCH) return;
    draw(buffer);
    count = joined ? carry(buffer) : 0;
  };
  for (let i = 0; i < points.length; i += 2) {
    if (isLeftOut(points, i, lastX, lastY, cut)) continue;
    const gap = nulls && Number.isNaN(points[i + 1]);
    if (gap && steps && count > 1 && isStep(buffer, count - 1)) put(lastX, lastY);
    lastX = /** @type {number} */ (points[i]);
    lastY = /** @type {number} */ (points[i + 1]);
    put(gap ? null : lastX, gap ? null : lastY);
  }
  if (count > (joined ? 1 : 0))
    draw(nulls ? withNulls.slice(0, 2 * count) : flat.subarray(0, 2 * count));
}

/**
 * How often a line goes up or down, by a pixel at least: a measure of the picture, however many
 * vertices it has.
 * @param {Float64Array} points
 * @param {Cut} cut
 * @param {number} [enough] more are not counted
 */
export function movesOf(points, cut, enough = Infinity) {
  let [moves, lastX, lastY] = [0, NaN, NaN];
  for (let i = 0; i < points.length && moves < enough; i += 2) {
    if (isLeftOut(points, i, lastX, lastY, cut)) continue;
    const y = /** @type {number} */ (points[i + 1]);
    if (Math.abs(y - lastY) * cut.yScale >= MOVE) moves += 1;
    lastX = /** @type {number} */ (points[i]);
    lastY = y;
  }
  return moves;
}

/**
 * @param {Float64Array} points
 * @param {number} i of a vertex
 * @param {number} lastX of the last one that was not left out
 * @param {number} lastY
 * @param {Cut} cut
 */
function isLeftOut(points, i, lastX, lastY, { xScale, yScale }) {
  if (!(xScale > 0)) return false;
  const x = /** @type {number} */ (points[i]);
  const y = /** @type {number} */ (points[i + 1]);
  return Math.abs(x - lastX) * xScale < NEAR_X && isOnTheWay(lastY, y, points[i + 3], yScale);
}

/**
 * @param {number} before
 * @param {number} y
 * @param {number | undefined} after undefined: y is the last, and is never left out
 * @param {number} scale
 */
function isOnTheWay(before, y, after, scale) {
  if (after === undefined || Number.isNaN(after)) return false;
  if ((y - before) * (after - y) > 0) return true;
  // The last vertex of a level stays: without it the step after it would be a slope.
  return Math.abs(y - before) * scale < NEAR_Y && Math.abs(after - y) * scale < 1;
}

/**
 * Is there another value at a vertex than before it? At a gap there is none.
 * @param {(number | null)[]} buffer
 * @param {number} at
 */
function isStep(buffer, at) {
  const [before, y] = [buffer[2 * at - 1], buffer[2 * at + 1]];
  return before !== null && y !== null && before !== y;
}

/** @param {(number | null)[]} buffer */
function carry(buffer) {
  buffer[0] = /** @type {number} */ (buffer[2 * STRETCH - 2]);
  buffer[1] = /** @type {number} */ (buffer[2 * STRETCH - 1]);
  return 1;
}

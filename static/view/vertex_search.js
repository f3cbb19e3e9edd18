/**
 * Which vertex is meant by a point on the screen. Vertices are true points of the series (a column
 * of M4 is its first, smallest, largest and last point), so that pointing at the tip of a spike
 * finds the very point, however many share its pixel. Points in order of x are looked up by
 * halving, those of an XY series by their distance in pixels.
 */

/**
 * @typedef {object} Projection maps a vertex to CSS pixels of the canvas
 * @property {(x: number) => number} xAt
 * @property {(y: number) => number} yAt
 *
 * @typedef {object} Found
 * @property {number} index of the vertex
 * @property {number} x
 * @property {number} y
 * @property {number} distance in pixels
 */

/**
 * The first vertex whose x is not below `x`.
 * @param {Float64Array} points x, y, x, y, ... in order of x
 * @param {number} x
 */
export function firstFrom(points, x) {
  let [lo, hi] = [0, points.length / 2];
  while (lo < hi) {
    const middle = (lo + hi) >> 1;
    if (xOf(points, middle) < x) lo = middle + 1;
    else hi = middle;
  }
  return lo;
}

/**
 * The y of the last vertex in a range; NaN if there is none.
 * @param {Float64Array} points in order of x
 * @param {[number, number]} range
 */
export function lastYIn(points, [low, high]) {
  let index = firstFrom(points, high);
  while (index < points.length / 2 && xOf(points, index) === high) index += 1;
  return index > 0 && xOf(points, index - 1) >= low ? yOf(points, index - 1) : NaN;
}

/**
 * The y of the first vertex in a range that has one; NaN if there is none.
 * @param {Float64Array} points in order of x
 * @param {[number, number]} range
 */
export function firstYIn(points, [low, high]) {
  for (let index = firstFrom(points, low); index < points.length / 2; index += 1) {
    if (xOf(points, index) > high) break;
    if (!Number.isNaN(yOf(points, index))) return yOf(points, index);
  }
  return NaN;
}

/**
 * The vertex whose x is nearest; -1 if there is none.
 * @param {Float64Array} points in order of x
 * @param {number} x
 */
export function nearestInX(points, x) {
  const count = points.length / 2;
  const after = firstFrom(points, x);
  if (after === 0) return count > 0 ? 0 : -1;
  if (after === count) return count - 1;
  return xOf(points, after) - x < x - xOf(points, after - 1) ? after : after - 1;
}

/**
 * The vertex nearest to a point, within `reach` pixels; null if there is none.
 * @param {Float64Array} points
 * @param {boolean} ordered in x
 * @param {{x: number, y: number}} at pixels of the canvas
 * @param {Projection & {valueAt: (pixel: number) => number}} projection
 * @param {number} reach
 * @returns {Found | null}
 */
export function nearestInPixels(points, ordered, at, projection, reach) {
  const begin = ordered ? firstFrom(points, projection.valueAt(at.x - reach)) : 0;
  const end = ordered ? firstFrom(points, projection.valueAt(at.x + reach)) : points.length / 2;
  let [index, least] = [-1, reach * reach];
  for (let i = begin; i < end; i++) {
    const across = projection.xAt(xOf(points, i)) - at.x;
    const up = projection.yAt(yOf(points, i)) - at.y;
    const square = across * across + up * up;
    if (square <= least) [index, least] = [i, square];
  }
  return index < 0
    ? null
    : { index, x: xOf(points, index), y: yOf(points, index), distance: Math.sqrt(least) };
}

/**
 * The next vertex to the right or left that is no gap and lies `least` away in x at least; -1:
 * there is none.
 * @param {Float64Array} points in order of x
 * @param {number} x
 * @param {1 | -1} direction
 * @param {number} least
 */
export function nextInX(points, x, direction, least) {
  const count = points.length / 2;
  const goal = x + direction * least;
  let index = direction > 0 ? firstFrom(points, goal) : firstFrom(points, goal) - 1;
  if (direction < 0 && index + 1 < count && xOf(points, index + 1) === goal) index += 1;
  while (
    index >= 0 &&
    index < count &&
    (xOf(points, index) === x || Number.isNaN(yOf(points, index)))
  )
    index += direction;
  return index >= 0 && index < count ? index : -1;
}

/** @param {Float64Array} points @param {number} index */
export function xOf(points, index) {
  return /** @type {number} */ (points[2 * index]);
}

/** @param {Float64Array} points @param {number} index */
export function yOf(points, index) {
  return /** @type {number} */ (points[2 * index + 1]);
}

/**
 * Gaps, distances and sparseness in a flat array of vertices (x, y, x, y, ...; y = NaN is a gap).
 */

/**
 * Where the vertices begin that have a gap or nothing on both sides.
 * @param {Float64Array} points
 */
export function* lonelyIn(points) {
  let before = true;
  for (let i = 0; i < points.length; i += 2) {
    const gap = Number.isNaN(points[i + 1]);
    if (!gap && before && (i + 2 >= points.length || Number.isNaN(points[i + 3]))) yield i;
    before = gap;
  }
}

/**
 * How near two neighbours come in x; Infinity if there are none.
 * @param {Float64Array} points
 */
export function narrowestStep(points) {
  let narrowest = Infinity;
  for (let i = 2; i < points.length; i += 2) {
    const step = Math.abs(
      /** @type {number} */ (points[i]) - /** @type {number} */ (points[i - 2]),
    );
    if (step > 0 && step < narrowest) narrowest = step;
  }
  return narrowest;
}

/**
 * Is there room for a dot at each vertex?
 * @param {Float64Array} points
 * @param {[number, number]} range of x that is seen
 * @param {number} pixels that it takes
 * @param {number} room that each needs
 */
export function sparse(points, [from, to], pixels, room) {
  const most = pixels / room;
  let seen = 0;
  for (let i = 0; i < points.length && seen <= most; i += 2) {
    const x = /** @type {number} */ (points[i]);
    if (x >= from && x <= to) seen += 1;
  }
  return seen <= most;
}

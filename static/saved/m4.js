/**
 * M4, as the relay has it (zwsnb/view/m4.py): of all points in a pixel column those that draw the
 * same picture, which are the first, the lowest, the highest and the last; and where there are gaps,
 * those at their edges. The columns are those of zwsnb/history/pixel_grid.py, a power of two wide.
 */

/** @typedef {{width: number, log: boolean}} Grid */

const SMALLEST = 2 ** -1022;
/** Of x, by which a logarithmic column starts earlier than computed. */
const MARGIN = 1e-12;
const [LEAST_EXPONENT, LARGEST_EXPONENT] = [-1074, 1023];

/**
 * The largest power of two that gives every pixel a column of its own.
 * @param {number} span
 * @param {number} pixels
 */
export function columnWidth(span, pixels) {
  const width = Math.min(span, Number.MAX_VALUE) / pixels;
  let exponent = Math.floor(Math.log2(width));
  // The logarithm is rounded.
  if (2 ** exponent > width) exponent -= 1;
  else if (2 ** (exponent + 1) <= width) exponent += 1;
  // The difference of two doubles may be none: then it is at most twice the largest one.
  if (span > Number.MAX_VALUE) exponent += 1;
  return 2 ** Math.max(LEAST_EXPONENT, Math.min(LARGEST_EXPONENT, exponent));
}

/** As the axis has an x, in the unit of the columns. @param {number} x @param {boolean} log */
export function scaled(x, log) {
  return log ? Math.log2(Math.max(x, SMALLEST)) : x;
}

/** The x at which the column of `x` starts. @param {number} x @param {Grid} grid */
export function columnStart(x, { width, log }) {
  const start = Math.floor(scaled(x, log) / width) * width;
  return log ? 2 ** start * (1 - MARGIN) : start;
}

/**
 * @param {Float64Array} points x, y, x, y, ... in the order of x; y is NaN in a gap
 * @param {Grid} grid
 * @returns {Float64Array}
 */
export function m4(points, { width, log }) {
  const kept = new Float64Array(points.length);
  const count = points.length / 2;
  let length = 0;
  const columnOf = (/** @type {number} */ i) =>
    Math.floor(scaled(/** @type {number} */ (points[2 * i]), log) / width);
  for (let begin = 0, end = 0; begin < count; begin = end) {
    const column = columnOf(begin);
    for (end = begin + 1; end < count && columnOf(end) === column; ) end += 1;
    for (const i of drawn(points, begin, end)) {
      kept[length++] = /** @type {number} */ (points[2 * i]);
      kept[length++] = /** @type {number} */ (points[2 * i + 1]);
    }
  }
  return kept.slice(0, length);
}

/**
 * Those of the points of a column that draw it, in their order.
 * @param {Float64Array} points
 * @param {number} begin
 * @param {number} end
 */
function drawn(points, begin, end) {
  let [first, last, low, high] = [-1, -1, -1, -1];
  for (let i = begin; i < end; i++) {
    const y = /** @type {number} */ (points[2 * i + 1]);
    if (Number.isNaN(y)) continue;
    if (first < 0) first = low = high = i;
    last = i;
    if (y < /** @type {number} */ (points[2 * low + 1])) low = i;
    if (y > /** @type {number} */ (points[2 * high + 1])) high = i;
  }
  const picked = first < 0 ? [begin, end - 1] : [begin, first, low, high, last, end - 1];
  return [...new Set(picked.sort((a, b) => a - b))];
}

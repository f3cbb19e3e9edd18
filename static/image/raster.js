/**
 * Which column and which cell of an image each pixel shows, and their colours. A pixel is one cell,
 * and each cell that the relay sends for a screen is a pixel at least: so all are painted.
 */

/**
 * @typedef {(pixel: number) => number} ValueAt the value at a pixel, from the left or from the top
 *
 * @typedef {object} Bins
 * @property {[number, number]} y edges of the lowest and of the highest value
 * @property {number} bins values of a row
 * @property {number} factor of which each cell holds so many
 *
 * @typedef {object} Cells
 * @property {Uint8Array} colors column by column
 * @property {number} height cells of a column
 */

/** How much farther than to the nearer neighbour a column reaches to the farther one. */
const REACH = 3;

/**
 * From where to where each column reaches: halfway to its neighbours; but where one is far away it
 * is a gap in x, into which a column reaches only a little.
 * @param {ArrayLike<number>} x of the columns, rising
 * @returns {{from: Float64Array, to: Float64Array}}
 */
export function edgesOf(x) {
  const count = x.length;
  const [from, to] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    const at = /** @type {number} */ (x[i]);
    const before = i > 0 ? at - /** @type {number} */ (x[i - 1]) : NaN;
    const after = i < count - 1 ? /** @type {number} */ (x[i + 1]) - at : NaN;
    const known = [before, after].filter((step) => step > 0);
    const least = known.length > 0 ? Math.min(...known) : 1;
    from[i] = at - Math.min(before > 0 ? before : least, REACH * least) / 2;
    to[i] = at + Math.min(after > 0 ? after : least, REACH * least) / 2;
  }
  return { from, to };
}

/**
 * @param {ArrayLike<number>} x of the columns, rising
 * @param {ValueAt} valueAt
 * @param {number} pixels
 * @returns {Int32Array} the column at each pixel; -1: none
 */
export function columnsAt(x, valueAt, pixels) {
  const { from, to } = edgesOf(x);
  const found = new Int32Array(pixels).fill(-1);
  let column = 0;
  for (let i = 0; i < pixels; i++) {
    const value = valueAt(i + 0.5);
    while (column < x.length && !(value < /** @type {number} */ (to[column]))) column++;
    if (column < x.length && value >= /** @type {number} */ (from[column])) found[i] = column;
  }
  return found;
}

/**
 * @param {Bins} image
 * @param {ValueAt} valueAt
 * @param {number} pixels
 * @returns {Int32Array} the cell at each pixel from the top; -1: none
 */
export function cellsAt({ y: [low, high], bins, factor }, valueAt, pixels) {
  const found = new Int32Array(pixels).fill(-1);
  for (let i = 0; i < pixels; i++) {
    const bin = Math.floor(((valueAt(i + 0.5) - low) / (high - low)) * bins);
    if (bin >= 0 && bin < bins) found[i] = Math.floor(bin / factor);
  }
  return found;
}

/** The middle of the y that a cell is the highest of. @param {Bins} image @param {number} cell */
export function middleOf({ y: [low, high], bins, factor }, cell) {
  const middle = cell * factor + Math.min(factor, bins - cell * factor) / 2;
  return low + (middle / bins) * (high - low);
}

/**
 * A row of pixels of the cell above is its copy.
 * @param {Uint32Array} out pixels, row by row
 * @param {Int32Array} columns at each pixel from the left
 * @param {Int32Array} cells at each pixel from the top
 * @param {Cells} image
 * @param {Uint32Array} palette by the number of a colour
 */
export function paintPixels(out, columns, cells, { colors, height }, palette) {
  const width = columns.length;
  const begins = columns.map((column) => column * height);
  const none = /** @type {number} */ (palette[0]);
  for (let row = 0; row < cells.length; row++) {
    const cell = /** @type {number} */ (cells[row]);
    const at = row * width;
    if (row > 0 && cell === cells[row - 1]) out.copyWithin(at, at - width, at);
    else if (cell < 0) out.fill(none, at, at + width);
    else
      for (let i = 0; i < width; i++) {
        const begin = /** @type {number} */ (begins[i]);
        const color = begin < 0 ? 0 : colors[begin + cell];
        out[at + i] = /** @type {number} */ (palette[/** @type {number} */ (color)]);
      }
  }
}

/**
 * What of the file's image a view is shown, as the relay chooses it
 * (zwsnb/view/streams/image_stream.py): columns of one or two pixels, and cells of as many. Those of
 * the file lie within the columns of a screen, so what is drawn of them is what would be drawn of
 * all rows, until one zooms in further than the file goes.
 */
import { columnStart, scaled } from "./m4.js";

/** Columns in sight, as zwsnb/view/streams/image_stream.py has them. */
const MOST_COLUMNS = 2048;
const HEIGHT = 512;

/**
 * @typedef {import("./embedded.js").HeldImage} HeldImage
 *
 * @typedef {object} ShownImage
 * @property {import("../image/image_wire.js").ImagePatch} patch
 * @property {boolean} isCoarse there were rows or values between them that the file has not
 */

/**
 * @param {HeldImage} image
 * @param {import("./looked.js").Visible} visible
 * @param {number} [rows] device pixels that it is high
 * @returns {ShownImage}
 */
export function shownImage(image, { lo, hi, pixels, grid }, rows = HEIGHT) {
  let width = 2 * grid.width;
  for (let columns = pixels; columns > MOST_COLUMNS; columns /= 2) width *= 2;
  const wanted = factorFor(image.bins, rows);
  const factor = Math.max(image.factor, wanted);
  const its = { width, log: grid.log };
  const columnOf = (/** @type {number} */ x) => Math.floor(scaled(x, its.log) / width);
  const [begin, end] = seenIn(image.x, columnStart(lo, its), hi, columnOf);
  const joined = joinedIn(image, begin, end, its, factor);
  const { name, bins, y, z, log, down } = image;
  return {
    patch: {
      number: 0,
      drop: 0,
      keep: 0,
      name,
      bins,
      y,
      z,
      log,
      down: down ?? false,
      rows: image.rows,
      began: image.began,
      factor,
      ...joined,
    },
    isCoarse: !image.whole && (image.width > width || image.factor > wanted),
  };
}

/** @param {number} bins @param {number} rows pixels */
function factorFor(bins, rows) {
  let factor = 1;
  while (bins > factor * rows) factor *= 2;
  return factor;
}

/**
 * The columns in sight, and one more at each side, which may reach into it.
 * @param {Float64Array} x
 * @param {number} lo
 * @param {number} hi
 * @param {(x: number) => number} columnOf
 * @returns {[number, number]}
 */
function seenIn(x, lo, hi, columnOf) {
  const first = x.findIndex((one) => one >= lo);
  const after = x.findIndex((one) => one > hi);
  const before = /** @type {number} */ (x[first < 0 ? x.length - 1 : Math.max(0, first - 1)]);
  const begin = x.findIndex((one) => columnOf(one) === columnOf(before));
  return [Math.max(0, begin), after < 0 ? x.length : after + 1];
}

/**
 * Columns as wide as a screen has them, of cells as high: the highest of each.
 * @param {HeldImage} image
 * @param {number} begin
 * @param {number} end
 * @param {import("./m4.js").Grid} grid
 * @param {number} factor
 */
function joinedIn({ x, colors, bins, factor: held }, begin, end, grid, factor) {
  const [from, height] = [Math.ceil(bins / held), Math.ceil(bins / factor)];
  const columnOf = (/** @type {number} */ at) =>
    Math.floor(scaled(/** @type {number} */ (x[at]), grid.log) / grid.width);
  const [found, out] = [new Float64Array(end - begin), new Uint8Array((end - begin) * height)];
  let count = 0;
  for (let at = begin, next = begin; at < end; at = next) {
    const column = columnOf(at);
    for (next = at + 1; next < end && columnOf(next) === column; ) next += 1;
    const cells = out.subarray(count * height, (count + 1) * height);
    for (let i = at; i < next; i++)
      raise(cells, colors.subarray(i * from, (i + 1) * from), factor / held);
    found[count++] = middleOf(x, at, next - 1, column, grid);
  }
  return { x: found.slice(0, count), colors: out.slice(0, count * height), height };
}

/** @param {Uint8Array} cells @param {Uint8Array} by of which each has so many @param {number} each */
function raise(cells, by, each) {
  for (let i = 0; i < by.length; i++) {
    const cell = Math.floor(i / each);
    cells[cell] = Math.max(/** @type {number} */ (cells[cell]), /** @type {number} */ (by[i]));
  }
}

/**
 * One that is alone stands where it is; several do not say where they are in a column.
 * @param {Float64Array} x
 * @param {number} first
 * @param {number} last
 * @param {number} column
 * @param {import("./m4.js").Grid} grid
 */
function middleOf(x, first, last, column, { width, log }) {
  if (first < last && !log) return (column + 0.5) * width;
  return /** @type {number} */ (x[first]) / 2 + /** @type {number} */ (x[last]) / 2;
}

/** From cell to cell: where keys move the crosshair over an image. */
import { columnsAt, middleOf } from "./raster.js";

/** @typedef {{x: number, y: number}} Spot the middle of a cell */

/**
 * The newest cell up to an x, of those that are seen, at a y or else in the middle of them.
 * @param {import("./columns.js").ImageColumns} image
 * @param {{x: import("../view/scale.js").AxisView, left: import("../view/scale.js").AxisView}} panel
 * @param {Spot} at
 * @returns {Spot | null}
 */
export function cellNear(image, { x: { low, high }, left }, { x, y }) {
  const seen = [...image.x.keys()].filter((index) => xOf(image, index) >= low);
  const before = seen.filter((index) => xOf(image, index) <= Math.min(x, high));
  const column = before.at(-1) ?? seen[0];
  if (column === undefined) return null;
  const within = Math.max(left.low, Math.min(left.high, y));
  return { x: xOf(image, column), y: middleOf(image, cellOf(image, within)) };
}

/**
 * So many columns and cells further, as far as there are any.
 * @param {import("./columns.js").ImageColumns} image
 * @param {Spot} from
 * @param {{across?: number, up?: number}} by
 * @returns {Spot}
 */
export function cellStepped(image, { x, y }, { across = 0, up = 0 }) {
  if (image.count === 0) return { x, y };
  const column = Math.max(0, Math.min(image.count - 1, columnOf(image, x) + across));
  const cell = Math.max(0, Math.min(image.height - 1, cellOf(image, y) + up));
  return { x: across === 0 ? x : xOf(image, column), y: middleOf(image, cell) };
}

/**
 * Is there no further cell in that direction?
 * @param {import("./columns.js").ImageColumns} image
 * @param {number} y
 * @param {1 | -1} up
 */
export function isOutermost(image, y, up) {
  return cellOf(image, y) === (up > 0 ? image.height - 1 : 0);
}

/** The column that shows an x, or else is nearest. @param {import("./columns.js").ImageColumns} image @param {number} x */
function columnOf(image, x) {
  const shown = columnsAt(image.x, () => x, 1)[0] ?? -1;
  if (shown >= 0) return shown;
  const away = Array.from(image.x, (one) => Math.abs(one - x));
  return away.indexOf(Math.min(...away));
}

/** @param {import("./columns.js").ImageColumns} image @param {number} y */
function cellOf({ y: [low, high], bins, factor, height }, y) {
  const bin = Math.floor(((y - low) / (high - low)) * bins);
  return Math.max(0, Math.min(height - 1, Math.floor(bin / factor)));
}

/** @param {import("./columns.js").ImageColumns} image @param {number} index */
function xOf({ x }, index) {
  return /** @type {number} */ (x[index]);
}

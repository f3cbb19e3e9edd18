/** From cell to cell: where keys move the crosshair over an image. */
import { columnsAt, middleOf } from "./raster.js";

/** @typedef {{x: number, y: number}} Spot the middle of a cell, or else what is seen of it */
/** @typedef {Pick<import("../view/scale.js").AxisView, "low" | "high">} Ends */

/** Part of what is seen of y: of a cell that has less than that, nothing is seen. */
const SLIVER = 1e-9;

/**
 * The cell nearest to an x and a y, of those that are seen.
 * @param {import("./columns.js").ImageColumns} image
 * @param {{x: import("../view/scale.js").AxisView, left: import("../view/scale.js").AxisView}} panel
 * @param {Spot} at
 * @returns {Spot | null}
 */
export function cellNear(image, { x: { low, high }, left }, { x, y }) {
  const after = [...image.x].filter((one) => one >= low);
  const seen = after.filter((one) => one <= high);
  const column = nearestOf(seen, x) ?? after[0];
  if (column === undefined) return null;
  return { x: column, y: heightOf(image, cellOf(image, y), left) };
}

/** @param {number[]} all @param {number} x */
function nearestOf(all, x) {
  const away = all.map((one) => Math.abs(one - x));
  return all[away.indexOf(away.reduce((least, one) => Math.min(least, one), Infinity))];
}

/**
 * So many columns further, as far as there are any, and cells, as far as they are seen.
 * @param {import("./columns.js").ImageColumns} image
 * @param {Spot} from
 * @param {Ends} left what is seen of y
 * @param {{across?: number, up?: number}} by
 * @returns {Spot}
 */
export function cellStepped(image, { x, y }, left, { across = 0, up = 0 }) {
  if (image.count === 0) return { x, y };
  const column = Math.max(0, Math.min(image.count - 1, columnOf(image, x) + across));
  return {
    x: across === 0 ? x : xOf(image, column),
    y: heightOf(image, cellOf(image, y) + up, left),
  };
}

/**
 * Is no further cell seen in that direction?
 * @param {import("./columns.js").ImageColumns} image
 * @param {number} y
 * @param {1 | -1} up
 * @param {Ends} left
 */
export function isOutermost(image, y, up, left) {
  const [lowest, highest] = seenIn(image, left);
  return up > 0 ? cellOf(image, y) >= highest : cellOf(image, y) <= lowest;
}

/** The lowest and the highest cell that is seen. @param {import("./columns.js").ImageColumns} image @param {Ends} left */
function seenIn(image, { low, high }) {
  const sliver = SLIVER * (high - low);
  return /** @type {const} */ ([cellOf(image, low + sliver), cellOf(image, high - sliver)]);
}

/**
 * The middle of a cell, or of the nearest one that is seen; of one that reaches out of sight what
 * is seen of it.
 * @param {import("./columns.js").ImageColumns} image
 * @param {number} cell
 * @param {Ends} left
 */
function heightOf(image, cell, left) {
  const [lowest, highest] = seenIn(image, left);
  const middle = middleOf(image, Math.max(lowest, Math.min(highest, cell)));
  return Math.max(left.low, Math.min(left.high, middle));
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

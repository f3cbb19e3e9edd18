/**
 * What the file knows of what is read and measured: exactly where it has all points, else of those
 * that it has, and says so (zwsnb/history/queries.py).
 */
import { firstFrom, nearestInX, xOf, yOf } from "../view/vertex_search.js";
import { firstAfter } from "./looked.js";

/**
 * @typedef {import("./embedded.js").HeldSeries} HeldSeries
 * @typedef {import("../link/messages.js").Statistics} Statistics
 */

const NO_DOTS = new Float64Array(0);

/**
 * The point of a series whose x is nearest.
 * @param {HeldSeries} series
 * @param {number} x
 * @returns {import("../link/messages.js").Point[]} none, for a curve
 */
export function nearest({ id, xy, exact, curve }, x) {
  const index = xy ? -1 : nearestInX(curve, x);
  if (index < 0) return [];
  const y = yOf(curve, index);
  // Every vertex is a point that there was.
  const isExact = exact === 0 || firstFrom(curve, x) > exact || xOf(curve, index) === x;
  return [{ id, x: xOf(curve, index), y: Number.isNaN(y) ? null : y, exact: isExact }];
}

/**
 * The statistics of the points with from <= x <= to. Where the file has not all of them their lowest
 * and highest are those of its columns, and the rest is not known.
 * @param {HeldSeries} series
 * @param {number} from
 * @param {number} to
 * @returns {Statistics}
 */
export function measured({ id, xy, exact, curve, marks, dots = NO_DOTS }, from, to) {
  const begin = xy ? 0 : firstFrom(curve, from);
  const end = xy ? curve.length / 2 : firstAfter(curve, to);
  const complete = begin >= exact;
  const values = [];
  let [gaps, counted] = [0, 0];
  for (let i = begin; i < end; i++) {
    if (xy && !(xOf(curve, i) >= from && xOf(curve, i) <= to)) continue;
    const y = yOf(curve, i);
    if (Number.isNaN(y)) gaps += 1;
    else values.push(y);
    counted += marks?.cell ? Math.round(10 ** (dots[2 * i] ?? NaN)) : 0;
  }
  const { mean, sd, ...rest } = statistics(values);
  const known = { mean: complete ? mean : null, sd: complete ? sd : null, complete };
  return { id, gaps, ...rest, ...(marks?.cell && { count: counted }), ...known };
}

/** @param {number[]} values */
function statistics(values) {
  const count = values.length;
  if (count === 0) return { count, mean: null, min: null, max: null, sd: null };
  let [low, high, mean] = [Infinity, -Infinity, 0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    mean += value / count;
  }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sd = count > 1 ? Math.sqrt(squares / (count - 1)) : null;
  return { count, mean, min: low, max: high, sd: Number.isFinite(sd) ? sd : null };
}

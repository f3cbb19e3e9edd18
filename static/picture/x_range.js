/** The range of x that a view shows, in scaled values, with room for what is wider than its points. */
import { roomForBars, roomForCandles } from "../chart/clip.js";
import { scaledRange, widened } from "../view/scale.js";
import { extended, isLive, visibleRange } from "../view/state.js";

/** @typedef {import("../chart/line.js").Line} Line */

/**
 * @param {import("../view/state.js").View} view
 * @param {[number, number]} extent from the smallest x of all to where the newest points are
 * @param {Line[]} lines all that are seen
 * @param {import("../view/scale.js").Scale} x
 * @param {import("../view/state.js").Wanted} wanted at least, where all is seen
 * @returns {[number, number]}
 */
export function xRangeOf(view, [least, edge], lines, x, wanted) {
  const scaled = scaledOn(x, visibleRange(view, least, edge, wanted), lines);
  if (!isLive(view)) return scaled;
  return widened(roomForCandles(roomForBars(scaled, lines), lines), x.log);
}

/**
 * What is seen where all is, if that reaches beyond the points; null: it does not.
 * @param {[number, number]} extent of the points
 * @param {Line[]} lines
 * @param {import("../view/scale.js").Scale} x
 * @param {import("../view/state.js").Wanted} wanted
 */
export function wholeOf([least, edge], lines, x, wanted) {
  return wanted && scaledOn(x, extended(least, edge, wanted), lines);
}

/**
 * A range of values on an axis, on a logarithmic one from where the lines begin.
 * @param {import("../view/scale.js").Scale} x
 * @param {[number, number]} values
 * @param {Line[]} lines
 */
export function scaledOn(x, values, lines) {
  return scaledRange(values, x.log && !(values[0] > 0) ? leftmostOf(lines) : NaN, x);
}

/** The first scaled x at which there is something. @param {Line[]} lines */
export function leftmostOf(lines) {
  let least = Infinity;
  for (const { points, kind } of lines) {
    const end = kind === "xy" ? points.length : Math.min(points.length, 2);
    for (let i = 0; i < end; i += 2) least = Math.min(least, /** @type {number} */ (points[i]));
  }
  return least;
}

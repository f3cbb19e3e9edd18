/** The range of x that a view shows, in scaled values, with room for what is wider than its points. */
import { roomForBars, roomForCandles } from "../chart/clip.js";
import { scaledRange, widened } from "../view/scale.js";
import { isLive, visibleRange } from "../view/state.js";

/** @typedef {import("../chart/line.js").Line} Line */

/**
 * @param {import("../view/state.js").View} view
 * @param {[number, number]} extent from the smallest x of all to where the newest points are
 * @param {Line[]} lines all that are seen
 * @param {import("../view/scale.js").Scale} x
 * @returns {[number, number]}
 */
export function xRangeOf(view, [least, edge], lines, x) {
  const values = visibleRange(view, least, edge);
  const scaled = scaledRange(values, x.log && !(values[0] > 0) ? leftmostOf(lines) : NaN, x);
  if (!isLive(view)) return scaled;
  return widened(roomForCandles(roomForBars(scaled, lines), lines), x.log);
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

/** What of the lines is seen in a range of x, in scaled values; and how much of x bars need. */
import { narrowestStep } from "./gaps.js";
import { firstFrom, xOf } from "../view/vertex_search.js";

/** @typedef {import("./line.js").Line} Line */

/**
 * What is seen of a line, with one vertex more at each side, so that it reaches the edges: the
 * relay sends more.
 * @param {Line} line
 * @param {[number, number]} x scaled values
 * @returns {Line}
 */
export function within(line, x) {
  const { kind, points, band } = line;
  if (kind === "xy") return line;
  return {
    ...line,
    points: between(points, x),
    band: band && { low: between(band.low, x), high: between(band.high, x) },
  };
}

/** @param {Float64Array} points in order of x @param {[number, number]} x scaled values */
function between(points, [from, to]) {
  let end = firstFrom(points, to);
  while (xOf(points, end) === to) end += 1; // more than one may be there
  return points.subarray(2 * Math.max(0, firstFrom(points, from) - 1), 2 * (end + 1));
}

/**
 * The outermost bars are wider than their points.
 * @param {[number, number]} x
 * @param {Line[]} lines
 * @returns {[number, number]}
 */
export function roomForBars([from, to], lines) {
  const bars = lines.filter((one) => one.style === "bars");
  if (bars.length === 0) return [from, to];
  const step = Math.min(...bars.map((one) => narrowestStep(one.points)));
  const half = Math.min(step / 2, to / 16 - from / 16);
  return [from - half, to + half];
}

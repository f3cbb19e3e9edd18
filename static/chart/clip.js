/**
 * What of the lines is seen in a range of x, in scaled values; and how much of x bars and candles
 * need.
 */
import { VALUES } from "./candles.js";
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
    points: kind === "candles" ? wholeBetween(points, x) : between(points, x),
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
 * Candles that are seen, whole, and one more at each side.
 * @param {Float64Array} points @param {[number, number]} x
 */
function wholeBetween(points, [from, to]) {
  const [first, last] = [2 * firstFrom(points, from), 2 * firstFrom(points, to)];
  const begin = Math.floor(first / VALUES) * VALUES - VALUES;
  return points.subarray(Math.max(0, begin), (Math.floor(last / VALUES) + 2) * VALUES);
}

/**
 * Candles are whole: the last one, which ends after the newest point, and the first one of all,
 * which begins before the oldest.
 * @param {[number, number]} x
 * @param {Line[]} lines
 * @returns {[number, number]}
 */
export function roomForCandles([from, to], lines) {
  let [first, last] = [from, to];
  for (const { kind, points } of lines) {
    if (kind !== "candles" || points.length < VALUES) continue;
    const [begin, end] = [xOf(points, 0), xOf(points, 3)];
    if (begin < from && from < end) first = Math.min(first, begin);
    const count = points.length / 2;
    const [newest, after] = [xOf(points, count - 4), xOf(points, count - 1)];
    if (newest <= to && to < after) last = Math.max(last, after);
  }
  return [first, last];
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
  const most = step < Infinity ? 2 : 16;
  const half = Math.min(step / 2, to / most - from / most);
  return [from - half, to + half];
}

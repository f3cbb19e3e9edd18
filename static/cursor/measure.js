/**
 * Two clicks measure. The first sets mark A, the second B, a third begins again; what lies between
 * them in x is the selection. A pure reducer, and the differences of two marks.
 */
import { formatDuration, formatSix } from "../base/readings_text.js";

/**
 * @typedef {object} Mark
 * @property {number} x
 * @property {number} y
 * @property {string} axis the key of the axis that y is read on
 * @property {string | null} [series] on whose point it was set
 *
 * @typedef {object} Marks
 * @property {Mark | null} a
 * @property {Mark | null} b
 * @property {Marks | null} before what a double-click goes back to
 *
 * @typedef {{type: "click", mark: Mark} | {type: "double"} | {type: "clear"}
 *   | {type: "moved", by: number} | {type: "carried", by: number, yOf: YOf}} MarkEvent moved: so much
 *   is added to each x; carried: along with a trigger, and the curves are others there
 * @typedef {(series: string, x: number) => number} YOf NaN: there is none
 *
 * @typedef {object} Units
 * @property {boolean} time x is seconds
 * @property {import("../base/readings_text.js").Measure} x
 * @property {import("../base/readings_text.js").Measure} y
 */

/** @type {Marks} */
export const UNMARKED = Object.freeze({ a: null, b: null, before: null });

/**
 * @param {Marks} marks
 * @param {MarkEvent} event
 * @returns {Marks}
 */
export function mark(marks, event) {
  switch (event.type) {
    case "click":
      return marked(marks, event.mark);
    case "double":
      return marks.before ?? marks;
    case "clear":
      return UNMARKED;
    case "moved":
      return moved(marks, (one) => ({ ...one, x: one.x + event.by }));
    case "carried":
      return moved(marks, (one) => carried(one, event.by, event.yOf));
  }
}

/** @param {Marks} marks @param {(mark: Mark) => Mark} to @returns {Marks} */
function moved({ a, b, before }, to) {
  return { a: a && to(a), b: b && to(b), before: before && moved(before, to) };
}

/** One that was set on a curve stays on it. @param {Mark} mark @param {number} by @param {YOf} yOf */
function carried(mark, by, yOf) {
  const x = mark.x + by;
  const y = mark.series ? yOf(mark.series, x) : NaN;
  return { ...mark, x, y: Number.isNaN(y) ? mark.y : y };
}

/** @param {Marks} marks @param {Mark} at @returns {Marks} */
function marked(marks, at) {
  const before = { ...marks, before: null };
  if (marks.a && !marks.b) return { a: marks.a, b: at, before };
  return { a: at, b: null, before };
}

/**
 * The x-range between the marks; null as long as there is none.
 * @param {Marks} marks
 * @returns {{from: number, to: number} | null}
 */
export function selectionOf({ a, b }) {
  if (!a || !b || a.x === b.x) return null;
  return { from: Math.min(a.x, b.x), to: Math.max(a.x, b.x) };
}

/**
 * dx, dy, slope and 1/dx, each with its name; dy and slope only of marks on one axis.
 * @param {Mark} a
 * @param {Mark} b
 * @param {Units} units
 * @returns {[string, string][]}
 */
export function differences(a, b, units) {
  const { time, x, y } = units;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const comparable = a.axis === b.axis;
  const rows = /** @type {[string, string][]} */ ([
    ["Δx", time ? formatDuration(dx, x.pixel) : formatSix(dx, x)],
  ]);
  if (comparable) rows.push(["Δy", formatSix(dy, y)]);
  if (comparable && dx !== 0) rows.push(["slope", formatSix(dy / dx, slopeOf(units, dx))]);
  if (dx !== 0) rows.push(["1/Δx", formatSix(1 / Math.abs(dx), inverseOf(units, dx))]);
  return rows;
}

/**
 * @param {Units} units
 * @param {number} dx
 * @returns {import("../base/readings_text.js").Measure}
 */
function inverseOf({ time, x }, dx) {
  const suffix = time || x.suffix === "s" ? "Hz" : x.suffix && `1/${x.suffix}`;
  return { suffix, pixel: x.pixel / dx ** 2, axis: null };
}

/**
 * @param {Units} units
 * @param {number} dx
 * @returns {import("../base/readings_text.js").Measure}
 */
function slopeOf({ time, x, y }, dx) {
  const below = time ? "s" : x.suffix;
  const suffix = below ? `${y.suffix || "1"}/${below}` : y.suffix;
  return { suffix, pixel: y.pixel / Math.abs(dx), axis: null };
}

/**
 * What Flot is handed instead of y itself at the ends of what doubles can be: scaled values
 * (view/scale.js), since its arithmetic has no heights above the largest double, and no pixels per
 * unit where a unit has more of them than that. Any other range is drawn as it is.
 */
import { LINEAR, linearFor } from "./scale.js";
import { ScaledVertices } from "./scaled_vertices.js";

/**
 * @typedef {import("./scale.js").Scale} Scale
 *
 * @typedef {object} Curve
 * @property {"left" | "right"} axis
 * @property {Float64Array} points
 * @property {{low: Float64Array, high: Float64Array} | null} band
 *
 * @typedef {object} Ranges
 * @property {[number, number]} x
 * @property {[number, number]} left
 * @property {[number, number]} right
 *
 * @typedef {object} Scales
 * @property {Scale} x
 * @property {Scale} left
 * @property {Scale} right
 */

/**
 * The scale in which a range of y is drawn.
 * @param {[number, number]} range of the axis
 * @param {Scale} scale of the axis
 */
export function drawnScale([low, high], scale) {
  return scale.log ? scale : linearFor(Math.max(Math.abs(low), Math.abs(high)));
}

/**
 * Lines and ranges as they are drawn: the very same, but at the ends.
 * @template {Curve} Line
 * @param {Scales} scales
 * @param {Line[]} lines
 * @param {Ranges} ranges
 * @returns {{lines: Line[], ranges: Ranges}}
 */
export function drawnWith({ left, right }, lines, ranges) {
  if (left.factor === 1 && right.factor === 1) return { lines, ranges };
  return {
    lines: lines.map((line) => drawnLine(line, line.axis === "right" ? right : left)),
    ranges: {
      x: ranges.x,
      left: drawnRange(ranges.left, left),
      right: drawnRange(ranges.right, right),
    },
  };
}

/** @param {[number, number]} range @param {Scale} scale @returns {[number, number]} */
function drawnRange([low, high], scale) {
  return scale.factor === 1 ? [low, high] : [scale.scaledOf(low), scale.scaledOf(high)];
}

/**
 * @template {Curve} Line
 * @param {Line} line
 * @param {Scale} scale
 * @returns {Line}
 */
function drawnLine(line, scale) {
  if (scale.factor === 1) return line;
  const scaled = (/** @type {Float64Array} */ points) =>
    new ScaledVertices().of(points, LINEAR, scale);
  const { points, band } = line;
  return {
    ...line,
    points: scaled(points),
    band: band && { low: scaled(band.low), high: scaled(band.high) },
  };
}

/**
 * The range of one y-axis, in scaled values: fixed by the user or by an option, else fitted to what
 * is seen; or one end is, where an option has fixed the other.
 */
import { widened } from "../view/scale.js";
import { roundDecades, roundRange, widenToData, YRange } from "./y_range.js";

/** @typedef {import("../view/scale.js").Scale} Scale */

/**
 * @typedef {object} Fitted what of a series the range depends on
 * @property {import("../link/options.js").Style} style
 * @property {Float64Array} points in scaled values
 * @property {{low: Float64Array, high: Float64Array} | null} band
 *
 * @typedef {object} Wish
 * @property {[number, number] | undefined} held values, that the user has fixed
 * @property {import("../link/options.js").RangeOption} said by an option
 * @property {[number, number] | null} [filled] by an image, as values; null: there is none
 * @property {Scale} scale
 * @property {boolean} eager the user has just moved the view
 */

/** Decades below the upper end, where the lower one has no logarithm. */
const DECADES = 3;

export class YFit {
  /** @type {[number, number]} */
  scaled = [0, 1];
  /** @type {Scale | null} */
  #scale = null;
  #range = new YRange();
  #extent = { low: 0, high: 0 };
  /** It has been fitted to data. */
  #fitted = false;
  /** The end that an option has fixed, as a text. */
  #fixedEnd = "";

  /** It is too wide, and will shrink if nothing comes. */
  waits = false;

  /**
   * Fix it, or leave it as it is.
   * @param {[number, number] | undefined} values that the user has fixed
   */
  hold(values) {
    const scaled = values && this.#scale && scaledOf(values, this.#scale);
    if (scaled) this.scaled = scaled;
  }

  /**
   * @param {Fitted[]} lines
   * @param {[number, number]} x scaled, that are seen
   * @param {Wish} wish
   * @param {number} now in seconds
   * @returns {boolean} the range is still moving
   */
  fit(lines, x, { held, scale, eager, ...wish }, now) {
    const said = wish.filled
      ? rangeAround(wish.filled, this.#extentOf(lines, x, scale), scale)
      : wish.said;
    const end = endOf(said, scale);
    const fixedEnd = end ? `${end.isLow} ${end.at}` : "";
    // A range that was fitted around another end has an end that nobody has seen.
    if (scale !== this.#scale || fixedEnd !== this.#fixedEnd) this.#begin(scale, fixedEnd);
    this.waits = false;
    const fixed = held ?? closedOf(said);
    const scaled = fixed && scaledOf(fixed, scale);
    if (scaled) {
      this.scaled = scaled;
      return false;
    }
    const extent = this.#extentOf(lines, x, scale);
    const isEmpty = extent.low > extent.high;
    if (end && !isEmpty) reach(extent, end);
    const patience = said === "grow" ? "endless" : eager ? "none" : "some";
    const moving = this.#range.update(extent.low, extent.high, now, patience);
    this.#fitted ||= !isEmpty;
    const { low, high } = end && !this.#fitted ? this.#range.round(end.at, end.at) : this.#range;
    this.scaled = end ? withEnd(low, high, end, scale) : [low, high];
    this.waits = said !== "grow" && this.#range.waits;
    return moving;
  }

  /** @param {Scale} scale @param {string} fixedEnd */
  #begin(scale, fixedEnd) {
    this.#scale = scale;
    this.#fixedEnd = fixedEnd;
    this.#fitted = false;
    this.#range = new YRange(scale.log ? roundDecades : roundRange);
  }

  /**
   * Bars and areas stand on 0, where there is a 0.
   * @param {Fitted[]} lines
   * @param {[number, number]} x
   * @param {Scale} scale
   */
  #extentOf(lines, [from, to], scale) {
    const grounded =
      !scale.log &&
      lines.some(
        ({ style, points }) => (style === "bars" || style === "area") && points.length > 0,
      );
    const extent = this.#extent;
    extent.low = grounded ? 0 : Infinity;
    extent.high = grounded ? 0 : -Infinity;
    for (const { points, band } of lines) {
      widenToData(points, from, to, extent);
      if (band) widenToData(band.low, from, to, extent);
      if (band) widenToData(band.high, from, to, extent);
    }
    return extent;
  }
}

/**
 * @param {[number, number]} values
 * @param {Scale} scale
 * @returns {[number, number] | null} null: there is no such stretch of the axis
 */
function scaledOf([low, high], scale) {
  const [bottom, top] = [scale.scaledOf(low), scale.scaledOf(high)];
  if (Number.isNaN(top)) return null;
  return widened([Number.isNaN(bottom) ? top - DECADES : bottom, top], scale.log);
}

/**
 * @param {import("../link/options.js").RangeOption} said
 * @returns {[number, number] | null} both ends, where the option has both
 */
function closedOf(said) {
  if (!Array.isArray(said)) return null;
  const [low, high] = said;
  return low === null || high === null ? null : [low, high];
}

/**
 * The one end that an option has fixed.
 * @typedef {{isLow: boolean, at: number}} End at a scaled value
 *
 * @param {import("../link/options.js").RangeOption} said
 * @param {Scale} scale
 * @returns {End | null} null: there is none, or it has no place on the axis
 */
function endOf(said, scale) {
  if (!Array.isArray(said)) return null;
  const [low, high] = said;
  if ((low === null) === (high === null)) return null;
  const at = scale.scaledOf(/** @type {number} */ (low ?? high));
  return Number.isNaN(at) ? null : { isLow: low !== null, at };
}

/**
 * Data is fitted from the fixed end on.
 * @param {{low: number, high: number}} extent changed
 * @param {End} end
 */
function reach(extent, { isLow, at }) {
  if (isLow) extent.high = Math.max(extent.high, at);
  else extent.low = Math.min(extent.low, at);
  if (isLow) extent.low = at;
  else extent.high = at;
}

/**
 * @param {number} low
 * @param {number} high
 * @param {End} end
 * @param {Scale} scale
 * @returns {[number, number]}
 */
function withEnd(low, high, { isLow, at }, scale) {
  return widened(isLow ? [at, Math.max(at, high)] : [Math.min(low, at), at], scale.log);
}

/**
 * A range that an image fills, but for an end beyond which lines go: that one follows them.
 * @param {[number, number]} filled values
 * @param {{low: number, high: number}} extent of the lines, in scaled values
 * @param {Scale} scale
 * @returns {[number | null, number | null]}
 */
export function rangeAround([low, high], extent, scale) {
  return [
    extent.low < scale.scaledOf(low) ? null : low,
    extent.high > scale.scaledOf(high) ? null : high,
  ];
}

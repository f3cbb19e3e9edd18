/**
 * The range of one y-axis, in scaled values: fixed by the user or by an option, else fitted to what
 * is seen.
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
  fit(lines, x, { held, said, scale, eager }, now) {
    if (scale !== this.#scale) this.#begin(scale);
    this.waits = false;
    const fixed = held ?? (Array.isArray(said) ? said : null);
    const scaled = fixed && scaledOf(fixed, scale);
    if (scaled) {
      this.scaled = scaled;
      return false;
    }
    const { low, high } = this.#extentOf(lines, x, scale);
    const moving = this.#range.update(
      low,
      high,
      now,
      said === "grow" ? "endless" : eager ? "none" : "some",
    );
    this.scaled = [this.#range.low, this.#range.high];
    this.waits = said !== "grow" && this.#range.waits;
    return moving;
  }

  /** @param {Scale} scale */
  #begin(scale) {
    this.#scale = scale;
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

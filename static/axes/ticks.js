/**
 * Where ticks stand: on whole multiples of a round step, so that they belong to the data and slide
 * with it, and far enough apart for their labels.
 */
import { formatTick, powerOfTen, unitFor } from "../base/numbers.js";

/**
 * @typedef {object} Tick
 * @property {number} value
 * @property {string} label
 *
 * @typedef {object} Ticks
 * @property {Tick[]} list
 * @property {string} context what all labels leave out, e.g. the date; empty if nothing
 * @property {import("../base/numbers.js").Unit | null} unit null: times, or decades, each of which
 *   has its own
 * @property {number[]} [fine] where fine lines stand, without labels
 */

/**
 * How wide a text is, in CSS pixels.
 * @callback Measure
 * @param {string} text
 * @returns {number}
 */

const LABEL_GAP = 28;
/** Closer ticks make an axis busy, however short their labels are. */
const CALM_SPACING = 80;
const MOST_TICKS = 200;
const LARGEST_STEP = 1e308;

/** The smallest of 1, 2, 5 x 10^n that is not below `raw`, and is a double. @param {number} raw */
export function niceStep(raw) {
  const least = Math.min(raw, LARGEST_STEP) * (1 - 1e-9);
  const decade = powerOfTen(Math.floor(Math.log10(least)));
  for (const factor of [1, 2, 5]) if (factor * decade >= least) return factor * decade;
  return 10 * decade;
}

/**
 * Units of the axis in one pixel. The ends are halved first, since the difference of two doubles
 * may be none.
 * @param {number} min
 * @param {number} max
 * @param {number} pixels
 */
export function unitsPerPixel(min, max, pixels) {
  return ((max / 2 - min / 2) / pixels) * 2;
}

/**
 * Round values in [min, max], `spacing` pixels apart or more.
 * @param {number} min
 * @param {number} max
 * @param {number} pixels length of the axis
 * @param {number} spacing
 * @param {string} suffix the unit of measure
 * @returns {Ticks}
 */
export function linearTicks(min, max, pixels, spacing, suffix = "") {
  const step = niceStep(unitsPerPixel(min, max, pixels) * spacing);
  return ticksOf(min, max, step, suffix);
}

/**
 * Round values whose labels do not touch, however long they are.
 * @param {number} min
 * @param {number} max
 * @param {number} pixels
 * @param {Measure} measure
 * @param {string} suffix the unit of measure
 * @param {number} ahead so much more of the axis has ticks, written alike
 * @returns {Ticks}
 */
export function labelledTicks(min, max, pixels, measure, suffix = "", ahead = 0) {
  const perPixel = unitsPerPixel(min, max, pixels);
  const needed = (/** @type {number} */ step) =>
    Math.min(widest(min, max, step, measure, suffix) + LABEL_GAP, pixels);
  let step = niceStep(CALM_SPACING * perPixel);
  while (step < LARGEST_STEP && step / perPixel < needed(step)) step = niceStep(step * 1.5);
  return ticksOf(min, max, step, suffix, ahead);
}

/**
 * @param {number} min
 * @param {number} max
 * @param {number} step
 * @param {Measure} measure
 * @param {string} suffix
 */
function widest(min, max, step, measure, suffix) {
  const unit = unitOf(min, max, step, suffix);
  const first = Math.ceil(min / step) * step;
  const last = Math.floor(max / step) * step;
  return Math.max(measure(formatTick(first, unit)), measure(formatTick(last, unit)));
}

/**
 * @param {number} min
 * @param {number} max
 * @param {number} step
 * @param {string} suffix
 */
function unitOf(min, max, step, suffix) {
  return unitFor(Math.max(Math.abs(min), Math.abs(max)), step, suffix);
}

/**
 * @param {number} min
 * @param {number} max
 * @param {number} step
 * @param {string} suffix
 * @param {number} ahead
 * @returns {Ticks}
 */
function ticksOf(min, max, step, suffix, ahead = 0) {
  const unit = unitOf(min, max, step, suffix);
  const list = multiples(min, max + ahead, step).map((value) => ({
    value,
    label: formatTick(value, unit),
  }));
  return { list: distinct(list), context: "", unit };
}

/**
 * The first tick of each label: where a double has no more digits, neighbours look alike.
 * @param {Tick[]} list
 */
export function distinct(list) {
  const labels = new Set();
  return list.filter(({ label }) => !labels.has(label) && labels.add(label));
}

/**
 * The multiples of `step` in [min, max]. Below 1 they are computed as quotients: 3 / 10 is 0.3, and
 * 3 * 0.1 is not.
 * @param {number} min
 * @param {number} max
 * @param {number} step
 */
export function multiples(min, max, step) {
  const inverse = step < 1 ? Math.round(1 / step) : 0;
  const first = Math.ceil(min / step - 1e-9);
  const count = Math.min(MOST_TICKS, Math.floor(max / step + 1e-9) - first + 1);
  const values = [];
  for (let i = 0; i < count; i++)
    values.push((inverse ? (first + i) / inverse : (first + i) * step) + 0);
  return values;
}

/**
 * Ticks of one axis, kept while they serve: a sliding window of constant span asks for new ones
 * only when a tick comes in that has not been made yet. How they are written is decided by the
 * range that is shown, so that it is what a snapshot of that range has.
 */
export class TickCache {
  #span = NaN;
  #pixels = NaN;
  #from = Infinity;
  #to = -Infinity;
  /** @type {Ticks} */
  #ticks = { list: [], context: "", unit: null };

  /**
   * @param {(min: number, max: number, pixels: number, ahead: number) => Ticks} make
   * @param {number} ahead part of the span for which it slides on ticks made before
   */
  constructor(make, ahead = 0) {
    this.make = make;
    this.ahead = ahead;
  }

  /**
   * @param {number} min
   * @param {number} max
   * @param {number} pixels
   */
  get(min, max, pixels) {
    const span = max - min;
    const same = Math.abs(span - this.#span) <= span * 1e-6 && pixels === this.#pixels;
    if (!same || min < this.#from || max > this.#to) this.#remake(min, max, span, pixels);
    return this.#ticks;
  }

  /**
   * What is outside the axis is not drawn.
   * @param {number} min
   * @param {number} max
   * @param {number} span
   * @param {number} pixels
   */
  #remake(min, max, span, pixels) {
    this.#from = min;
    const ahead = span * this.ahead;
    this.#to = max + ahead;
    this.#span = span;
    this.#pixels = pixels;
    this.#ticks = this.make(min, max, pixels, ahead);
  }

  forget() {
    this.#span = NaN;
  }
}

/**
 * Where ticks stand: on whole multiples of a round step, so that they belong to the data and slide
 * with it, and far enough apart for their labels.
 */
import { formatTick, unitFor } from "../base/numbers.js";

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
const MOST_TICKS = 1000;

/** The smallest of 1, 2, 5 x 10^n that is not below `raw`. @param {number} raw */
export function niceStep(raw) {
  const decade = 10 ** Math.floor(Math.log10(raw));
  for (const factor of [1, 2, 5]) if (factor * decade >= raw * (1 - 1e-9)) return factor * decade;
  return 10 * decade;
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
  const step = niceStep(((max - min) * spacing) / Math.max(pixels, 1));
  return ticksOf(min, max, step, suffix);
}

/**
 * Round values whose labels do not touch, however long they are.
 * @param {number} min
 * @param {number} max
 * @param {number} pixels
 * @param {Measure} measure
 * @param {string} suffix the unit of measure
 * @returns {Ticks}
 */
export function labelledTicks(min, max, pixels, measure, suffix = "") {
  const perUnit = pixels / (max - min);
  let step = niceStep(CALM_SPACING / perUnit);
  while (step * perUnit < widest(min, max, step, measure, suffix) + LABEL_GAP && step < max - min)
    step = niceStep(step * 1.5);
  return ticksOf(min, max, step, suffix);
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
 * @returns {Ticks}
 */
function ticksOf(min, max, step, suffix) {
  const unit = unitOf(min, max, step, suffix);
  const list = multiples(min, max, step).map((value) => ({
    value,
    label: formatTick(value, unit),
  }));
  return { list, context: "", unit };
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
 * only when a tick comes in that has not been made yet.
 */
export class TickCache {
  #span = NaN;
  #pixels = NaN;
  #from = Infinity;
  #to = -Infinity;
  /** @type {Ticks} */
  #ticks = { list: [], context: "", unit: null };

  /** @param {(min: number, max: number, pixels: number) => Ticks} make */
  constructor(make) {
    this.make = make;
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
   * Made for a range one eighth wider, so that it slides that far for nothing; what is outside the
   * axis is not drawn.
   * @param {number} min
   * @param {number} max
   * @param {number} span
   * @param {number} pixels
   */
  #remake(min, max, span, pixels) {
    this.#from = min;
    this.#to = max + span / 8;
    this.#span = span;
    this.#pixels = pixels;
    this.#ticks = this.make(this.#from, this.#to, pixels * 1.125);
  }

  forget() {
    this.#span = NaN;
  }
}

/**
 * Where ticks stand and what y-range is shown. Ticks are whole multiples of a round step, so they belong to the data
 * and slide with it; the range grows at once, to a round value, and shrinks only after it has been too wide for a while.
 */
import { formatTick, unitFor } from "./format.js";

/**
 * @typedef {object} Tick
 * @property {number} value
 * @property {string} label
 *
 * @typedef {object} Ticks
 * @property {Tick[]} list
 * @property {string} context what all labels leave out, e.g. the date; empty if nothing
 * @property {import("./format.js").Unit | null} unit null: times
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
 * @returns {Ticks}
 */
export function linearTicks(min, max, pixels, spacing) {
  const step = niceStep(((max - min) * spacing) / Math.max(pixels, 1));
  return ticksOf(min, max, step);
}

/**
 * Round values whose labels do not touch, however long they are.
 * @param {number} min
 * @param {number} max
 * @param {number} pixels
 * @param {Measure} measure
 * @returns {Ticks}
 */
export function labelledTicks(min, max, pixels, measure) {
  const perUnit = pixels / (max - min);
  let step = niceStep(CALM_SPACING / perUnit);
  while (step * perUnit < widest(min, max, step, measure) + LABEL_GAP && step < max - min) step = niceStep(step * 1.5);
  return ticksOf(min, max, step);
}

/**
 * @param {number} min
 * @param {number} max
 * @param {number} step
 * @param {Measure} measure
 */
function widest(min, max, step, measure) {
  const unit = unitOf(min, max, step);
  const first = Math.ceil(min / step) * step;
  const last = Math.floor(max / step) * step;
  return Math.max(measure(formatTick(first, unit)), measure(formatTick(last, unit)));
}

/**
 * @param {number} min
 * @param {number} max
 * @param {number} step
 */
function unitOf(min, max, step) {
  return unitFor(Math.max(Math.abs(min), Math.abs(max)), step);
}

/**
 * @param {number} min
 * @param {number} max
 * @param {number} step
 * @returns {Ticks}
 */
function ticksOf(min, max, step) {
  const unit = unitOf(min, max, step);
  const list = multiples(min, max, step).map((value) => ({ value, label: formatTick(value, unit) }));
  return { list, context: "", unit };
}

/**
 * The multiples of `step` in [min, max]. Below 1 they are computed as quotients: 3 / 10 is 0.3, and 3 * 0.1 is not.
 * @param {number} min
 * @param {number} max
 * @param {number} step
 */
export function multiples(min, max, step) {
  const inverse = step < 1 ? Math.round(1 / step) : 0;
  const first = Math.ceil(min / step - 1e-9);
  const count = Math.min(MOST_TICKS, Math.floor(max / step + 1e-9) - first + 1);
  const values = [];
  for (let i = 0; i < count; i++) values.push((inverse ? (first + i) / inverse : (first + i) * step) + 0);
  return values;
}

/**
 * Ticks of one axis, kept while they serve: a sliding window of constant span asks for new ones only when a tick
 * comes in that has not been made yet.
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
   * Made for a range one eighth wider, so that it slides that far for nothing; what is outside the axis is not drawn.
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

/**
 * The lowest and highest y of the vertices in [from, to], written into `out`; Infinity and -Infinity if there is none.
 * @param {Float64Array} points x, y, x, y, ...
 * @param {number} from
 * @param {number} to
 * @param {{low: number, high: number}} out widened, not reset
 */
export function widenToData(points, from, to, out) {
  let { low, high } = out;
  for (let i = 0; i < points.length; i += 2) {
    const x = /** @type {number} */ (points[i]);
    if (x < from || x > to) continue;
    const y = /** @type {number} */ (points[i + 1]);
    if (y < low) low = y;
    if (y > high) high = y;
  }
  out.low = low;
  out.high = high;
}

const MARGIN = 0.06;
const AIR = 0.01;
const TOO_WIDE = 0.25;
const PATIENCE = 1.5;
const EASE = 0.12;

/** The y-range that is shown: grows at once, shrinks late and gently. */
export class YRange {
  low = NaN;
  high = NaN;
  #roomySince = NaN;
  #last = NaN;

  /** Fit the next data at once, as for a new plot. */
  reset() {
    this.low = this.high = NaN;
  }

  /**
   * @param {number} low of the data; Infinity if there is none
   * @param {number} high
   * @param {number} now in seconds
   * @param {boolean} eager the user has moved the view: do not wait before shrinking
   * @returns {boolean} it is still moving
   */
  update(low, high, now, eager = false) {
    if (!(low <= high)) return this.#keep(now);
    const goal = roundRange(low, high);
    if (Number.isNaN(this.low)) return this.#take(goal.low, goal.high, now);
    this.#grow(low, high, goal, now);
    return this.#shrink(goal, now, eager);
  }

  /**
   * Where the data touches an end, or reaches beyond it.
   * @param {number} low
   * @param {number} high
   * @param {{low: number, high: number}} goal
   * @param {number} now
   */
  #grow(low, high, goal, now) {
    const air = (this.high - this.low) * AIR;
    const bottom = low < this.low + air ? Math.min(goal.low, this.low) : this.low;
    const top = high > this.high - air ? Math.max(goal.high, this.high) : this.high;
    if (bottom !== this.low || top !== this.high) this.#take(bottom, top, now);
  }

  /** @param {number} now */
  #keep(now) {
    if (Number.isNaN(this.low)) this.#take(0, 1, now);
    return false;
  }

  /**
   * @param {number} low
   * @param {number} high
   * @param {number} now
   */
  #take(low, high, now) {
    this.low = low;
    this.high = high;
    this.#roomySince = NaN;
    this.#last = now;
    return false;
  }

  /**
   * @param {{low: number, high: number}} goal
   * @param {number} now
   * @param {boolean} eager
   */
  #shrink(goal, now, eager) {
    const span = this.high - this.low;
    const slack = Math.max(goal.low - this.low, this.high - goal.high) / span;
    const moving = this.#roomySince === -Infinity;
    if (slack < (moving ? 0.002 : TOO_WIDE)) return this.#rest(goal, moving, now);
    if (Number.isNaN(this.#roomySince)) this.#roomySince = now;
    if (!moving && !eager && now - this.#roomySince < PATIENCE) return this.#wait(now);
    return this.#ease(goal, now);
  }

  /** @param {{low: number, high: number}} goal @param {boolean} moving @param {number} now */
  #rest(goal, moving, now) {
    if (moving) this.#take(goal.low, goal.high, now);
    this.#roomySince = NaN;
    this.#last = now;
    return false;
  }

  /** @param {number} now */
  #wait(now) {
    this.#last = now;
    return false;
  }

  /** @param {{low: number, high: number}} goal @param {number} now */
  #ease(goal, now) {
    this.#roomySince = -Infinity;
    const share = 1 - Math.exp(-Math.min(now - this.#last, 0.1) / EASE);
    this.low += (goal.low - this.low) * share;
    this.high += (goal.high - this.high) * share;
    this.#last = now;
    return true;
  }
}

/**
 * Data with a margin, rounded outwards; from 0 if the margin alone would cross it.
 * @param {number} low
 * @param {number} high
 */
export function roundRange(low, high) {
  const flat = high - low <= Math.max(Math.abs(low), Math.abs(high)) * 1e-12;
  if (flat) return { low: low - (Math.abs(low) * 0.2 || 1), high: high + (Math.abs(high) * 0.2 || 1) };
  const span = high - low;
  const step = niceStep(span / 20);
  const bottom = Math.floor((low - span * MARGIN) / step) * step;
  const top = Math.ceil((high + span * MARGIN) / step) * step;
  return { low: low >= 0 && bottom < 0 ? 0 : bottom, high: high <= 0 && top > 0 ? 0 : top };
}

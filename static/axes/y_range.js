/**
 * The y-range that is shown: it grows at once, to a round value, and shrinks only after it has been
 * too wide for a while, so that neither noise nor a passing spike makes the axis jitter.
 */
import { TINY, widened } from "../view/scale.js";
import { niceStep } from "./round_steps.js";

/**
 * The lowest and highest y of the vertices in [from, to], written into `out`; Infinity and
 * -Infinity if there is none.
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
/** A range is rounded to so many parts of what it shows, or fewer. */
const STEPS = 20;
/** Values that are nearer than so many steps of a double are one value. */
const FINEST = 16 * Number.EPSILON;
/** How far a range goes around a single value, as a part of it. */
const REACH = 0.2;
const AIR = 0.01;
const TOO_WIDE = 0.25;
/** Seconds that a range stays too wide before it shrinks. */
export const PATIENCE = 1.5;
const EASE = 0.12;

/**
 * How long a range that is too wide waits before it shrinks. None: the user has just moved the
 * view.
 * @typedef {"none" | "some" | "endless"} Patience
 */

/** The y-range that is shown: grows at once, shrinks late and gently. */
export class YRange {
  low = 0;
  high = 1;
  /** It has been fitted to data, and there has been data ever since. */
  #fits = false;
  /** NaN: it is not too wide; -Infinity: it is shrinking. */
  #roomySince = NaN;
  #last = NaN;

  /** It is too wide, and waits before it shrinks. */
  get waits() {
    return this.#roomySince > -Infinity;
  }

  /**
   * @param {(low: number, high: number) => {low: number, high: number}} round data to a range that
   *   shows it
   */
  constructor(round = roundRange) {
    this.round = round;
  }

  /**
   * @param {number} low of the data; Infinity if there is none
   * @param {number} high
   * @param {number} now in seconds
   * @param {Patience} patience
   * @returns {boolean} it is still moving
   */
  update(low, high, now, patience = "some") {
    const fitted = this.#fits;
    this.#fits = low <= high;
    if (!this.#fits) return false;
    const goal = this.round(low, high);
    if (!fitted) return this.#take(goal.low, goal.high, now);
    this.#grow(low, high, goal, now);
    return patience !== "endless" && this.#shrink(goal, now, patience === "none");
  }

  /**
   * Where the data touches an end, or reaches beyond it.
   * @param {number} low
   * @param {number} high
   * @param {{low: number, high: number}} goal
   * @param {number} now
   */
  #grow(low, high, goal, now) {
    const air = this.high * AIR - this.low * AIR;
    const bottom = low < this.low + air ? Math.min(goal.low, this.low) : this.low;
    const top = high > this.high - air ? Math.max(goal.high, this.high) : this.high;
    if (bottom !== this.low || top !== this.high) this.#take(bottom, top, now);
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
    const half = this.high / 2 - this.low / 2;
    const slack = Math.max(goal.low / 2 - this.low / 2, this.high / 2 - goal.high / 2) / half;
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
    this.low = this.low * (1 - share) + goal.low * share;
    this.high = this.high * (1 - share) + goal.high * share;
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
  const half = high / 2 - low / 2;
  const largest = Math.max(Math.abs(low), Math.abs(high));
  if (half <= Math.max(TINY, largest * FINEST)) {
    const reach = largest * REACH > TINY ? largest * REACH : 1;
    return rangeOf(low - reach, high + reach);
  }
  const step = niceStep(half / (STEPS / 2));
  const margin = half * (2 * MARGIN);
  const bottom = outwards(low - margin, step, Math.floor);
  const top = outwards(high + margin, step, Math.ceil);
  return rangeOf(low >= 0 && bottom < 0 ? 0 : bottom, high <= 0 && top > 0 ? 0 : top);
}

/** @param {number} value @param {number} step @param {(value: number) => number} towards */
function outwards(value, step, towards) {
  const { MAX_VALUE } = Number;
  return towards(Math.max(-MAX_VALUE, Math.min(value, MAX_VALUE)) / step) * step;
}

/** @param {number} bottom @param {number} top @param {boolean} log */
function rangeOf(bottom, top, log = false) {
  const [low, high] = widened([bottom, top], log);
  return { low, high };
}

/**
 * The same for decadic logarithms, to which 0 is a value like any other.
 * @param {number} low
 * @param {number} high
 */
export function roundDecades(low, high) {
  const span = high - low;
  if (span < 1e-9) return rangeOf(low, high, true);
  const step = niceStep(span / STEPS);
  const bottom = outwards(low - span * MARGIN, step, Math.floor);
  return rangeOf(bottom, outwards(high + span * MARGIN, step, Math.ceil), true);
}

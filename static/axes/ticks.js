/**
 * Where ticks stand: on whole multiples of a round step, so that they belong to the data and slide
 * with it, and far enough apart for their labels.
 */
import { formatTick, unitFor } from "../base/numbers.js";
import { differenceFrom, offsetOf, offsetText } from "./offset.js";
import { LARGEST_STEP, multiples, niceStep } from "./round_steps.js";

/**
 * @typedef {object} Tick
 * @property {number} value
 * @property {string} label
 *
 * @typedef {object} Ticks
 * @property {Tick[]} list
 * @property {string} context what all labels leave out, the date or an offset; empty if nothing
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
/** Pixels of a cell, above another or beside another's label, that is labelled as each of them is. */
const CLOSE = { above: 16, beside: 14 };
/** Part of a range by which no plot scrolls from one frame to the next. */
const JUMP = 1 / 4;
/** Steps of a double between two ticks, at least: nearer ones could be the same double. */
const APART = 4 * Number.EPSILON;

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
 * @param {boolean} counted it counts cells: whole numbers, and each of them where there is room
 * @returns {Ticks}
 */
export function linearTicks(min, max, pixels, spacing, suffix = "", counted = false) {
  const cells = counted ? cellsIn(min, max) : 0;
  if (cells === 1) return ticksOfOne(min, max, suffix);
  const perPixel = unitsPerPixel(min, max, pixels);
  const isEach = cells && CLOSE.above * perPixel <= 1;
  const step = leastStep(min, max, isEach ? 1 : perPixel * spacing, cells);
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
 * @param {boolean} counted it counts cells: whole numbers, and each of them where there is room
 * @returns {Ticks}
 */
export function labelledTicks(min, max, pixels, measure, suffix = "", ahead = 0, counted = false) {
  const cells = counted ? cellsIn(min, max) : 0;
  if (cells === 1) return ticksOfOne(min, max + ahead, suffix);
  const perPixel = unitsPerPixel(min, max, pixels);
  const needed = (/** @type {number} */ step) =>
    Math.min(widest(min, max, step, measure, suffix) + LABEL_GAP, pixels);
  const each = leastStep(min, max, 1, cells);
  if (cells && (widest(min, max, each, measure, suffix) + CLOSE.beside) * perPixel <= each)
    return ticksOf(min, max, each, suffix, ahead);
  let step = leastStep(min, max, CALM_SPACING * perPixel, cells);
  while (step < LARGEST_STEP && step / perPixel < needed(step)) step = niceStep(step * 1.5);
  return ticksOf(min, max, step, suffix, ahead);
}

/**
 * The same, counted from a zero of their own, which the context says.
 * @param {number} min
 * @param {number} max
 * @param {{x: number, text: string}} zero
 * @param {number} pixels
 * @param {Measure} measure
 * @param {string} suffix
 * @returns {Ticks}
 */
export function ticksFrom(min, max, { x, text }, pixels, measure, suffix = "") {
  const { list } = labelledTicks(min - x, max - x, pixels, measure, suffix);
  return { list: list.map(({ value, label }) => ({ value: value + x, label })), context: text };
}

/**
 * The tick of the only whole number in a range, and those of the next ones ahead of it.
 * @param {number} min
 * @param {number} max
 * @param {string} suffix
 * @returns {Ticks}
 */
function ticksOfOne(min, max, suffix) {
  const list = [];
  for (let value = Math.ceil(min); value <= max; value++)
    list.push({ value, label: formatTick(value, unitFor(Math.abs(value), 1, suffix)) });
  return { list, context: "" };
}

/**
 * How many whole numbers a range of an axis that counts cells has in sight: none, which has plain
 * ticks then; one; or 2, for more.
 * @param {number} min
 * @param {number} max
 */
function cellsIn(min, max) {
  if (Math.floor(max) < min) return 0;
  return max - min < 1 ? 1 : 2;
}

/**
 * @param {number} min
 * @param {number} max
 * @param {number} raw what is wanted
 * @param {number} cells that are in sight and counted: a step is 1 at least then
 */
function leastStep(min, max, raw, cells) {
  return niceStep(Math.max(raw, largestOf(min, max) * APART, cells ? 1 : 0));
}

/**
 * @param {number} min
 * @param {number} max
 * @param {number} step
 * @param {Measure} measure
 * @param {string} suffix
 */
function widest(min, max, step, measure, suffix) {
  const { label } = writingOf(min, max, step, suffix);
  const first = Math.ceil(min / step) * step;
  const last = Math.floor(max / step) * step;
  return Math.max(measure(label(first)), measure(label(last)));
}

/** @param {number} min @param {number} max */
function largestOf(min, max) {
  return Math.max(Math.abs(min), Math.abs(max));
}

/**
 * How the ticks of a range are written: by themselves, or as differences from an offset.
 * @param {number} min
 * @param {number} max
 * @param {number} step
 * @param {string} suffix
 */
function writingOf(min, max, step, suffix) {
  const offset = offsetOf(min, max);
  if (!offset) {
    const unit = unitFor(largestOf(min, max), step, suffix);
    const label = (/** @type {number} */ value) => formatTick(value, unit);
    return { label, context: "" };
  }
  const unit = unitFor(largestOf(min - offset.value, max - offset.value), step, suffix);
  const label = (/** @type {number} */ value) =>
    formatTick(differenceFrom(offset, value, step), unit);
  return { label, context: offsetText(offset, suffix) };
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
  const { label, context } = writingOf(min, max, step, suffix);
  const list = multiples(min, max + ahead, step).map((value) => ({ value, label: label(value) }));
  return { list: distinct(list), context };
}

/**
 * The same ticks where an axis has their values in scaled ones.
 * @param {Ticks} ticks
 * @param {import("../view/scale.js").Scale} scale linear
 * @returns {Ticks}
 */
export function scaledTicks(ticks, scale) {
  if (scale.factor === 1) return ticks;
  const list = ticks.list.map(({ value, label }) => ({ value: scale.scaledOf(value), label }));
  return { ...ticks, list };
}

/**
 * Ticks of an axis that counts down, where its values are.
 * @param {Ticks} ticks
 * @param {(value: number) => number} at where what is said is
 * @returns {Ticks}
 */
export function turned(ticks, at) {
  const list = ticks.list.map(({ value, label }) => ({ value: at(value), label }));
  return { ...ticks, list: list.reverse() };
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
 * Does a range move on to the next one, as it does with each frame of a plot that scrolls or grows?
 * @param {[number, number]} before
 * @param {[number, number]} now
 */
export function slides([from, to], [low, high]) {
  const most = JUMP * (high - low);
  const isSame = from === low && to === high;
  return !isSame && Math.abs(low - from) < most && Math.abs(high - to) < most;
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
  #ticks = { list: [], context: "" };

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

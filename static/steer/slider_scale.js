/**
 * The positions of a slider and the numbers they stand for: as round as the slider is fine, so that
 * what is set is what is read.
 */
import { exponentOf, powerOfTen } from "../base/numbers.js";

/** Positions of a slider without steps: as many as a hand can tell apart. */
const POSITIONS = 200;
const PER_DECADE = 50;
const MOST_POSITIONS = 100_000;
/** Of a number on a logarithmic slider, where its neighbours are no nearer. */
const DIGITS = 3;
/** A sum of decimal steps has no more, unless it is far larger than a step. */
const EXACT = 12;
/** More of them tell no two doubles apart. */
const MOST_DIGITS = 17;
/** A quotient of decimals is so far off: at least, and for each one of it. */
const SLACK = 1e-9;
const SLACK_OF_EACH = 1e-14;

/** @typedef {import("../link/messages.js").SliderItem} SliderItem */

/** The last position, where the first one is 0. @param {SliderItem} slider */
export function lastPosition(slider) {
  if (slider.log) return logPositions(slider);
  return slider.step > 0 ? Math.ceil(stepsOf(slider) / strideOf(slider)) : POSITIONS;
}

/** @param {SliderItem} slider @param {number} position */
export function valueAt(slider, position) {
  const last = lastPosition(slider);
  if (position <= 0) return slider.low;
  if (slider.step > 0) return within(slider, stepped(slider, position));
  // As it was declared: what is rounded may lie below it.
  if (position >= last) return slider.high;
  return within(slider, slider.log ? logValue(slider, position) : linear(slider, position));
}

/** The nearest position. @param {SliderItem} slider @param {number} value */
export function positionOf(slider, value) {
  const { low, high, step, log } = slider;
  const last = lastPosition(slider);
  if (log) return Math.round((last * between(low, value)) / between(low, high));
  if (step > 0) return steppedPosition(slider, (value - low) / step);
  return Math.round((last * (value - low)) / (high - low));
}

// -- with steps ----------------------------------------------------------------------------------

/** @param {SliderItem} slider */
function stepsOf({ low, high, step }) {
  const steps = (high - low) / step;
  return Math.max(1, Math.floor(steps * (1 + SLACK_OF_EACH) + SLACK));
}

/** Steps from one position to the next: a slider of very many has a position for each few. */
function strideOf(/** @type {SliderItem} */ slider) {
  return Math.ceil(stepsOf(slider) / MOST_POSITIONS);
}

/** @param {SliderItem} slider @param {number} position */
function stepped(slider, position) {
  // The last position may be nearer: it is the highest number that the step allows.
  const steps = Math.min(position * strideOf(slider), stepsOf(slider));
  return exact(slider, slider.low + steps * slider.step, slider.step);
}

/** @param {SliderItem} slider @param {number} steps from its low end */
function steppedPosition(slider, steps) {
  const stride = strideOf(slider);
  const last = lastPosition(slider);
  const middle = ((last - 1) * stride + stepsOf(slider)) / 2;
  return steps > middle ? last : Math.round(steps / stride);
}

// -- without -------------------------------------------------------------------------------------

/** @param {SliderItem} slider @param {number} position */
function linear(slider, position) {
  const { low, high } = slider;
  const step = (high - low) / POSITIONS;
  // Of half a step: a number rounded by a whole one may be its neighbour's.
  const unit = powerOfTen(exponentOf(step / 2));
  return exact(slider, Math.round((low + position * step) / unit) * unit, unit);
}

/** How far it is, as a logarithm; of a quotient, if that is no infinite one, for it is exacter. */
function between(/** @type {number} */ low, /** @type {number} */ high) {
  const quotient = high / low;
  return Number.isFinite(quotient) ? Math.log(quotient) : Math.log(high) - Math.log(low);
}

/** @param {SliderItem} slider */
function logPositions({ low, high }) {
  const positions = Math.floor((PER_DECADE * between(low, high)) / Math.LN10 + SLACK);
  return Math.max(POSITIONS / 2, positions);
}

/** @param {SliderItem} slider @param {number} position */
function logValue(slider, position) {
  const by = between(slider.low, slider.high) / logPositions(slider);
  // As many as tell a number from the next one, a part of `Math.expm1(by)` larger.
  const digits = Math.ceil(1 - Math.log10(Math.expm1(by) / 2));
  // In two parts: one of them alone could be infinite.
  const half = Math.exp((position * by) / 2);
  const value = slider.low * half * half;
  return Number(value.toPrecision(Math.min(Math.max(DIGITS, digits), MOST_DIGITS)));
}

/**
 * Without what the arithmetic of doubles has added.
 * @param {SliderItem} slider @param {number} value @param {number} unit it is a multiple of
 */
function exact({ low, high }, value, unit) {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const digits = exponentOf(largest) - exponentOf(unit) + 4;
  return Number(value.toPrecision(Math.min(Math.max(EXACT, digits), MOST_DIGITS)));
}

/** @param {SliderItem} slider @param {number} value */
function within({ low, high }, value) {
  return Math.min(Math.max(low, value), high);
}

/**
 * The positions of a slider and the numbers they stand for: as round as the slider is fine, so that
 * what is set is what is read.
 */
import { exponentOf, powerOfTen } from "../base/numbers.js";

/** Positions of a slider without steps: as many as a hand can tell apart. */
const POSITIONS = 200;
const PER_DECADE = 50;
const MOST_POSITIONS = 100_000;
/** Of a number on a logarithmic slider. */
const DIGITS = 3;
/** A sum of decimal steps has no more. */
const EXACT = 12;

/** @typedef {import("../link/messages.js").SliderItem} SliderItem */

/** The last position, where the first one is 0. @param {SliderItem} slider */
export function lastPosition({ low, high, step, log }) {
  if (log) return clamp(PER_DECADE * Math.log10(high / low), POSITIONS / 2);
  return step > 0 ? clamp((high - low) / step + 1e-9, 1) : POSITIONS;
}

/** @param {number} positions @param {number} least */
function clamp(positions, least) {
  return Math.min(Math.max(least, Math.floor(positions)), MOST_POSITIONS);
}

/** @param {SliderItem} slider @param {number} position */
export function valueAt(slider, position) {
  const { low, high, step, log } = slider;
  const last = lastPosition(slider);
  if (position <= 0) return low;
  const part = Math.min(1, position / last);
  if (log) return within(slider, Number((low * (high / low) ** part).toPrecision(DIGITS)));
  if (step > 0) return within(slider, Number((low + position * step).toPrecision(EXACT)));
  return within(slider, rounded(low + part * (high - low), (high - low) / last));
}

/** The nearest position. @param {SliderItem} slider @param {number} value */
export function positionOf(slider, value) {
  const { low, high, step, log } = slider;
  const last = lastPosition(slider);
  if (log) return Math.round((last * Math.log(value / low)) / Math.log(high / low));
  return Math.round(step > 0 ? (value - low) / step : (last * (value - low)) / (high - low));
}

/** @param {number} value @param {number} step */
function rounded(value, step) {
  const unit = powerOfTen(exponentOf(step));
  return Number((Math.round(value / unit) * unit).toPrecision(EXACT));
}

/** @param {SliderItem} slider @param {number} value */
function within({ low, high }, value) {
  return Math.min(Math.max(low, value), high);
}

/**
 * What the labels of an axis leave out where it shows so little of large values that they would
 * differ only in their last digits: an offset, a round value, which is written once; the labels are
 * the differences from it. It depends on the range alone, so that there is room for it before there
 * are ticks, and it is a multiple of ten spans or more, so that a sliding range keeps it for long.
 */
import { formatAll } from "../base/numbers.js";
import { decimal, partsOf } from "./round_steps.js";

/**
 * @typedef {object} Offset
 * @property {number} count of 10^exponent
 * @property {number} exponent
 * @property {number} value
 */

/** Part of the largest value: a range that is narrower has an offset. */
const NARROW = 1e-9;

/**
 * @param {number} min
 * @param {number} max
 * @returns {Offset | null} null: the labels are the values themselves
 */
export function offsetOf(min, max) {
  const half = max / 2 - min / 2;
  if (half * 2 >= Math.max(Math.abs(min), Math.abs(max)) * NARROW) return null;
  const exponent = Math.floor(Math.log10(half * 2) + 1e-9) + 2;
  const count = Math.floor((min / 2 + max / 2) / decimal(1, exponent) + 0.5);
  const value = decimal(count, exponent);
  if (Number.isFinite(value)) return { count, exponent, value };
  const nearer = count - Math.sign(count);
  return { count: nearer, exponent, value: decimal(nearer, exponent) };
}

/** @param {Offset | null} offset @param {string} suffix the unit of measure */
export function offsetText(offset, suffix) {
  if (!offset) return "";
  return (offset.value > 0 ? "+" : "") + formatAll(offset.value, suffix);
}

/**
 * How far a multiple of a step is from an offset, in decimals: the difference of the doubles would
 * have the rounding of both.
 * @param {Offset} offset
 * @param {number} value
 * @param {number} step
 */
export function differenceFrom(offset, value, step) {
  const { count, exponent } = partsOf(step);
  const whole = Math.floor(value / step + 0.5) * count;
  return decimal(whole - offset.count * 10 ** (offset.exponent - exponent), exponent);
}

/**
 * Numbers that take their size from what they stand beside: from its axis one that somebody has
 * said, from a value how far it has gone.
 */
import { digitsOf, pointed, powerOfTen, written } from "./numbers.js";
import {
  ALONE,
  formatAlone,
  isNothing,
  lastOn,
  nothing,
  read,
  sizeFor,
  sizeOn,
} from "./readings_text.js";

/**
 * How far a value that stands alone has gone: in its size, and no finer than it is written; empty:
 * not so far that it shows.
 * @param {number} by above 0
 * @param {number} value
 * @param {import("./readings_text.js").Beside} axis
 */
export function formatChange(by, value, axis) {
  const pixel = axis.perPixel(value);
  if (isNothing(value, pixel)) return formatAlone(by, axis);
  const first = digitsOf(value, ALONE).exponent;
  const own = first - ALONE + 1;
  const size = sizeFor(first, Math.max(lastOn(axis, value, pixel), own), axis.suffix, sizeOn(axis));
  const last = Math.max(Math.min(own, size.exponent), digitsOf(by).exponent - ALONE + 1);
  const step = powerOfTen(last);
  const seen = by < step ? Math.round(by / step) * step : by;
  return seen ? read(seen, last, axis.suffix, { isSteady: true, axis: size }) : "";
}

/**
 * A number that somebody has said, on its axis: all its digits.
 * @param {number} value finite
 * @param {import("./readings_text.js").Beside} axis
 */
export function formatSaidBeside(value, axis) {
  if (value === 0) return nothing(value, axis.suffix);
  const its = digitsOf(value);
  const last = its.exponent - its.digits.length + 1;
  const size = sizeFor(its.exponent, last, axis.suffix, sizeOn(axis));
  return written(pointed(its, size.exponent), value < 0, size);
}

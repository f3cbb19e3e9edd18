/** Counts and rates of a status line: what they count stands beside them, as a unit does. */
import { digitsOf, group, pointed, THIN } from "./numbers.js";

const THOUSANDS = "kMGTPEZY";
const LONGEST = 1e5;
const DIGITS = 3;

/** Exact while it is short, then three digits and a prefix. @param {number} count */
export function formatCount(count) {
  return count < LONGEST ? group(count.toFixed(0)) : formatRate(count);
}

/** Three digits. @param {number} rate above 0 */
export function formatRate(rate) {
  const its = digitsOf(rate, DIGITS);
  const power = Math.max(0, Math.floor(its.exponent / 3));
  const decimals = Math.max(0, DIGITS - 1 - its.exponent + 3 * power);
  const digits = pointed(its, 3 * power, decimals);
  return power > 0 ? `${digits}${THIN}${THOUSANDS[power - 1]}` : digits;
}

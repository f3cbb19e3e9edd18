/**
 * Round steps, and their multiples: decimals, each the double that is nearest to it, from one end
 * of what doubles can be to the other.
 */

const MOST_TICKS = 200;
export const LARGEST_STEP = 1e308;
/** Below it a double has no more than a few digits. */
const SMALLEST_STEP = 1e-307;
/** Of a step: an end of the axis that is nearer to a multiple is on it. */
const ON_END = 1e-9;

/** The smallest of 1, 2, 5 x 10^n that is not below `raw`, and is a double. @param {number} raw */
export function niceStep(raw) {
  const least = Math.max(SMALLEST_STEP, Math.min(raw, LARGEST_STEP)) * (1 - 1e-9);
  const exponent = Math.floor(Math.log10(least));
  for (const digit of [1, 2, 5]) {
    const step = decimal(digit, exponent);
    if (step >= least) return step;
  }
  return decimal(1, exponent + 1);
}

/**
 * The double that is nearest to `count` x 10^`exponent`.
 * @param {number} count a whole number
 * @param {number} exponent
 */
export function decimal(count, exponent) {
  return Number(`${count}e${exponent}`);
}

/**
 * A step as a whole number, and the power of ten that it is multiplied by.
 * @param {number} step
 * @returns {{count: number, exponent: number}}
 */
export function partsOf(step) {
  const [digits = "", exponent = "0"] = step.toExponential().split("e");
  const [whole = "", fraction = ""] = digits.split(".");
  return { count: Number(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/**
 * The multiples of `step` in [min, max], as decimals: 3 x 0.1 is 0.3 here.
 * @param {number} min
 * @param {number} max
 * @param {number} step
 */
export function multiples(min, max, step) {
  const { count, exponent } = partsOf(step);
  const values = [];
  // The quotient is rounded, and may be one too high.
  const first = Math.ceil(min / step) - 1;
  for (let i = first; i < first + MOST_TICKS; i++) {
    const value = decimal(i * count, exponent);
    if (value - max > ON_END * step) break;
    if (value - min >= -ON_END * step) values.push(value);
  }
  return values;
}

/**
 * From values to scaled values and back. A scaled value is where a value stands on its axis, in
 * units of which equal steps are equal pixels: the value itself, or its decadic logarithm, or at the
 * ends of what doubles can be the value times a power of two, since the difference of two values may
 * be none there, or pixels per unit. Only the borders know of values: vertices coming in, ticks,
 * annotations and what is read off the plot; all between them (ranges, zoom, decimation, Flot) is
 * arithmetic on scaled values.
 */

/**
 * @typedef {object} Scale
 * @property {boolean} log
 * @property {number} factor of a linear scale; 1 but at the ends of what doubles can be
 * @property {(value: number) => number} scaledOf NaN for what the axis cannot show
 * @property {(scaled: number) => number} valueAt
 */

const LARGEST_SCALED = Math.log10(Number.MAX_VALUE);
/** What is smaller is scaled to it too: its neighbours would have no digits to be told apart by. */
const SMALLEST_SCALED = -300;
/** Closer than this many steps of a double there is nothing to see. */
const FINEST = 16 * Number.EPSILON;
const FINEST_DECADE = 1e-9;
/** Half of the narrowest range, at 0. */
export const TINY = 1e-307;
const { MAX_VALUE } = Number;

/** @type {Scale} */
export const LINEAR = {
  log: false,
  factor: 1,
  scaledOf: (value) => value,
  valueAt: (scaled) => scaled,
};

/** @type {Scale} */
export const LOG = {
  log: true,
  factor: 1,
  scaledOf: (value) => (value > 0 ? Math.max(Math.log10(value), SMALLEST_SCALED) : NaN),
  valueAt: (scaled) => withinDoubles(10 ** scaled),
};

/** Multiplied, what is larger or smaller is far enough from the ends of doubles. */
const LARGE = 2 ** 1018;
const SMALL = 2 ** -900;
const SHRUNK = linearBy(2 ** -64);
const GROWN = linearBy(2 ** 600);

/** @param {number} factor a power of two: no digit is lost @returns {Scale} */
function linearBy(factor) {
  return {
    log: false,
    factor,
    scaledOf: (value) => withinDoubles(value * factor),
    valueAt: (scaled) => withinDoubles(scaled / factor),
  };
}

/** @param {number} value */
function withinDoubles(value) {
  return Math.max(-MAX_VALUE, Math.min(value, MAX_VALUE));
}

/**
 * The linear scale of values up to a magnitude.
 * @param {number} largest NaN: there is none yet
 * @returns {Scale}
 */
export function linearFor(largest) {
  if (largest > LARGE) return SHRUNK;
  return largest > 0 && largest < SMALL ? GROWN : LINEAR;
}

/** @param {boolean} log */
export function scaleFor(log) {
  return log ? LOG : LINEAR;
}

/**
 * A range that has an extent, more than a single value, and both ends within doubles. The ends are
 * halved before they are subtracted, since the difference of two doubles may be none.
 * @param {[number, number]} range of scaled values
 * @param {boolean} log
 * @returns {[number, number]}
 */
export function widened(range, log = false) {
  const [least, most] = log
    ? [SMALLEST_SCALED, LARGEST_SCALED]
    : [-Number.MAX_VALUE, Number.MAX_VALUE];
  const [low, high] = [Math.max(range[0], least), Math.min(range[1], most)];
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const finest = log ? FINEST_DECADE : Math.max(TINY, FINEST * largest);
  if (high / 2 - low / 2 > finest) return [low, high];
  const reach = Math.max(0.5, 2 * finest);
  return [Math.max(low - reach, least), Math.min(high + reach, most)];
}

/**
 * The range of x that is shown. What has no logarithm begins where the points begin that have one.
 * @param {[number, number]} values
 * @param {number} least scaled value at which there is something; Infinity: there is nothing
 * @param {Scale} scale
 * @returns {[number, number]} scaled values
 */
export function scaledRange([from, to], least, scale) {
  if (scale === LINEAR) return widened([from, to]);
  if (!scale.log) {
    const [low, high] = widened([from, to]);
    return [scale.scaledOf(low), scale.scaledOf(high)];
  }
  const end = scale.scaledOf(to);
  if (Number.isNaN(end)) return [0, 1];
  const begin = from > 0 ? scale.scaledOf(from) : least;
  return widened(begin < end ? [begin, end] : [end - 1, end], true);
}

/**
 * The range of an axis that is on the screen.
 * @typedef {object} AxisView
 * @property {boolean} log
 * @property {number} low value at the left or at the bottom
 * @property {number} high value at the right or at the top
 * @property {string} suffix its unit of measure, "V"
 * @property {(value: number) => number} pixelOf CSS pixels from the left or from the top of the
 *   plot area; NaN: cannot be shown
 * @property {(pixel: number) => number} valueAt
 * @property {(value: number) => number} perPixel units of a pixel at a value, or of a step of a
 *   double, if that is more
 */

/**
 * The ends are halved before they are subtracted, since the difference of two doubles may be none.
 * @param {Scale} scale
 * @param {[number, number]} ends scaled values at the first and at the last pixel
 * @param {number} length in CSS pixels
 * @param {string} suffix the unit of measure
 * @returns {AxisView}
 */
export function axisView(scale, [first, last], length, suffix = "") {
  const half = last / 2 - first / 2;
  const pixelOf = (/** @type {number} */ value) =>
    ((scale.scaledOf(value) / 2 - first / 2) / half) * length;
  const valueAt = (/** @type {number} */ pixel) =>
    scale.valueAt(withinDoubles((first / 2 + (pixel / length) * half) * 2));
  return {
    log: scale.log,
    low: scale.valueAt(Math.min(first, last)),
    high: scale.valueAt(Math.max(first, last)),
    suffix,
    pixelOf,
    valueAt,
    perPixel: (value) =>
      Math.max(
        scale.log
          ? Math.abs(valueAt(pixelOf(value) + 1) - value)
          : Math.abs(scale.valueAt((half / length) * 2)),
        Math.abs(value) * (Number.EPSILON / 2),
      ),
  };
}

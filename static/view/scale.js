/**
 * From values to scaled values and back. A scaled value is where a value stands on its axis, in
 * units of which equal steps are equal pixels: the value itself, or its decadic logarithm. Only the
 * borders know of values: vertices coming in, ticks, annotations and what is read off the plot; all
 * between them (ranges, zoom, decimation, Flot) is arithmetic on scaled values.
 */

/**
 * @typedef {object} Scale
 * @property {boolean} log
 * @property {(value: number) => number} scaledOf NaN for what the axis cannot show
 * @property {(scaled: number) => number} valueAt
 */

/** @type {Scale} */
export const LINEAR = { log: false, scaledOf: (value) => value, valueAt: (scaled) => scaled };

/** @type {Scale} */
export const LOG = {
  log: true,
  scaledOf: (value) => (value > 0 ? Math.log10(value) : NaN),
  valueAt: (scaled) => 10 ** scaled,
};

/** @param {boolean} log */
export function scaleFor(log) {
  return log ? LOG : LINEAR;
}

/**
 * The range of an axis that is on the screen.
 * @typedef {object} AxisView
 * @property {boolean} log
 * @property {number} low value at the left or at the bottom
 * @property {number} high value at the right or at the top
 * @property {import("../base/numbers.js").Unit | null} unit how its ticks are written; null: as
 *   times
 * @property {string} suffix its unit of measure, "V"
 * @property {(value: number) => number} pixelOf CSS pixels from the left or from the top of the
 *   plot area; NaN: cannot be shown
 * @property {(pixel: number) => number} valueAt
 */

/**
 * @param {Scale} scale
 * @param {[number, number]} ends scaled values at the first and at the last pixel
 * @param {number} length in CSS pixels
 * @param {{unit?: import("../base/numbers.js").Unit | null, suffix?: string}} writing
 * @returns {AxisView}
 */
export function axisView(scale, [first, last], length, { unit = null, suffix = "" } = {}) {
  const perPixel = (last - first) / length;
  return {
    log: scale.log,
    low: scale.valueAt(Math.min(first, last)),
    high: scale.valueAt(Math.max(first, last)),
    unit,
    suffix,
    pixelOf: (value) => (scale.scaledOf(value) - first) / perPixel,
    valueAt: (pixel) => scale.valueAt(first + pixel * perPixel),
  };
}

/** What can be said of a plot and of its series, as the relay sends it: null is "not said". */

/**
 * @typedef {"line" | "points" | "step" | "area" | "bars"} Style
 *
 * @typedef {object} SeriesOptions
 * @property {Style | null} style
 * @property {boolean | null} points
 * @property {string | null} color
 * @property {number | null} width
 * @property {boolean} hidden until the user shows it
 *
 * @typedef {object} Options
 * @property {string | null} title
 * @property {number | null} window
 * @property {[number, number] | "auto" | "grow" | null} y_range
 * @property {Style} style
 * @property {boolean} points
 * @property {boolean} time
 * @property {string | null} x_label
 * @property {string | null} y_label
 * @property {string | null} x_unit
 * @property {string | null} y_unit
 * @property {Record<string, Partial<SeriesOptions>>} series
 * @property {{y: number, text: string}[]} lines
 * @property {{from: number, to: number, text: string}[]} regions
 */

/** @type {Options} */
export const DEFAULTS = {
  title: null,
  window: null,
  y_range: null,
  style: "line",
  points: false,
  time: false,
  x_label: null,
  y_label: null,
  x_unit: null,
  y_unit: null,
  series: {},
  lines: [],
  regions: [],
};

/** @param {object} said @returns {Options} */
export function completeOptions(said) {
  return { ...DEFAULTS, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)) };
}

/**
 * How one series is drawn: what is said of it, else what is said of the plot.
 * @param {Options} options
 * @param {string} name of the series: any text, "__proto__" included
 * @returns {{style: Style, points: boolean, color: string | null, width: number | null, hidden: boolean}}
 */
export function seriesLook({ series, style, points }, name) {
  const its = (Object.hasOwn(series, name) ? series[name] : undefined) ?? {};
  return {
    style: its.style ?? style,
    points: its.points ?? points,
    color: its.color ?? null,
    width: its.width ?? null,
    hidden: its.hidden ?? false,
  };
}

/** "voltage (mV)". @param {string | null} label @param {string | null} unit */
export function labelWithUnit(label, unit) {
  if (!unit) return label ?? "";
  return label ? `${label} (${unit})` : unit;
}

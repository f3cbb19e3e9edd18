/**
 * The options of a plot and of its series, as the relay sends them; null is "not given". They are declared in
 * zwsnb/protocol/options.py, and a test compares these with them.
 */

/**
 * @typedef {"line" | "points" | "step" | "area" | "bars" | "candles" | "density"} Style
 *
 * @typedef {object} SeriesOptions
 * @property {Style | null} style
 * @property {boolean | null} points
 * @property {boolean | null} xy
 * @property {string | null} label shown in place of the name
 * @property {string | null} color #rrggbb or #rgb
 * @property {"solid" | "dash" | "dot" | "dashdot" | null} dash
 * @property {number | null} width
 * @property {number} opacity
 * @property {"left" | "right"} axis
 * @property {boolean} hidden until the user shows it
 * @property {[string, string] | null} band series, low and high, that are drawn as an area around
 *   this one
 *
 * @typedef {[number | null, number | null] | "auto" | "grow" | null} RangeOption
 *
 * @typedef {object} Threshold
 * @property {number} y
 * @property {string} text
 * @property {"left" | "right"} [axis] that which has the grid, where none is said
 *
 * @typedef {object} PanelOptions what is said of one panel
 * @property {string[]} series
 * @property {number} [height] how high it is beside the others
 * @property {RangeOption} [y_range]
 * @property {RangeOption} [y2_range]
 * @property {string} [y_label]
 * @property {string} [y2_label]
 * @property {string} [y_unit]
 * @property {string} [y2_unit]
 * @property {string} [z_label]
 * @property {string} [z_unit]
 * @property {"y" | "none"} [log]
 * @property {Threshold[]} [lines]
 *
 * @typedef {object} Trigger when a sweep is shown
 * @property {string} series that crosses the level
 * @property {number} level
 * @property {"rising" | "falling" | "either"} slope
 * @property {"roll" | "normal" | "single"} mode
 * @property {number} holdoff of x after a trigger, in which there is no other
 * @property {number} pre the part of the window that is before it
 * @property {number} persist earlier sweeps that are drawn
 *
 * @typedef {object} Options
 * @property {string | null} title
 * @property {number | null} window
 * @property {[number | null, number | null] | null} x_range that is to be filled
 * @property {Trigger | null} trigger
 * @property {RangeOption} y_range
 * @property {RangeOption} y2_range
 * @property {Style | "spectrum"} style
 * @property {number | null} period that a candle spans at least
 * @property {boolean} points
 * @property {boolean} time
 * @property {string | null} tz the time zone of times
 * @property {"x" | "y" | "xy" | "none" | null} log
 * @property {boolean | null} xy the order of publishing is drawn; false: that of x
 * @property {"auto" | "equal"} aspect of a unit of x and one of y
 * @property {string | null} x_label
 * @property {string | null} y_label
 * @property {string | null} y2_label
 * @property {string | null} x_unit
 * @property {string | null} y_unit
 * @property {string | null} y2_unit
 * @property {RangeOption} z_range of the colours of an image or scatter
 * @property {boolean} z_log
 * @property {string | null} z_label
 * @property {string | null} z_unit
 * @property {"auto" | "top" | "right" | "none"} legend where it stands
 * @property {string[] | "all" | null} tiles series whose newest values are large
 * @property {Record<string, Partial<SeriesOptions>>} series
 * @property {(string[] | PanelOptions)[] | "groups" | null} panels
 * @property {Threshold[]} lines
 * @property {{from: number, to: number, text: string}[]} regions
 * @property {"x" | "none" | null} link what it shares with others that say so
 */

/** @type {Options} */
export const DEFAULTS = {
  title: null,
  window: null,
  x_range: null,
  trigger: null,
  y_range: null,
  y2_range: null,
  style: "line",
  period: null,
  points: false,
  time: false,
  tz: null,
  log: null,
  xy: null,
  aspect: "auto",
  x_label: null,
  y_label: null,
  y2_label: null,
  x_unit: null,
  y_unit: null,
  y2_unit: null,
  z_range: null,
  z_log: false,
  z_label: null,
  z_unit: null,
  legend: "auto",
  tiles: null,
  series: {},
  panels: null,
  lines: [],
  regions: [],
  link: null,
};

/** @param {object} said @returns {Options} */
export function completeOptions(said) {
  return {
    ...DEFAULTS,
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)),
  };
}

/**
 * What is said of one series.
 * @param {Pick<Options, "series">} options
 * @param {string} name of the series: any text, "__proto__" included
 * @returns {Partial<SeriesOptions>}
 */
export function saidOf({ series }, name) {
  return (Object.hasOwn(series, name) ? series[name] : undefined) ?? {};
}

/** The points that come are amplitudes, and their x frequencies. @param {Pick<Options, "style">} options */
export function isSpectrum({ style }) {
  return style === "spectrum";
}

/**
 * How one series is drawn: what is said of it, else what is said of the plot.
 * @param {Pick<Options, "series" | "style" | "points">} options
 * @param {string} name of the series: any text, "__proto__" included
 * @returns {SeriesOptions & {style: Style, points: boolean}}
 */
export function seriesLook({ series, style, points }, name) {
  const its = saidOf({ series }, name);
  return {
    style: its.style ?? (style === "spectrum" ? "line" : style),
    points: its.points ?? points,
    xy: its.xy ?? null,
    label: its.label ?? null,
    color: its.color ?? null,
    dash: its.dash ?? null,
    width: its.width ?? null,
    opacity: its.opacity ?? 1,
    axis: its.axis ?? "left",
    hidden: its.hidden ?? false,
    band: its.band ?? null,
  };
}

/** The series that a panel names. @param {string[] | PanelOptions} panel */
export function namesIn(panel) {
  return Array.isArray(panel) ? panel : panel.series;
}

/**
 * How one panel is drawn: what is said of it, else what is said of the plot.
 * @param {Options} options
 * @param {number} index of the panel
 */
export function panelLook(options, index) {
  const { panels } = options;
  const said = Array.isArray(panels) ? panels[index] : undefined;
  /** @type {Partial<PanelOptions>} */
  const its = !said || Array.isArray(said) ? {} : said;
  return {
    left: {
      range: its.y_range ?? options.y_range,
      label: its.y_label ?? options.y_label ?? "",
      unit: its.y_unit ?? options.y_unit ?? "",
    },
    right: {
      range: its.y2_range ?? options.y2_range,
      label: its.y2_label ?? options.y2_label ?? "",
      unit: its.y2_unit ?? options.y2_unit ?? "",
    },
    colors: {
      label: its.z_label ?? options.z_label ?? "",
      unit: its.z_unit ?? options.z_unit ?? "",
    },
    isLogY: isLogY({ log: its.log ?? options.log }),
    lines: its.lines ?? options.lines,
    height: its.height ?? 1,
  };
}

/** Times have no logarithm that says anything. @param {Options} options */
export function isLogX({ log, time }) {
  return !time && (log === "x" || log === "xy");
}

/** @param {Pick<Options, "log">} options */
export function isLogY({ log }) {
  return log === "y" || log === "xy";
}

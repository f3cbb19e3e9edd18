/**
 * What is used of Flot, with its types: the only module that knows Flot and jQuery.
 *
 * Flot is taken in its drawing parts only: no plug-in of it listens for events, and nothing of it
 * writes HTML. Its tick functions are not used because Flot 4.2 calls $.isFunction there, which
 * jQuery 4 no longer has.
 */
import $, { giveBack } from "./jquery_global.js";
import "flot/source/jquery.canvaswrapper.js";
import "flot/source/jquery.colorhelpers.js";
import "flot/source/jquery.flot.js";
import "flot/source/jquery.flot.saturated.js";
import "flot/source/jquery.flot.browser.js";
import "flot/source/jquery.flot.drawSeries.js";
import "flot/source/jquery.flot.uiConstants.js";

/**
 * @typedef {ArrayLike<number | null>} Points x, y, x, y, ...
 *
 * @typedef {object} FlotSeries
 * @property {{points: Points, pointsize: number, format: object[]}} datapoints
 * @property {string} color
 * @property {{lineWidth: number, fill: boolean, dashes: number[]}} lines
 * @property {{radius: number, fillColor: string}} points
 * @property {{barWidth: [number, boolean]}} bars
 *
 * @typedef {object} FlotAxis
 * @property {{min: number, max: number}} options
 * @property {(value: number) => number} p2c
 * @property {number} scale
 *
 * @typedef {object} FlotSurface
 * @property {number} pixelRatio
 * @property {number} width
 * @property {number} height
 * @property {HTMLCanvasElement} element
 *
 * @typedef {object} FlotPlot
 * @property {(series: object[]) => void} setData
 * @property {(autoScale: boolean) => void} setupGrid
 * @property {() => void} draw
 * @property {() => void} resize
 * @property {() => void} destroy
 * @property {() => FlotSeries[]} getData
 * @property {() => [FlotAxis]} getXAxes
 * @property {() => [FlotAxis, FlotAxis]} getYAxes
 * @property {() => object} getPlotOffset
 * @property {() => FlotSurface} getSurface
 * @property {Hooks} hooks
 *
 * @typedef {object} Hooks Flot calls them with the plot, then with what is at hand
 * @property {DataHook[]} processRawData
 * @property {((plot: FlotPlot, offset: object) => void)[]} processOffset
 * @property {((plot: FlotPlot, context: CanvasRenderingContext2D) => void)[]} drawBackground
 * @property {SeriesHook[]} drawSeries
 * @property {((plot: FlotPlot, context: CanvasRenderingContext2D) => void)[]} draw after them
 *
 * @typedef {(style: object, bottom: number, top: number) => string | CanvasGradient} Fill
 *
 * @typedef {{drawSeriesLines: Drawer, drawSeriesPoints: Drawer, drawSeriesBars: Drawer}} Drawers
 *
 * @typedef {object} Flot
 * @property {(element: HTMLElement, series: object[], options: object) => FlotPlot} plot
 */

/**
 * @callback DataHook
 * @param {FlotPlot} plot
 * @param {object} series
 * @param {Float64Array} data
 * @param {FlotSeries["datapoints"]} datapoints
 */

/**
 * @callback SeriesHook
 * @param {FlotPlot} plot
 * @param {CanvasRenderingContext2D} context
 * @param {FlotSeries} series
 * @param {number} index
 * @param {Fill} fill
 */

/**
 * @callback Drawer one of Flot's three: of lines, points or bars
 * @param {FlotSeries} series
 * @param {CanvasRenderingContext2D} context
 * @param {object} offset
 * @param {number} width
 * @param {number} height
 * @param {null} symbol
 * @param {Fill} fill
 */

/** Flot's timer for an overlay that this page does not use: once, and never due. */
const NEVER = 2 ** 31 - 1;
const FORMAT = [
  { x: true, number: true, required: true, computeRange: false },
  { y: true, number: true, required: true, computeRange: false },
];

giveBack();

const { plot } = /** @type {{plot: Flot["plot"] & {drawSeries: Drawers}}} */ (
  /** @type {unknown} */ ($)
);

/** Flot's own, which paint what they are given. */
export const drawers = plot.drawSeries;

/**
 * @param {HTMLElement} element that the plot fills
 * @returns {FlotPlot}
 */
export function makePlot(element) {
  const axis = { autoScale: "none", min: 0, max: 1 };
  const made = plot(element, [], {
    xaxis: { ...axis },
    yaxes: [{ ...axis }, { ...axis }],
    series: { shadowSize: 0 },
    grid: { show: false },
    interaction: { redrawOverlayInterval: NEVER },
  });
  made.hooks.processRawData.push(takeFlat);
  return made;
}

/** @type {DataHook} */
function takeFlat(_plot, _series, data, datapoints) {
  datapoints.points = data;
  datapoints.pointsize = 2;
  datapoints.format = FORMAT;
}

/**
 * The picture of one panel: the only module that knows Flot and jQuery. Flot maps places (view/scale.js) to pixels and draws
 * the series, straight from the typed arrays in which they came (its processRawData hook); chart/series_painter.js says which pieces
 * of them and how, axes/frame.js paints what stands around them.
 *
 * Flot is taken in its drawing parts only: no plug-in of it listens for events, and nothing of it writes HTML. Its
 * tick functions are not used because Flot 4.2 calls $.isFunction there, which jQuery 4 no longer has.
 */
import $ from "./jquery_global.js";
import "flot/source/jquery.canvaswrapper.js";
import "flot/source/jquery.colorhelpers.js";
import "flot/source/jquery.flot.js";
import "flot/source/jquery.flot.saturated.js";
import "flot/source/jquery.flot.browser.js";
import "flot/source/jquery.flot.drawSeries.js";
import "flot/source/jquery.flot.uiConstants.js";
import { Brush } from "./series_painter.js";
import { dashesOf, withAlpha } from "./colors.js";
import { Frame } from "../axes/frame.js";

/** @typedef {import("../axes/paint_axes.js").Box} Box */

/**
 * What of Flot is used.
 * @typedef {object} FlotSeries
 * @property {{points: ArrayLike<number | null>, pointsize: number, format: object[]}} datapoints
 * @property {{lineWidth: number}} lines
 * @property {{barWidth: [number, boolean]}} bars
 *
 * @typedef {object} FlotAxis
 * @property {{min: number, max: number}} options
 * @property {(value: number) => number} p2c
 * @property {number} scale
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
 * @property {() => {pixelRatio: number, width: number, height: number, element: HTMLCanvasElement}} getSurface
 * @property {Hooks} hooks
 *
 * @typedef {object} Hooks Flot calls them with the plot, then with what is at hand
 * @property {((plot: FlotPlot, series: object, data: Float64Array, datapoints: FlotSeries["datapoints"]) => void)[]} processRawData
 * @property {((plot: FlotPlot, offset: object) => void)[]} processOffset
 * @property {((plot: FlotPlot, context: CanvasRenderingContext2D) => void)[]} drawBackground
 * @property {((plot: FlotPlot, context: CanvasRenderingContext2D, series: FlotSeries, index: number, fill: Function) => void)[]} drawSeries
 *
 * @typedef {{drawSeriesLines: Drawer, drawSeriesPoints: Drawer, drawSeriesBars: Drawer}} Drawers
 *
 * @callback Drawer one of Flot's three: of lines, points or bars
 * @param {FlotSeries} series
 * @param {CanvasRenderingContext2D} context
 * @param {object} offset
 * @param {number} width
 * @param {number} height
 * @param {null} symbol
 * @param {Function} fill
 */

/**
 * One series to draw.
 * @typedef {object} Line
 * @property {string} name
 * @property {string} color
 * @property {number} slot of colours and dashes
 * @property {import("../link/wire.js").Kind} kind
 * @property {Float64Array} points in places
 * @property {import("../link/options.js").Style} style
 * @property {boolean} dots on the line, even where there is little room
 * @property {number | null} width in pixels; null: as is best
 * @property {"left" | "right"} axis
 * @property {{low: Float64Array, high: Float64Array} | null} band around it, in places
 *
 * @typedef {object} Ranges of places
 * @property {[number, number]} x
 * @property {[number, number]} left
 * @property {[number, number]} right
 */

/** Flot's timer for an overlay that this page does not use: once, and never due. */
const NEVER = 2 ** 31 - 1;
const FORMAT = [
  { x: true, number: true, required: true, computeRange: false },
  { y: true, number: true, required: true, computeRange: false },
];
/** What an area or a bar fills towards: on a linear axis 0, on a logarithmic one the bottom, wherever it is. */
const GROUND = { linear: 0, log: -Number.MAX_VALUE };

export class Chart {
  #plot;
  #frame;
  #brush = new Brush();
  /** @type {Line[]} */
  #lines = [];
  #drawn = "";

  /** @param {HTMLElement} element that the picture fills */
  constructor(element) {
    this.#plot = makePlot(element);
    const { hooks } = this.#plot;
    this.#frame = new Frame(/** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d")));
    hooks.processRawData.push(takeFlat);
    hooks.processOffset.push((_plot, offset) => Object.assign(offset, this.#frame.margins));
    hooks.drawBackground.push(() => this.#paintFrame());
    hooks.drawSeries.push((_plot, context, series, index, fill) =>
      this.#paintSeries(context, series, index, fill),
    );
  }

  get canvas() {
    return this.#plot.getSurface().element;
  }

  /** How the labels of each y-axis are written, for values that are read beside them. */
  get units() {
    return this.#frame.units;
  }

  /** Room below the plot area. */
  get bottom() {
    return this.#frame.bottom;
  }

  /** The plot area in CSS pixels, as last drawn or resized. @returns {Box} */
  get box() {
    const { width, height } = this.#plot.getSurface();
    return this.#frame.boxIn(width, height);
  }

  /** How many device pixels the plot area is wide. */
  get deviceWidth() {
    return this.box.width * this.#plot.getSurface().pixelRatio;
  }

  /** @param {Partial<import("../axes/paint_axes.js").Paint>} paint */
  setPaint(paint) {
    this.#frame.setPaint(paint);
  }

  /** @param {import("../axes/frame.js").Look} look */
  setLook(look) {
    this.#frame.setLook(look);
  }

  /** Take the element's size and the screen's density anew. */
  resize() {
    const surface = this.#plot.getSurface();
    if (surface.pixelRatio !== devicePixelRatio) {
      surface.pixelRatio = devicePixelRatio;
      surface.width = surface.height = -1;
    }
    this.#plot.resize();
  }

  destroy() {
    this.#plot.destroy();
  }

  /** First of three steps, between which panels agree on their gutters. @param {Ranges} ranges */
  layOutY({ left, right }) {
    const { width, height } = this.#plot.getSurface();
    return this.#frame.layOutY(left, right, width, height);
  }

  /** @param {Ranges} ranges @param {import("../axes/frame.js").Gutters} gutters */
  layOutX({ x }, gutters) {
    const { width, height } = this.#plot.getSurface();
    this.#frame.layOutX(x, gutters, width, height);
  }

  /** @param {Line[]} lines @param {Ranges} ranges @param {boolean} logY */
  draw(lines, { x, left, right }, logY) {
    this.#lines = lines;
    this.#setLines(lines, logY);
    const [first, second] = this.#plot.getYAxes();
    setRange(this.#plot.getXAxes()[0], x);
    setRange(first, left);
    setRange(second, right);
    this.#plot.setupGrid(false);
    this.#plot.draw();
  }

  /** Flot copies and checks the options of every series in setData: done only when they have changed. @param {Line[]} lines @param {boolean} logY */
  #setLines(lines, logY) {
    const wanted =
      lines.map((one) => one.slot + one.color + one.style + one.axis).join() + String(logY);
    if (wanted === this.#drawn) return;
    this.#drawn = wanted;
    this.#brush.forget();
    this.#plot.setData(lines.map((one) => seriesOptions(one, logY ? GROUND.log : GROUND.linear)));
  }

  #paintFrame() {
    const { width, height } = this.#plot.getSurface();
    const [left, right] = this.#plot.getYAxes();
    this.#frame.paint(this.#plot.getXAxes()[0].p2c, left.p2c, right.p2c, width, height);
  }

  /**
   * Flot's drawSeries hook.
   * @param {CanvasRenderingContext2D} context
   * @param {FlotSeries} series
   * @param {number} index
   * @param {Function} fill
   */
  #paintSeries(context, series, index, fill) {
    const line = /** @type {Line} */ (this.#lines[index]);
    const { box } = this;
    const [x] = this.#plot.getXAxes();
    const y = this.#plot.getYAxes()[line.axis === "right" ? 1 : 0];
    /** @type {import("./series_painter.js").Canvas["paint"]} */
    const paint = (drawer, points) => {
      series.datapoints.points = points;
      // A name that were put together here would be a new string at every call, for which V8 compiles this anew.
      drawers()[drawer](
        series,
        context,
        this.#plot.getPlotOffset(),
        box.width,
        box.height,
        null,
        fill,
      );
    };
    this.#brush.paint(
      { context, box, ratio: this.#plot.getSurface().pixelRatio, x, y, paint },
      series,
      index,
      line,
    );
  }
}

/** @returns {Drawers} */
function drawers() {
  return /** @type {any} */ ($).plot.drawSeries;
}

/** @param {HTMLElement} element @returns {FlotPlot} */
function makePlot(element) {
  const axis = { autoScale: "none", min: 0, max: 1 };
  const plot = /** @type {any} */ ($).plot(element, [], {
    xaxis: { ...axis },
    yaxes: [{ ...axis }, { ...axis }],
    series: { shadowSize: 0 },
    grid: { show: false },
    interaction: { redrawOverlayInterval: NEVER },
  });
  return plot;
}

/**
 * Flot's processRawData hook.
 * @param {FlotPlot} _plot
 * @param {object} _series
 * @param {Float64Array} data
 * @param {FlotSeries["datapoints"]} datapoints
 */
function takeFlat(_plot, _series, data, datapoints) {
  datapoints.points = data;
  datapoints.pointsize = 2;
  datapoints.format = FORMAT;
}

/** Nothing is shown by Flot itself: the drawSeries hook does it. @param {Line} line @param {number} fillTowards */
function seriesOptions({ points: data, color, slot, style, axis }, fillTowards) {
  return {
    data,
    color,
    yaxis: axis === "right" ? 2 : 1,
    lines: {
      show: false,
      steps: style === "step",
      fill: style === "area",
      fillColor: withAlpha(color, 0.16),
      fillTowards,
      dashes: dashesOf(slot),
    },
    points: { show: false, radius: 2, lineWidth: 0, fillColor: color, symbol: "circle" },
    bars: {
      show: false,
      barWidth: [1, true],
      align: "center",
      lineWidth: 0,
      fill: true,
      fillColor: withAlpha(color, 0.85),
      fillTowards,
    },
  };
}

/** @param {FlotAxis} axis @param {[number, number]} range */
function setRange(axis, [min, max]) {
  axis.options.min = min;
  axis.options.max = max;
}

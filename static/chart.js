/**
 * The picture of one panel: the only module that knows Flot and jQuery. Flot maps places (scale.js) to pixels and draws
 * the series, straight from the typed arrays in which they came (its processRawData hook); frame.js paints what stands
 * around them.
 *
 * Flot is taken in its drawing parts only: no plug-in of it listens for events, and nothing of it writes HTML. Its
 * tick functions are not used because Flot 4.2 calls $.isFunction there, which jQuery 4 no longer has.
 */
import $ from "./jquery-global.js";
import "flot/source/jquery.canvaswrapper.js";
import "flot/source/jquery.colorhelpers.js";
import "flot/source/jquery.flot.js";
import "flot/source/jquery.flot.saturated.js";
import "flot/source/jquery.flot.browser.js";
import "flot/source/jquery.flot.drawSeries.js";
import "flot/source/jquery.flot.uiConstants.js";
import { paintBand } from "./band.js";
import { dashesOf, DISTINCT, withAlpha } from "./colors.js";
import { Frame } from "./frame.js";
import { lonelyIn, narrowestStep, sparse } from "./gaps.js";
import { eachStretch } from "./stretches.js";

/** @typedef {import("./axes.js").Box} Box */

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
 * @property {import("./wire.js").Kind} kind
 * @property {Float64Array} points in places
 * @property {import("./options.js").Style} style
 * @property {boolean} dots on the line, even where there is little room
 * @property {number | null} width in pixels; null: as is best
 * @property {"left" | "right"} axis
 * @property {{low: Float64Array, high: Float64Array} | null} band around it, in places
 *
 * @typedef {object} Ranges of places
 * @property {[number, number]} x
 * @property {[number, number]} left
 * @property {[number, number]} right
 *
 * @typedef {(drawer: Drawer, points: ArrayLike<number | null>) => void} Painter
 */

/** Flot's timer for an overlay that this page does not use: once, and never due. */
const NEVER = 2 ** 31 - 1;
const FORMAT = [
  { x: true, number: true, required: true, computeRange: false },
  { y: true, number: true, required: true, computeRange: false },
];
const LINE_WIDTH = 1.5;
const BUSY = 1.6;
const CALM = 1.3;
const BAND_ALPHA = 0.2;
/** What an area or a bar fills towards: on a linear axis 0, on a logarithmic one the bottom, wherever it is. */
const GROUND = { linear: 0, log: -Number.MAX_VALUE };

export class Chart {
  #plot;
  #frame;
  /** @type {Line[]} */
  #lines = [];
  #drawn = "";
  /** Vertices that each line needed in the last picture, per pixel of width. @type {number[]} */
  #busy = [];

  /** @param {HTMLElement} element that the picture fills */
  constructor(element) {
    this.#plot = makePlot(element);
    const { hooks } = this.#plot;
    this.#frame = new Frame(/** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d")));
    hooks.processRawData.push(takeFlat);
    hooks.processOffset.push((_plot, offset) => Object.assign(offset, this.#frame.margins));
    hooks.drawBackground.push(() => this.#paintFrame());
    hooks.drawSeries.push((_plot, context, series, index, fill) => this.#paintSeries(context, series, index, fill));
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

  /** @param {Partial<import("./axes.js").Paint>} paint */
  setPaint(paint) {
    this.#frame.setPaint(paint);
  }

  /** @param {import("./frame.js").Look} look */
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

  /** @param {Ranges} ranges @param {import("./frame.js").Gutters} gutters */
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
    const wanted = lines.map((one) => one.slot + one.color + one.style + one.axis).join() + String(logY);
    if (wanted === this.#drawn) return;
    this.#drawn = wanted;
    this.#busy = [];
    this.#plot.setData(lines.map((one) => seriesOptions(one, logY ? GROUND.log : GROUND.linear)));
  }

  #paintFrame() {
    const { width, height } = this.#plot.getSurface();
    const [left, right] = this.#plot.getYAxes();
    this.#frame.paint(this.#plot.getXAxes()[0].p2c, left.p2c, right.p2c, width, height);
  }

  /** @param {Line} line */
  #yAxis({ axis }) {
    return this.#plot.getYAxes()[axis === "right" ? 1 : 0];
  }

  /**
   * Flot's drawSeries hook: Flot's own drawers, given the series in stretches.
   * @param {CanvasRenderingContext2D} context
   * @param {FlotSeries} series
   * @param {number} index
   * @param {Function} fill
   */
  #paintSeries(context, series, index, fill) {
    const line = /** @type {Line} */ (this.#lines[index]);
    const { width, height } = this.box;
    /** @type {Painter} */
    const paint = (drawer, points) => {
      series.datapoints.points = points;
      drawer(series, context, this.#plot.getPlotOffset(), width, height, null, fill);
    };
    if (line.band) this.#paintBand(context, line, line.band);
    if (line.style === "bars") this.#paintBars(series, line, paint);
    else if (line.style === "points") this.#paintPoints(line, paint);
    else this.#paintLine(context, series, line, index, paint);
  }

  /** @param {CanvasRenderingContext2D} context @param {Line} line @param {{low: Float64Array, high: Float64Array}} band */
  #paintBand(context, line, { low, high }) {
    const [x] = this.#plot.getXAxes();
    const { min, max } = x.options;
    const scene = { box: this.box, seen: /** @type {[number, number]} */ ([min, max]), xAt: x.p2c, yAt: this.#yAxis(line).p2c };
    paintBand(context, low, high, scene, withAlpha(line.color, BAND_ALPHA));
  }

  /** @param {FlotSeries} series @param {Line} line @param {Painter} paint */
  #paintBars(series, { points }, paint) {
    const { min, max } = this.#plot.getXAxes()[0].options;
    series.bars.barWidth[0] = barWidth(points, (max - min) / this.box.width);
    paint(drawers().drawSeriesBars, points);
  }

  /** @param {Line} line @param {Painter} paint */
  #paintPoints(line, paint) {
    const { points } = line;
    const cut = { ...this.#scales(line), joined: false, nulls: false };
    eachStretch(points, cut, (stretch) => paint(drawers().drawSeriesPoints, stretch));
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {FlotSeries} series
   * @param {Line} line
   * @param {number} index
   * @param {Painter} paint
   */
  #paintLine(context, series, line, index, paint) {
    series.lines.lineWidth = line.width ?? this.#bestWidth(series, index);
    context.lineCap = line.slot < DISTINCT ? "round" : "butt";
    const kept = eachStretch(line.points, this.#cutOf(line), (stretch) => paint(drawers().drawSeriesLines, stretch));
    this.#busy[index] = kept / this.box.width;
    if (this.#hasDots(line)) this.#paintPoints(line, paint);
    else this.#paintLonely(context, line);
  }

  /**
   * A line so busy that it fills an area looks the same when it is one device pixel wide, which is drawn six times
   * faster; one that has become busy must calm down clearly before it is drawn wider again.
   * @param {FlotSeries} series
   * @param {number} index
   */
  #bestWidth(series, index) {
    const busy = this.#busy[index] ?? 0;
    const thin = 1 / this.#plot.getSurface().pixelRatio;
    return busy > (series.lines.lineWidth === thin ? CALM : BUSY) ? thin : LINE_WIDTH;
  }

  /** Flot breaks a line at NaN, but an area or steps at null only. @param {Line} line @returns {import("./stretches.js").Cut} */
  #cutOf(line) {
    const { style } = line;
    const scales = style === "step" ? { xScale: 0, yScale: 0 } : this.#scales(line);
    return { ...scales, joined: true, nulls: style !== "line" };
  }

  /** Pixels per unit. @param {Line} line */
  #scales(line) {
    return { xScale: this.#plot.getXAxes()[0].scale, yScale: Math.abs(this.#yAxis(line).scale) };
  }

  /** Dots on a line, where they have room. @param {Line} line */
  #hasDots({ points, kind, dots }) {
    const { min, max } = this.#plot.getXAxes()[0].options;
    return kind === "points" && sparse(points, [min, max], this.box.width, dots ? 5 : 18);
  }

  /** A point between two gaps has no line to either side: a dot shows it. @param {CanvasRenderingContext2D} context @param {Line} line */
  #paintLonely(context, line) {
    const { points, color } = line;
    const [x] = this.#plot.getXAxes();
    const y = this.#yAxis(line);
    context.fillStyle = color;
    for (const at of lonelyIn(points)) paintDot(context, this.box, x.p2c(points[at] ?? NaN), y.p2c(points[at + 1] ?? NaN));
  }
}

/** @returns {{drawSeriesLines: Drawer, drawSeriesPoints: Drawer, drawSeriesBars: Drawer}} */
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
    lines: { show: false, steps: style === "step", fill: style === "area", fillColor: withAlpha(color, 0.16), fillTowards, dashes: dashesOf(slot) },
    points: { show: false, radius: 2, lineWidth: 0, fillColor: color, symbol: "circle" },
    bars: { show: false, barWidth: [1, true], align: "center", lineWidth: 0, fill: true, fillColor: withAlpha(color, 0.85), fillTowards },
  };
}

/** @param {FlotAxis} axis @param {[number, number]} range */
function setRange(axis, [min, max]) {
  axis.options.min = min;
  axis.options.max = max;
}

/**
 * Four fifths of what a point has to itself, and a pixel at least.
 * @param {Float64Array} points
 * @param {number} pixel in units of x
 */
function barWidth(points, pixel) {
  return Math.max(0.8 * Math.min(narrowestStep(points), 100 * pixel), pixel);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {number} x
 * @param {number} y
 */
function paintDot(context, box, x, y) {
  if (!(x >= 0 && x <= box.width && y >= 0 && y <= box.height)) return;
  context.beginPath();
  context.arc(box.left + x, box.top + y, 2.5, 0, 2 * Math.PI);
  context.fill();
}

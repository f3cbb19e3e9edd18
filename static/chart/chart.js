/**
 * The picture of one panel. Flot maps scaled values (view/scale.js) to pixels and draws the series,
 * straight from the typed arrays in which they came (its processRawData hook);
 * chart/series_painter.js chooses which pieces of them and how, axes/frame.js paints what is around
 * them.
 */
import { withAlpha } from "./colors.js";
import { drawers, makePlot } from "./flot.js";
import { ImagePainter } from "./image_painter.js";
import { Sidebar } from "./beside.js";
import { SeriesPainter } from "./series_painter.js";
import { CrowdPainter } from "../dense/crowd_painter.js";
import { Frame } from "../axes/frame.js";
import { guarded } from "../base/guard.js";
import { axisView } from "../view/scale.js";

/**
 * @typedef {import("../base/shapes.js").Box} Box
 * @typedef {import("./line.js").Line} Line
 * @typedef {import("./flot.js").FlotSeries} FlotSeries
 * @typedef {import("../image/columns.js").ImageColumns} Image
 * @typedef {import("./beside.js").Beside} Beside
 *
 * @typedef {object} Ranges of scaled values
 * @property {[number, number]} x
 * @property {[number, number]} left
 * @property {[number, number]} right
 */

/**
 * What an area or a bar fills towards: on a linear axis 0, on a logarithmic one the bottom,
 * wherever it is.
 */
const GROUND = { linear: 0, log: -Number.MAX_VALUE };

export class Chart {
  #plot;
  #frame;
  #painter = new SeriesPainter();
  #crowd = new CrowdPainter();
  /** @type {Line[]} */
  #lines = [];
  /** @type {Image | null} */
  #image = null;
  #imagePainter = new ImagePainter();
  #sidebar = new Sidebar();
  #pen = { font: "11px system-ui, sans-serif", text: "#666", ground: "#fff" };
  /** @type {import("../axes/look.js").Look | null} */
  #look = null;
  /** @type {Ranges} */
  #ranges = { x: [0, 1], left: [0, 1], right: [0, 1] };
  #drawn = "";
  #pens = "";
  /** @type {Beside | null} */
  #beside = null;

  /** @param {HTMLElement} element that the picture fills */
  constructor(element) {
    this.#plot = makePlot(element);
    const { hooks } = this.#plot;
    this.#frame = new Frame(/** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d")));
    hooks.processOffset.push((_plot, offset) => Object.assign(offset, this.#frame.margins));
    hooks.drawBackground.push(() => this.#paintFrame());
    hooks.drawSeries.push((_plot, context, series, index, fill) =>
      this.#paintSeries(context, series, index, fill),
    );
    hooks.draw.push((_plot, context) => this.#crowd.flush(context));
  }

  get canvas() {
    return this.#plot.getSurface().element;
  }

  /** Room above and below the plot area. */
  get around() {
    const { top, bottom } = this.#frame.margins;
    return top + bottom;
  }

  /** The plot area in CSS pixels, as last drawn or resized. @returns {Box} */
  get box() {
    const { width, height } = this.#plot.getSurface();
    return this.#frame.boxIn(width, height);
  }

  /** Where texts stand on it, in CSS pixels of the canvas. */
  get texts() {
    return this.#frame.texts;
  }

  /** How many device pixels the plot area is wide. */
  get deviceWidth() {
    return this.box.width * this.#plot.getSurface().pixelRatio;
  }

  /** @param {Partial<import("../axes/paint_axes.js").Paint>} paint */
  setPaint(paint) {
    Object.assign(this.#pen, paint);
    this.#frame.setPaint(paint);
  }

  /** @param {import("../axes/look.js").Look} look */
  setLook(look) {
    this.#look = look;
    this.#frame.setLook(look);
  }

  /** Take the element's size and the screen's density again. */
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

  /**
   * First of three steps, between which panels agree on their gutters.
   * @param {Ranges} ranges
   * @param {Beside | null} [beside] what stands beside it
   */
  layOutY({ left, right }, beside = null) {
    const { width, height } = this.#plot.getSurface();
    const need = this.#frame.layOutY(left, right, width, height);
    return { ...need, right: need.right + this.#roomFor(beside) };
  }

  /** @param {Beside | null} beside */
  #roomFor(beside) {
    return beside ? this.#sidebar.room(this.#frame.context, beside, this.box.height, this.#pen) : 0;
  }

  /** @param {Ranges} ranges @param {import("../axes/look.js").Gutters} gutters */
  layOutX({ x }, gutters) {
    const { width, height } = this.#plot.getSurface();
    this.#frame.layOutX(x, gutters, width, height);
  }

  /**
   * @param {Line[]} lines
   * @param {Ranges} ranges
   * @param {boolean} logY
   * @param {Image | null} [image] below them
   * @param {Beside | null} [beside] what stands beside it
   */
  draw(lines, ranges, logY, image = null, beside = null) {
    const { x, left, right } = ranges;
    this.#ranges = ranges;
    this.#image = image;
    this.#beside = beside;
    this.#lines = lines;
    this.#setLines(lines, logY);
    const [first, second] = this.#plot.getYAxes();
    setRange(this.#plot.getXAxes()[0], x);
    setRange(first, left);
    setRange(second, right);
    this.#plot.setupGrid(false);
    this.#lookAtCrowd(lines);
    this.#plot.draw();
  }

  /** @param {Line[]} lines */
  #lookAtCrowd(lines) {
    const { width, height } = this.box;
    const { x, left, right } = this.#ranges;
    const [{ scale: xScale }] = this.#plot.getXAxes();
    const [first, second] = this.#plot.getYAxes();
    const atLeft = { xScale, yScale: Math.abs(first.scale), x, y: left };
    const atRight = { xScale, yScale: Math.abs(second.scale), x, y: right };
    const seen = (/** @type {Line} */ { axis }) => (axis === "right" ? atRight : atLeft);
    this.#crowd.look(lines, seen, width * height, this.#plot.getSurface().pixelRatio);
  }

  /**
   * Flot copies and checks the options of every series in setData: done only when they have
   * changed.
   * @param {Line[]} lines
   * @param {boolean} logY
   */
  #setLines(lines, logY) {
    const wanted =
      lines.map(({ name, dashes, style, axis }) => name + dashes + style + axis).join() + logY;
    const colors = lines.map(({ color }) => color).join();
    if (wanted === this.#drawn && colors === this.#pens) return;
    // The same lines on another ground have the pens that they had.
    if (wanted !== this.#drawn) this.#painter.forget();
    this.#drawn = wanted;
    this.#pens = colors;
    this.#plot.setData(lines.map((one) => seriesOptions(one, logY ? GROUND.log : GROUND.linear)));
  }

  #paintFrame() {
    const { width, height } = this.#plot.getSurface();
    const [left, right] = this.#plot.getYAxes();
    if (this.#image) this.#paintImage(this.#image);
    this.#frame.paint(this.#plot.getXAxes()[0].p2c, left.p2c, right.p2c, width, height);
    guarded("the scale beside it", () => this.#paintBeside(width));
  }

  /** @param {number} width of the canvas */
  #paintBeside(width) {
    if (this.#beside)
      this.#sidebar.paint(this.#frame.context, this.#beside, this.box, width, this.#pen);
  }

  /** @param {Image} image */
  #paintImage(image) {
    if (!this.#look?.left) return;
    const { context } = this.#frame;
    const { box } = this;
    const { x, left } = this.#ranges;
    const [low, high] = left;
    this.#imagePainter.paint(
      {
        context,
        box,
        ratio: this.#plot.getSurface().pixelRatio,
        x: axisView(this.#look.x.scale, x, box.width),
        y: axisView(this.#look.left.scale, [high, low], box.height),
      },
      image,
    );
  }

  /**
   * Flot's drawSeries hook.
   * @param {CanvasRenderingContext2D} context
   * @param {FlotSeries} series
   * @param {number} index
   * @param {import("./flot.js").Fill} fill
   */
  #paintSeries(context, series, index, fill) {
    const line = /** @type {Line} */ (this.#lines[index]);
    const { box } = this;
    const [x] = this.#plot.getXAxes();
    const y = this.#plot.getYAxes()[line.axis === "right" ? 1 : 0];
    /** @type {import("./series_painter.js").Canvas["paint"]} */
    const paint = (drawer, points) => {
      series.datapoints.points = points;
      // A name that were put together here would be a new string at every call, for which V8
      // compiles this again.
      drawers[drawer](
        series,
        context,
        this.#plot.getPlotOffset(),
        box.width,
        box.height,
        null,
        fill,
      );
    };
    const { pixelRatio: ratio } = this.#plot.getSurface();
    const halo = this.#image && this.#pen.ground;
    this.#painter.paint(
      { context, box, ratio, crowd: this.#crowd, x, y, paint, halo },
      series,
      index,
      line,
    );
  }
}

/**
 * Nothing is shown by Flot itself: the drawSeries hook does it.
 * @param {Line} line
 * @param {number} fillTowards
 */
function seriesOptions({ points: data, color, dashes, style, axis }, fillTowards) {
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
      dashes,
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

/** @param {import("./flot.js").FlotAxis} axis @param {[number, number]} range */
function setRange(axis, [min, max]) {
  axis.options.min = min;
  axis.options.max = max;
}

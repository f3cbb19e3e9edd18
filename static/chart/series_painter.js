/**
 * How one series is painted: by Flot's own drawers, given the series in stretches; and what Flot
 * does not paint: a band, dots where a line has room for them, points between two gaps.
 */
import { paintBand } from "./band.js";
import { candlesIn, paintCandles } from "./candles.js";
import { withAlpha } from "./colors.js";
import { paintHead } from "./head.js";
import { lonelyIn, narrowestStep, sparse } from "./gaps.js";
import { paintColumns } from "../dense/columns.js";
import { eachStretch, movesOf } from "../dense/decimate.js";
import { paintCells, paintDots } from "../scatter/dots.js";
import { HALO, HALO_ALPHA } from "../image/halo.js";

/**
 * @typedef {import("./line.js").Line} Line
 * @typedef {import("./flot.js").FlotAxis} FlotAxis
 * @typedef {import("./flot.js").FlotSeries} FlotSeries
 *
 * @typedef {object} Canvas where it is painted
 * @property {CanvasRenderingContext2D} context
 * @property {import("../base/shapes.js").Box} box
 * @property {number} ratio device pixels per pixel
 * @property {import("../dense/crowd_painter.js").CrowdPainter} crowd where there are so many lines
 *   that each is as thin as it can be
 * @property {FlotAxis} x
 * @property {FlotAxis} y of the series
 * @property {string | null} [halo] around what lies over an image; null: there is none
 * @property {(drawer: keyof import("./flot.js").Drawers, points: ArrayLike<number | null>) => void}
 *   paint by one of Flot's three
 */

const LINE_WIDTH = 1.5;
/** How much finer than others a curve is drawn whose x swings. */
const FINE = 4;
const BUSY = 1.6;
const CALM = 1.3;
const BAND_ALPHA = 0.2;
const DOT = 2.5;
/** Pixels that a dot needs to itself: one that was asked for, and one that was not. */
const ROOM = { asked: 5, unasked: 18 };

export class SeriesPainter {
  /** Whether each line was so busy that it was thin. @type {boolean[]} */
  #isThin = [];

  /** Other lines are to come. */
  forget() {
    this.#isThin = [];
  }

  /** @param {Canvas} canvas @param {FlotSeries} series @param {number} index @param {Line} line */
  paint(canvas, series, index, line) {
    const { context, crowd } = canvas;
    if (line.style === "line" && crowd.has(line)) return paintInCrowd(canvas, line);
    crowd.flush(context);
    context.globalAlpha = line.opacity;
    if (line.band) paintBandOf(canvas, line.color, line.band);
    if (canvas.halo) this.#paintHalo(canvas, series, index, line);
    if (line.dotted) paintScatter(canvas, line, line.dotted);
    else if (line.style === "bars") paintBars(canvas, series, line);
    else if (line.kind === "candles") paintWhole(canvas, line);
    else if (line.style === "points") paintPoints(canvas, line);
    else this.#paintLine(canvas, series, index, line);
    context.globalAlpha = 1;
  }

  /**
   * The same line, wider and in the ground's colour, without what is filled.
   * @param {Canvas} canvas
   * @param {FlotSeries} series
   * @param {number} index
   * @param {Line} line
   */
  #paintHalo(canvas, series, index, line) {
    if (line.style === "bars" || line.kind === "candles" || line.dotted) return;
    const { color, lines, points } = series;
    const before = { color, lines, points };
    const halo = canvas.halo ?? color;
    const width = 2 * HALO + (line.width ?? this.#bestWidth(canvas, index, line));
    series.color = halo;
    series.lines = { ...lines, fill: false, dashes: [] };
    series.points = { ...points, fillColor: halo, radius: points.radius + HALO };
    canvas.context.globalAlpha = HALO_ALPHA * line.opacity;
    if (line.style === "points") paintPoints(canvas, line);
    else this.#paintLine(canvas, series, index, { ...line, color: halo, width, head: null });
    canvas.context.globalAlpha = line.opacity;
    Object.assign(series, before);
  }

  /** @param {Canvas} canvas @param {FlotSeries} series @param {number} index @param {Line} line */
  #paintLine(canvas, series, index, line) {
    const { context, paint } = canvas;
    series.lines.lineWidth = line.width ?? this.#bestWidth(canvas, index, line);
    // Round ends that meet would be seen where something shines through.
    const isPlain = line.dashes.length === 0 && line.opacity === 1;
    context.lineCap = isPlain ? "round" : "butt";
    if (mayFill(line) && this.#isThin[index]) paintColumns(canvas, line);
    else
      eachStretch(line.points, cutOf(canvas, line), (stretch) => paint("drawSeriesLines", stretch));
    paintOn(canvas, line);
  }

  /**
   * A line so busy that it fills an area is one device pixel wide; one that has become busy must
   * become clearly less so before it is drawn wider again.
   * @param {Canvas} canvas
   * @param {number} index
   * @param {Line} line
   */
  #bestWidth(canvas, index, line) {
    const thin = thinOf(canvas);
    if (canvas.crowd.has(line)) return thin;
    const busy = (this.#isThin[index] ? CALM : BUSY) * canvas.box.width;
    const isThin = movesOf(line.points, cutOf(canvas, line), busy) >= busy;
    this.#isThin[index] = isThin;
    return isThin ? thin : LINE_WIDTH;
  }
}

/** One device pixel. @param {Canvas} canvas */
function thinOf({ ratio }) {
  return 1 / ratio;
}

/**
 * Whether a line may be painted as what it fills: a curve that turns back has a shape within a
 * column too.
 * @param {Line} line
 */
function mayFill({ width, style, kind, dashes }) {
  return width === null && style === "line" && kind !== "xy" && dashes.length === 0;
}

/** @param {Canvas} canvas @param {Line} line */
function paintInCrowd(canvas, line) {
  canvas.crowd.paint(canvas, line, cutOf(canvas, line), () => {
    canvas.context.globalAlpha = line.opacity;
    paintOn(canvas, line);
    canvas.context.globalAlpha = 1;
  });
}

/**
 * @param {Canvas} canvas
 * @param {string} color
 * @param {{low: Float64Array, high: Float64Array}} band
 */
function paintBandOf({ context, box, x, y }, color, { low, high }) {
  const { min, max } = x.options;
  paintBand(
    context,
    low,
    high,
    { box, seen: [min, max], xAt: x.p2c, yAt: y.p2c },
    withAlpha(color, BAND_ALPHA),
  );
}

/** @param {Canvas} canvas @param {FlotSeries} series @param {Line} line */
function paintBars({ box, x, paint }, series, { points }) {
  const { min, max } = x.options;
  series.bars.barWidth[0] = barWidth(points, (max - min) / box.width);
  paint("drawSeriesBars", points);
}

/** @param {Canvas} canvas @param {Line} line */
function paintWhole({ context, box, x, y }, { points, color }) {
  paintCandles(context, box, candlesIn(points, x.p2c, y.p2c), color);
}

/**
 * @param {Canvas} canvas
 * @param {Line} line
 * @param {import("../scatter/marks.js").Dots} dots
 */
function paintScatter({ context, box, x, y }, { points, color }, dots) {
  const place = { context, box, xAt: x.p2c, yAt: y.p2c };
  if (dots.cell) paintCells(place, points, dots);
  else paintDots(place, points, dots, color);
}

/**
 * Four fifths of what a point has to itself, and a pixel at least; one that stands alone has 100
 * pixels.
 * @param {Float64Array} points
 * @param {number} pixel in units of x
 */
function barWidth(points, pixel) {
  const step = narrowestStep(points);
  return Math.max(0.8 * (step < Infinity ? step : 100 * pixel), pixel);
}

/** @param {Canvas} canvas @param {Line} line */
function paintPoints(canvas, { points }) {
  const cut = { ...scalesOf(canvas), joined: false, nulls: false };
  eachStretch(points, cut, (stretch) => canvas.paint("drawSeriesPoints", stretch));
}

/**
 * Flot breaks a line at NaN, but an area or steps at null only.
 * @param {Canvas} canvas
 * @param {Line} line
 * @returns {import("../dense/decimate.js").Cut}
 */
function cutOf(canvas, { style, kind }) {
  const scales = scalesOf(canvas);
  // A curve that turns back has a shape within a pixel column too.
  const fineness = kind === "xy" ? FINE : 1;
  return {
    ...scales,
    xScale: style === "step" ? 0 : fineness * scales.xScale,
    joined: true,
    nulls: style !== "line",
    steps: style === "step",
  };
}

/** Pixels per unit. @param {Canvas} canvas */
function scalesOf({ x, y }) {
  return { xScale: x.scale, yScale: Math.abs(y.scale) };
}

/** What stands on a line: its points, and where a curve is. @param {Canvas} canvas @param {Line} line */
function paintOn(canvas, line) {
  if (hasDots(canvas, line)) paintPoints(canvas, line);
  else paintLonely(canvas, line);
  if (line.head !== null) paintHeadOf(canvas, line, line.head);
}

/** Dots on a line, where they have room. @param {Canvas} canvas @param {Line} line */
function hasDots({ x, box, crowd }, line) {
  const { points, kind, dots } = line;
  const { min, max } = x.options;
  if (!dots && crowd.has(line)) return false;
  return (
    kind === "points" && sparse(points, [min, max], box.width, dots ? ROOM.asked : ROOM.unasked)
  );
}

/**
 * A point between two gaps has no line to either side: a dot shows it.
 * @param {Canvas} canvas
 * @param {Line} line
 */
function paintLonely({ context, box, x, y }, { points, color }) {
  context.fillStyle = color;
  for (const at of lonelyIn(points))
    paintDot(context, box, x.p2c(points[at] ?? NaN), y.p2c(points[at + 1] ?? NaN));
}

/** @param {Canvas} canvas @param {Line} line @param {string} name */
function paintHeadOf({ context, box, x, y }, { points, color }, name) {
  const [at, level] = points.subarray(-2);
  const before = points.at(-4) ?? NaN;
  const spot = { x: x.p2c(at ?? NaN), y: y.p2c(level ?? NaN) };
  paintHead(context, box, spot, x.p2c(before), color, name);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("../base/shapes.js").Box} box
 * @param {number} x
 * @param {number} y
 */
function paintDot(context, box, x, y) {
  if (!(x >= 0 && x <= box.width && y >= 0 && y <= box.height)) return;
  context.beginPath();
  context.arc(box.left + x, box.top + y, DOT, 0, 2 * Math.PI);
  context.fill();
}

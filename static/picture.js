/**
 * What is on the screen: which stretch of x and y, drawn how, and when it must be drawn again. It draws what the model
 * holds at that moment, scaled to what the user looks at, so that a gesture shows at once and refines when the relay
 * has answered.
 */
import { Chart } from "./chart.js";
import { colorOf } from "./colors.js";
import { narrowestStep } from "./gaps.js";
import { Glide } from "./glide.js";
import { labelWithUnit, seriesLook } from "./options.js";
import { calm, paintOf } from "./theme.js";
import { axisView, LINEAR } from "./scale.js";
import { isLive, visibleRange } from "./view.js";
import { widenToData, YRange } from "./yrange.js";

/** @typedef {import("./scale.js").AxisView} AxisView */

/**
 * One plot of the stack, as it is on the screen; without the option `panels` there is one.
 * @typedef {object} PanelView
 * @property {import("./axes.js").Box} box its plot area, in CSS pixels from the top left corner of #plot
 * @property {AxisView} x the same in all panels
 * @property {AxisView} left
 * @property {AxisView | null} right null: no series that is seen here belongs to it
 * @property {{name: string, color: string, axis: AxisView}[]} series that are seen here, in order; bands' ends are not among them
 */

const JUST_TOUCHED = 0.6;
const SUBPIXEL = 0.2;

export class Picture {
  /** Something is not drawn yet. */
  stale = true;
  frames = 0;
  /** @type {[number, number]} the x-range that is on the screen */
  x = [0, 1];
  /** @type {[number, number]} */
  y = [0, 1];
  #chart;
  #glide = new Glide();
  #yRange = new YRange();
  /** @type {import("./colors.js").Ground} */
  #ground = "light";
  /** Reused by every frame. */
  #extent = { low: 0, high: 0 };
  /** Until when y fits what is seen without waiting. */
  #fitsUntil = -Infinity;

  /**
   * @param {HTMLElement} element
   * @param {import("./session.js").Session} session
   * @param {(name: string) => boolean} isHidden is a series?
   */
  constructor(element, session, isHidden) {
    this.#chart = new Chart(element);
    this.element = element;
    this.session = session;
    this.isHidden = isHidden;
  }

  get box() {
    return this.#chart.box;
  }

  /** What is where: to read values off the screen. @returns {PanelView[]} */
  panels() {
    const { box } = this;
    const left = axisView(LINEAR, [this.y[1], this.y[0]], box.height, { unit: this.yUnit, suffix: this.session.options.y_unit ?? "" });
    const series = [];
    for (const [order, { name }] of this.session.model.series.entries()) {
      if (!this.isHidden(name)) series.push({ name, color: this.colorOf(name, order), axis: left });
    }
    return [{ box, x: axisView(LINEAR, this.x, box.width), left, right: null, series }];
  }

  get deviceWidth() {
    return this.#chart.deviceWidth;
  }

  get yUnit() {
    return this.#chart.yUnit;
  }

  resize() {
    this.#chart.resize();
    this.stale = true;
  }

  /** @param {import("./colors.js").Ground} ground */
  setGround(ground) {
    this.#ground = ground;
    this.#chart.setPaint(paintOf(this.element));
    this.stale = true;
  }

  /** Something else is looked at: fit y to it at once. @param {number} now */
  refit(now) {
    this.#fitsUntil = now + JUST_TOUCHED;
  }

  /** The plot's options, or its marks, are new. */
  setLook() {
    const { options, marks } = this.session;
    const { time, lines, regions } = options;
    const [xLabel, yLabel] = [labelWithUnit(options.x_label, options.x_unit), labelWithUnit(options.y_label, options.y_unit)];
    this.#chart.setLook({ time, xLabel, yLabel, notes: { lines, regions, marks } });
    this.stale = true;
  }

  /**
   * Draw, if there is anything new to see.
   * @param {import("./view.js").View} view
   * @param {number} now in seconds
   * @returns {boolean} the picture moves on by itself
   */
  draw(view, now) {
    const x = this.#rangeOf(view, now);
    if (this.stale || this.#hasMoved(x)) this.#drawAt(x, view, now);
    return this.stale || (view.mode === "follow" && isLive(view) && !calm() && this.#glide.isMoving(now));
  }

  /** @param {import("./view.js").View} view @param {number} now @returns {[number, number]} */
  #rangeOf(view, now) {
    const { xMin, xMax } = this.session.model;
    const glides = view.mode === "follow" && !calm();
    const x = visibleRange(view, xMin, glides ? this.#glide.edge(xMax, now) : xMax);
    return isLive(view) ? this.#roomForBars(x) : x;
  }

  /** The outermost bars are wider than their points. @param {[number, number]} x @returns {[number, number]} */
  #roomForBars([from, to]) {
    const bars = this.#lines().filter((one) => one.style === "bars");
    if (bars.length === 0) return [from, to];
    const step = Math.min(...bars.map((one) => narrowestStep(one.points)));
    const half = Math.min(step, (to - from) / 8) / 2;
    return [from - half, to + half];
  }

  /** @param {[number, number]} x */
  #hasMoved(x) {
    const perPixel = (x[1] - x[0]) / this.#chart.deviceWidth;
    return Math.abs(x[1] - this.x[1]) > SUBPIXEL * perPixel;
  }

  /** @param {[number, number]} x @param {import("./view.js").View} view @param {number} now */
  #drawAt(x, view, now) {
    const lines = this.#lines();
    this.x = x;
    this.stale = this.#fitY(lines, view, now);
    this.#chart.draw(lines, x, this.y);
    this.frames += 1;
  }

  /** What is to be drawn, in order. @returns {import("./chart.js").Line[]} */
  #lines() {
    const lines = [];
    for (const [order, { name, kind, vertices }] of this.session.model.series.entries()) {
      if (this.isHidden(name)) continue;
      const { style, points: dots, width } = seriesLook(this.session.options, name);
      lines.push({ order, color: this.colorOf(name, order), kind, points: vertices.view(), style, dots, width });
    }
    return lines;
  }

  /** @param {string} name @param {number} order of the series */
  colorOf(name, order) {
    return seriesLook(this.session.options, name).color ?? colorOf(order, this.#ground);
  }

  /**
   * @param {import("./chart.js").Line[]} lines
   * @param {import("./view.js").View} view
   * @param {number} now
   * @returns {boolean} the range is still moving
   */
  #fitY(lines, view, now) {
    const { y_range: wanted } = this.session.options;
    const fixed = view.y["0:left"];
    if (fixed) return (this.y = fixed), false;
    if (Array.isArray(wanted)) return (this.y = wanted), false;
    const grounded = lines.some(({ style, points }) => (style === "bars" || style === "area") && points.length > 0);
    const extent = this.#extent;
    extent.low = grounded ? 0 : Infinity;
    extent.high = grounded ? 0 : -Infinity;
    for (const line of lines) widenToData(line.points, this.x[0], this.x[1], extent);
    const touched = now < Math.max(this.#fitsUntil, view.touched + JUST_TOUCHED);
    const patience = wanted === "grow" ? "endless" : touched ? "none" : "some";
    const moving = this.#yRange.update(extent.low, extent.high, now, patience);
    this.y = [this.#yRange.low, this.#yRange.high];
    return moving;
  }
}

/**
 * What stands around the series and how much room it takes: ticks, labels, margins. The plot area moves as little as
 * possible: room for labels is taken at once and given back late.
 */
import { paintAxes } from "./axes.js";
import { paintBehind, paintNotes } from "./notes.js";
import { labelledTicks, linearTicks, TickCache } from "./scales.js";
import { timeTicks } from "./times.js";

/** @typedef {import("./axes.js").Box} Box */
/** @typedef {import("./scales.js").Ticks} Ticks */

/**
 * @typedef {object} Look
 * @property {boolean} time
 * @property {string} xLabel
 * @property {string} yLabel
 * @property {import("./notes.js").Notes} notes
 */

const TOP = 10;
const TOP_WITH_LABEL = 22;
const RIGHT = 16;
const BOTTOM = 22;
const SECOND_LINE = 14;
const GUTTER_STEP = 8;
const NARROWEST_GUTTER = 40;
const MOST_WIDTHS = 500;

export class Frame {
  /** @type {Look} */
  #look = { time: false, xLabel: "", yLabel: "", notes: { lines: [], regions: [], marks: [] } };
  /** @type {import("./axes.js").Paint} */
  #paint = { grid: "#ddd", axis: "#999", text: "#666", note: "#b80", shade: "#eee", font: "11px system-ui, sans-serif" };
  #gutter = NARROWEST_GUTTER;
  #secondLine = false;
  /** @type {Map<string, number>} */
  #widths = new Map();
  #xTicks = new TickCache((min, max, pixels) => this.#makeXTicks(min, max, pixels));
  #yTicks = new TickCache((min, max, pixels) => linearTicks(min, max, pixels, ySpacing(pixels)));
  /** @type {Ticks} */
  #x = { list: [], context: "", unit: null };
  /** @type {Ticks} */
  #y = { list: [], context: "", unit: null };

  /** @param {CanvasRenderingContext2D} context to measure and to paint with */
  constructor(context) {
    this.context = context;
  }

  /** The unit of the y labels, for values that are read beside them. */
  get yUnit() {
    return this.#y.unit;
  }

  get margins() {
    return {
      left: this.#gutter,
      right: RIGHT,
      top: this.#look.yLabel ? TOP_WITH_LABEL : TOP,
      bottom: BOTTOM + (this.#secondLine ? SECOND_LINE : 0),
    };
  }

  /** @param {number} width @param {number} height of the canvas @returns {Box} */
  boxIn(width, height) {
    const { left, top, right, bottom } = this.margins;
    return { left, top, width: Math.max(1, width - left - right), height: Math.max(1, height - top - bottom) };
  }

  /** @param {Partial<import("./axes.js").Paint>} paint */
  setPaint(paint) {
    this.#paint = { ...this.#paint, ...paint };
    this.#widths.clear();
    this.#forgetTicks();
  }

  /** @param {Look} look */
  setLook(look) {
    this.#look = look;
    this.#forgetTicks();
  }

  #forgetTicks() {
    this.#xTicks.forget();
    this.#yTicks.forget();
  }

  /**
   * @param {[number, number]} x
   * @param {[number, number]} y
   * @param {number} width of the canvas
   * @param {number} height
   */
  layOut(x, y, width, height) {
    this.#y = this.#yTicks.get(y[0], y[1], this.boxIn(width, height).height);
    this.#fitGutter();
    this.#x = this.#xTicks.get(x[0], x[1], this.boxIn(width, height).width);
    this.#secondLine = this.#x.context !== "" || this.#look.xLabel !== "";
  }

  #fitGutter() {
    let widest = 0;
    for (const tick of this.#y.list) widest = Math.max(widest, this.#measure(tick.label));
    const need = Math.max(NARROWEST_GUTTER, Math.ceil((widest + 14) / GUTTER_STEP) * GUTTER_STEP);
    if (need > this.#gutter || need < this.#gutter - 2 * GUTTER_STEP) this.#gutter = need;
  }

  /**
   * @param {number} min
   * @param {number} max
   * @param {number} pixels
   */
  #makeXTicks(min, max, pixels) {
    const measure = (/** @type {string} */ text) => this.#measure(text);
    if (this.#look.time) return timeTicks(min, max, pixels, measure, Date.now() / 1000);
    return labelledTicks(min, max, pixels, measure);
  }

  /** Digits are as wide as one another, so labels that differ only in digits are measured once. @param {string} text */
  #measure(text) {
    const shape = text.replace(/\d/g, "0");
    const known = this.#widths.get(shape);
    if (known !== undefined) return known;
    this.context.font = this.#paint.font;
    const { width } = this.context.measureText(shape);
    if (this.#widths.size > MOST_WIDTHS) this.#widths.clear();
    this.#widths.set(shape, width);
    return width;
  }

  /**
   * @param {(value: number) => number} xAt CSS pixels from the left of the plot area
   * @param {(value: number) => number} yAt from its top
   * @param {number} width of the canvas
   * @param {number} height
   */
  paint(xAt, yAt, width, height) {
    const { xLabel, yLabel, notes } = this.#look;
    const box = this.boxIn(width, height);
    paintBehind(this.context, { box, xAt, yAt, notes }, this.#paint);
    paintAxes(this.context, { box, x: this.#x, y: this.#y, xAt, yAt, xLabel, yLabel, width, height }, this.#paint);
    paintNotes(this.context, { box, xAt, yAt, notes }, this.#paint);
  }
}

/** Pixels between the labels of y: more where there is room. @param {number} height */
function ySpacing(height) {
  return Math.max(22, Math.min(50, height / 7));
}

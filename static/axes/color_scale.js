/**
 * The scale of an image's colours, at the right of its panel: which value has which colour, with
 * ticks, their unit, and what the values are.
 */
import { COLORS, cssOf, shareOf } from "../image/colormap.js";
import { formatSaid } from "../base/numbers.js";
import { logTicks } from "./log_ticks.js";
import { linearTicks } from "./ticks.js";

/**
 * @typedef {object} ColorLook
 * @property {[number, number]} z values of the first and of the last colour; of one value only, it
 *   twice
 * @property {boolean} log those between are evenly spaced in their logarithms
 * @property {string} label what they are; empty: nothing is said
 * @property {string} unit
 *
 * @typedef {Pick<import("./paint_axes.js").Paint, "font" | "text">} Pen
 */

const GAP = 10;
const WIDTH = 12;
const BESIDE = 6;
const LABEL = 16;
/** Room for labels changes by so many pixels. */
const STEP = 8;
const SPACING = 40;
/** Of that, between the labels of decades. */
const LOG_SPACING = 0.6;
/** Digits of a single value. */
const DIGITS = 6;

export class ColorScale {
  /** Room for its labels: it is given back late. */
  #labels = 0;

  /**
   * Pixels that it needs at the right of the plot area, and of all else that is there.
   * @param {CanvasRenderingContext2D} context
   * @param {ColorLook} look
   * @param {number} height of the plot area
   * @param {Pen} pen
   */
  room(context, look, height, pen) {
    context.font = pen.font;
    const widths = colorTicks(look, height).map(({ label }) => context.measureText(label).width);
    const need = Math.ceil(Math.max(0, ...widths) / STEP) * STEP;
    if (need > this.#labels || need < this.#labels - 2 * STEP) this.#labels = need;
    return GAP + WIDTH + BESIDE + this.#labels + (look.label ? LABEL : BESIDE);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {ColorLook} look
   * @param {import("../base/shapes.js").Box} box the plot area
   * @param {number} right edge of all
   * @param {Pen} pen
   */
  paint(context, look, box, right, pen) {
    const left = right - this.room(context, look, box.height, pen) + GAP;
    context.save();
    const [low, high] = look.z;
    paintColors(context, { ...box, left, width: WIDTH }, low === high);
    context.font = pen.font;
    context.fillStyle = pen.text;
    context.textAlign = "left";
    context.textBaseline = "middle";
    for (const { part, label } of colorTicks(look, box.height))
      context.fillText(label, left + WIDTH + BESIDE, box.top + (1 - part) * box.height);
    if (look.label) paintLabel(context, look.label, box, right);
    context.restore();
  }
}

/**
 * What is said beside the colours: at which part of the height, from the bottom. A single value is
 * said as it is.
 * @param {Pick<ColorLook, "z" | "log" | "unit">} look
 * @param {number} height
 */
export function colorTicks({ z, log, unit }, height) {
  if (z[0] === z[1])
    return [{ part: 0.5, label: formatSaid(Number(z[0].toPrecision(DIGITS)), unit) }];
  const spacing = Math.min(SPACING, height / 3);
  const [low, high] = /** @type {[number, number]} */ (log ? z.map(Math.log10) : z);
  const { list } = log
    ? logTicks(low, high, height, () => LOG_SPACING * spacing, unit)
    : linearTicks(low, high, height, spacing, unit);
  return list.map(({ value, label }) => ({ part: shareOf(value, low, high), label }));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("../base/shapes.js").Box} box
 * @param {boolean} isSingle there is one value only: its colour
 */
function paintColors(context, { left, top, width, height }, isSingle) {
  const rows = isSingle ? 1 : Math.max(1, Math.min(COLORS, Math.round(height)));
  for (let row = 0; row < rows; row++) {
    const part = rows > 1 ? 1 - row / (rows - 1) : 0.5;
    context.fillStyle = cssOf(1 + Math.round(part * (COLORS - 1)));
    // To the bottom: else there would be a hair of paper between two.
    const from = top + (row / rows) * height;
    context.fillRect(left, from, width, top + height - from);
  }
}

/**
 * Upwards, as it is read beside an axis.
 * @param {CanvasRenderingContext2D} context
 * @param {string} label
 * @param {import("../base/shapes.js").Box} box
 * @param {number} right
 */
function paintLabel(context, label, { top, height }, right) {
  context.translate(right - LABEL / 2, top + height / 2);
  context.rotate(-Math.PI / 2);
  context.textAlign = "center";
  context.fillText(label, 0, 0, height);
}

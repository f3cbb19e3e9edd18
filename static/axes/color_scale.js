/**
 * The scale of an image's colours, at the right of its panel: which value has which colour, with
 * ticks, their unit, and what the values are.
 */
import { COLORS, colorAt } from "../image/colormap.js";
import { logTicks } from "./log_ticks.js";
import { linearTicks } from "./ticks.js";

/**
 * @typedef {object} ColorLook
 * @property {[number, number]} z values of the first and of the last colour
 * @property {string} label what they are; empty: nothing is said
 * @property {string} unit
 * @property {boolean} [log] z are logarithms, of base 10
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
const LOG_SPACING = 20;

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
    const widths = ticksOf(look, height).map(({ label }) => context.measureText(label).width);
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
    paintColors(context, { ...box, left, width: WIDTH });
    context.font = pen.font;
    context.fillStyle = pen.text;
    context.textAlign = "left";
    context.textBaseline = "middle";
    for (const { value, label } of ticksOf(look, box.height))
      context.fillText(label, left + WIDTH + BESIDE, box.top + pixelOf(look, value, box.height));
    if (look.label) paintLabel(context, look.label, box, right);
    context.restore();
  }
}

/** @param {ColorLook} look @param {number} height */
function ticksOf({ z: [low, high], unit, log = false }, height) {
  if (log) return logTicks(low, high, height, () => LOG_SPACING, unit).list;
  return linearTicks(low, high, height, Math.min(SPACING, height / 3), unit).list;
}

/** @param {ColorLook} look @param {number} value @param {number} height */
function pixelOf({ z: [low, high] }, value, height) {
  return (1 - (value - low) / (high - low)) * height;
}

/** @param {CanvasRenderingContext2D} context @param {import("../base/shapes.js").Box} box */
function paintColors(context, { left, top, width, height }) {
  const rows = Math.max(1, Math.min(COLORS, Math.round(height)));
  for (let row = 0; row < rows; row++) {
    const part = rows > 1 ? 1 - row / (rows - 1) : 1;
    context.fillStyle = `rgb(${colorAt(part).join()})`;
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

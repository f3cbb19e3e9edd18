/**
 * What stands beside a panel: the scale of its colours, and below that a few dots with the sizes
 * that they mean. The rules are those of zwsnb/snapshot/beside.py.
 */
import { ColorScale } from "../axes/color_scale.js";
import { niceStep } from "../axes/round_steps.js";
import { formatSaid } from "../base/numbers.js";
import { radiusOf } from "../scatter/marks.js";

/**
 * @typedef {object} Beside
 * @property {import("../axes/color_scale.js").ColorLook | null} colors
 * @property {[number, number] | null} sizes the least and the largest of its dots
 *
 * @typedef {object} SizeRow a dot of a size
 * @property {number} middle pixels from the top of all
 * @property {number} radius
 * @property {string} label what it means
 *
 * @typedef {import("../axes/color_scale.js").Pen} Pen
 */

/** Dots that are shown, and how much smaller the next one is, at least. */
const MOST = 3;
const SMALLER = 4;
/** Pixels: a row, between two, above the first one, and what is left of the scale of colours. */
const LOWEST = 14;
const BETWEEN = 4;
const BELOW_COLORS = 12;
const LEAST_COLORS = 60;

const GAP = 10;
const WIDTH = 24;
const BESIDE = 6;
/** Room for labels changes by so many pixels. */
const STEP = 8;

export class Sidebar {
  #scale = new ColorScale();
  /** Room for the labels of sizes: it is given back late. */
  #labels = 0;

  /**
   * Pixels that it needs at the right of the plot area, and of all else that is there.
   * @param {CanvasRenderingContext2D} context
   * @param {Beside} beside
   * @param {number} height of the plot area
   * @param {Pen} pen
   */
  room(context, beside, height, pen) {
    const { rows, left } = shared(beside, height);
    return Math.max(
      this.#roomOfColors(context, beside, left, pen),
      this.#roomOf(context, rows, pen),
    );
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Beside} beside
   * @param {import("../base/shapes.js").Box} box the plot area
   * @param {number} right edge of all
   * @param {Pen} pen
   */
  paint(context, beside, box, right, pen) {
    const { rows, left } = shared(beside, box.height);
    const edge = right - this.room(context, beside, box.height, pen);
    if (beside.colors) {
      const end = edge + this.#roomOfColors(context, beside, left, pen);
      this.#scale.paint(context, beside.colors, { ...box, height: left }, end, pen);
    }
    const top = beside.colors ? box.top + box.height - heightOf(rows) : box.top;
    paintRows(context, rows, edge + GAP, top, pen);
  }

  /** @param {CanvasRenderingContext2D} context @param {Beside} beside @param {number} height @param {Pen} pen */
  #roomOfColors(context, { colors }, height, pen) {
    return colors ? this.#scale.room(context, colors, height, pen) : 0;
  }

  /** @param {CanvasRenderingContext2D} context @param {SizeRow[]} rows @param {Pen} pen */
  #roomOf(context, rows, { font }) {
    if (rows.length === 0) return 0;
    context.font = font;
    const widths = rows.map(({ label }) => context.measureText(label).width);
    const need = Math.ceil(Math.max(...widths) / STEP) * STEP;
    if (need > this.#labels || need < this.#labels - 2 * STEP) this.#labels = need;
    return GAP + WIDTH + BESIDE + this.#labels + BESIDE;
  }
}

/** The rows of a panel so high, and how high its scale of colours is then. @param {Beside} beside @param {number} height */
function shared({ colors, sizes }, height) {
  const room = colors ? height - BELOW_COLORS - LEAST_COLORS : height;
  const rows = sizes ? sizeRows(...sizes, room) : [];
  return { rows, left: height - (rows.length > 0 ? heightOf(rows) + BELOW_COLORS : 0) };
}

/**
 * Dots of round sizes, the largest first, as many as there is room for in so many pixels; of those
 * below the least size none but the first.
 * @param {number} least
 * @param {number} largest
 * @param {number} room
 * @returns {SizeRow[]}
 */
export function sizeRows(least, largest, room) {
  /** @type {SizeRow[]} */
  const rows = [];
  let foot = -BETWEEN;
  for (const size of sizesBetween(least, largest)) {
    const radius = radiusOf(size, largest);
    const height = Math.max(2 * radius, LOWEST);
    if (foot + BETWEEN + height > room) break;
    rows.push({ middle: foot + BETWEEN + height / 2, radius, label: formatSaid(size, "") });
    foot += BETWEEN + height;
  }
  return rows;
}

/** @param {number} least @param {number} largest */
function sizesBetween(least, largest) {
  const sizes = [roundDown(largest)];
  while (sizes.length < MOST) sizes.push(roundDown(/** @type {number} */ (sizes.at(-1)) / SMALLER));
  return sizes.filter((size, index) => index === 0 || size >= least);
}

/** The largest of 1, 2, 5 x 10^n that is not above a size. @param {number} size */
function roundDown(size) {
  const steps = [size, size / 2, size / 2.5].map(niceStep);
  return steps.find((step) => step <= size * (1 + 1e-6)) ?? size;
}

/** Pixels that all rows take. @param {SizeRow[]} rows */
function heightOf(rows) {
  const last = rows.at(-1);
  return last ? last.middle + Math.max(last.radius, LOWEST / 2) : 0;
}

/**
 * Dots as rings, which are no points, with what they mean.
 * @param {CanvasRenderingContext2D} context
 * @param {SizeRow[]} rows
 * @param {number} left
 * @param {number} top
 * @param {Pen} pen
 */
function paintRows(context, rows, left, top, { font, text }) {
  context.save();
  context.font = font;
  context.fillStyle = context.strokeStyle = text;
  context.lineWidth = 1;
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const { middle, radius, label } of rows) {
    context.beginPath();
    context.arc(left + WIDTH / 2, top + middle, radius - 0.5, 0, 2 * Math.PI);
    context.stroke();
    context.fillText(label, left + WIDTH + BESIDE, top + middle);
  }
  context.restore();
}

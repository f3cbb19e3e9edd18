/**
 * Candles: of each period of x the first, highest, lowest and last value. They come as four
 * vertices each: (begin, open), (middle, high), (middle, low), (end, close). One that rises is
 * pale, one that falls is full, and so they differ in any colour and for any eye.
 */
import { withAlpha } from "./colors.js";

/** Values of x and y, of the four vertices of a candle. */
export const VALUES = 8;
/** Of its period, that its body fills; and pixels at least. */
const SHARE = 0.7;
const LEAST = 1;
const WICK = 1.25;
const PALE = 0.3;
/** Below so many pixels a body has no edge of its own: it would be all that is seen. */
const EDGED = 4;

/**
 * @typedef {object} Candle in pixels, y downwards
 * @property {number} left of its body
 * @property {number} width
 * @property {number} middle
 * @property {number} top of its body
 * @property {number} bottom
 * @property {number} high the upper end of its wick
 * @property {number} low
 * @property {boolean} rises it closes no lower than it opens
 */

/**
 * Where candles stand. The rule is that of zwsnb/painting/candles.py.
 * @param {Float64Array} points four vertices each
 * @param {(x: number) => number} xAt
 * @param {(y: number) => number} yAt
 * @returns {Candle[]}
 */
export function candlesIn(points, xAt, yAt) {
  const candles = [];
  for (let i = 0; i + VALUES <= points.length; i += VALUES) {
    const [begin, open, , up, , down, end, close] = /** @type {number[]} */ (
      /** @type {unknown} */ (points.subarray(i, i + VALUES))
    );
    const [from, to] = [xAt(/** @type {number} */ (begin)), xAt(/** @type {number} */ (end))];
    const [first, last] = [yAt(/** @type {number} */ (open)), yAt(/** @type {number} */ (close))];
    const width = Math.max(SHARE * (to - from), LEAST);
    const middle = (from + to) / 2;
    const [top, bottom] = [Math.min(first, last), Math.max(first, last)];
    candles.push({
      left: middle - width / 2,
      width,
      middle,
      top,
      bottom: Math.max(bottom, top + LEAST),
      high: yAt(/** @type {number} */ (up)),
      low: yAt(/** @type {number} */ (down)),
      rises: last <= first,
    });
  }
  return candles;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("../base/shapes.js").Box} box
 * @param {Candle[]} candles
 * @param {string} color
 */
export function paintCandles(context, box, candles, color) {
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  context.translate(box.left, box.top);
  context.lineCap = "butt";
  context.lineWidth = WICK;
  context.strokeStyle = color;
  paintWicks(context, candles);
  for (const rises of [true, false]) {
    context.fillStyle = rises ? withAlpha(color, PALE) : color;
    paintBodies(
      context,
      candles.filter((one) => one.rises === rises),
    );
  }
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {Candle[]} candles */
function paintWicks(context, candles) {
  context.beginPath();
  for (const { middle, high, top, bottom, low } of candles) {
    context.moveTo(middle, high);
    context.lineTo(middle, top);
    context.moveTo(middle, bottom);
    context.lineTo(middle, low);
  }
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {Candle[]} bodies */
function paintBodies(context, bodies) {
  if (bodies.length === 0) return;
  context.beginPath();
  for (const { left, width, top, bottom } of bodies) context.rect(left, top, width, bottom - top);
  context.fill();
  if (Math.min(...bodies.map(({ width }) => width)) >= EDGED) context.stroke();
}

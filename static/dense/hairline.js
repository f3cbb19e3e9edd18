/**
 * A line one device pixel wide: one path, which the canvas cuts at the edges of the plot area.
 */
import { eachStretch } from "./decimate.js";

/**
 * @typedef {object} Place where it is painted
 * @property {CanvasRenderingContext2D} context
 * @property {import("../base/shapes.js").Box} box
 * @property {number} ratio device pixels per pixel
 * @property {{p2c: (scaled: number) => number}} x
 * @property {{p2c: (scaled: number) => number}} y
 *
 * @typedef {object} Hairline
 * @property {Float64Array} points in scaled values
 * @property {string} color
 * @property {number[]} dashes in pixels; none: it is solid
 * @property {number} opacity
 */

/**
 * @param {Place} place
 * @param {Hairline} line
 * @param {import("./decimate.js").Cut} cut
 */
export function paintHairline(
  { context, box, ratio, x, y },
  { points, color, dashes, opacity },
  cut,
) {
  context.save();
  clipTo(context, box, ratio);
  context.translate(box.left, box.top);
  context.globalAlpha = opacity;
  context.strokeStyle = color;
  context.lineWidth = 1 / ratio;
  context.lineJoin = "round";
  context.setLineDash(dashes);
  context.beginPath();
  eachStretch(points, cut, (stretch) => trace(context, stretch, x.p2c, y.p2c));
  context.stroke();
  context.restore();
}

/**
 * To whole device pixels, by which it is cheap to cut.
 * @param {CanvasRenderingContext2D} context
 * @param {import("../base/shapes.js").Box} box
 * @param {number} ratio
 */
export function clipTo(context, box, ratio) {
  const { left, top, width, height } = pixelsOf(box, ratio);
  context.beginPath();
  context.rect(left / ratio, top / ratio, width / ratio, height / ratio);
  context.clip();
}

/**
 * The device pixels of a plot area, with one more on each side, for a line on its edge.
 * @param {import("../base/shapes.js").Box} box
 * @param {number} ratio
 * @returns {import("../base/shapes.js").Box}
 */
export function pixelsOf({ left, top, width, height }, ratio) {
  const [x, y] = [Math.floor(left * ratio) - 1, Math.floor(top * ratio) - 1];
  return {
    left: x,
    top: y,
    width: Math.ceil((left + width) * ratio) + 1 - x,
    height: Math.ceil((top + height) * ratio) + 1 - y,
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number | null>} stretch
 * @param {(scaled: number) => number} xAt
 * @param {(scaled: number) => number} yAt
 */
function trace(context, stretch, xAt, yAt) {
  let isDown = false;
  for (let i = 0; i < stretch.length; i += 2) {
    const y = /** @type {number} */ (stretch[i + 1]);
    const isThere = !Number.isNaN(y);
    const at = xAt(/** @type {number} */ (stretch[i]));
    if (isThere && isDown) context.lineTo(at, yAt(y));
    else if (isThere) context.moveTo(at, yAt(y));
    isDown = isThere;
  }
}

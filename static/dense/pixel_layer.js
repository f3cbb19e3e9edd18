/** Lines on a canvas of their own, one device pixel of the plot area each, which is drawn as it is. */
import { eachStretch } from "./decimate.js";
import { pixelsOf } from "./hairline.js";
import { Raster } from "./raster.js";

export class PixelLayer {
  #canvas = document.createElement("canvas");
  #raster = new Raster();
  /** Whose pixels are those of the raster. @type {ImageData | null} */
  #image = null;
  /** Where the lines are that are not drawn yet; null: there are none. @type {Area | null} */
  #area = null;

  /**
   * @typedef {{left: number, top: number, width: number, height: number, ratio: number}} Area in
   *   device pixels
   *
   * @param {import("./hairline.js").Place} place
   * @param {import("./hairline.js").Hairline} line
   * @param {import("./decimate.js").Cut} cut
   */
  add({ box, ratio, x, y }, { points, color }, cut) {
    this.#area ??= this.#opened(box, ratio);
    const { left, top } = this.#area;
    const raster = this.#raster;
    raster.begin(bytesOf(color));
    const xAt = (/** @type {number} */ scaled) => (box.left + x.p2c(scaled)) * ratio - left;
    const yAt = (/** @type {number} */ scaled) => (box.top + y.p2c(scaled)) * ratio - top;
    // Few vertices need not be cut: to paint them is no more work than to look at them.
    if (points.length < 2 * box.width) trace(raster, points, xAt, yAt);
    else eachStretch(points, cut, (stretch) => trace(raster, stretch, xAt, yAt));
  }

  /** All of the plot area. @param {import("../base/shapes.js").Box} box @param {number} ratio */
  #opened(box, ratio) {
    const { left, top, width, height } = pixelsOf(box, ratio);
    const pixels = this.#raster.clear(width, height);
    if (this.#image?.width !== width || this.#image.height !== height) {
      const bytes = new Uint8ClampedArray(/** @type {ArrayBuffer} */ (pixels.buffer));
      this.#image = new ImageData(bytes, width, height);
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    return { left, top, width, height, ratio };
  }

  /** Draw the lines that have been added. @param {CanvasRenderingContext2D} context */
  flush(context) {
    if (!this.#area || !this.#image) return;
    const { left, top, width, height, ratio } = this.#area;
    this.#area = null;
    this.#canvas.getContext("2d")?.putImageData(this.#image, 0, 0);
    context.save();
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#canvas, left / ratio, top / ratio, width / ratio, height / ratio);
    context.restore();
  }
}

/**
 * @param {Raster} raster
 * @param {ArrayLike<number | null>} stretch
 * @param {(scaled: number) => number} xAt
 * @param {(scaled: number) => number} yAt
 */
function trace(raster, stretch, xAt, yAt) {
  let beforeX = NaN;
  let beforeY = NaN;
  for (let i = 0; i < stretch.length; i += 2) {
    const x = xAt(/** @type {number} */ (stretch[i]));
    const y = yAt(/** @type {number} */ (stretch[i + 1]));
    raster.draw(beforeX, beforeY, x, y);
    beforeX = x;
    beforeY = y;
  }
}

/** As a canvas has it, red in the lowest byte. @param {string} hex #rrggbb or #rgb */
function bytesOf(hex) {
  const long = hex.length === 4 ? hex.replace(/[^#]/g, "$&$&") : hex;
  const all = parseInt(long.slice(1), 16);
  return ((all & 0xff) << 16) | (all & 0xff00) | (all >> 16);
}

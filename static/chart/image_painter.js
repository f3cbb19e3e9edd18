/**
 * Paints the image of a panel: on a canvas of its own, one device pixel of the plot area each, which
 * is then drawn as it is.
 */
import { pixelsOfColors } from "../image/colormap.js";
import { cellsAt, columnsAt, paintPixels } from "../image/raster.js";

/**
 * @typedef {object} Place where it is painted
 * @property {CanvasRenderingContext2D} context
 * @property {import("../base/shapes.js").Box} box
 * @property {number} ratio device pixels per pixel
 * @property {import("../view/scale.js").AxisView} x
 * @property {import("../view/scale.js").AxisView} y
 */

export class ImagePainter {
  #canvas = document.createElement("canvas");
  /** @type {ImageData | null} */
  #pixels = null;

  /** @param {Place} place @param {import("../image/columns.js").ImageColumns} image */
  paint({ context, box, ratio, x, y }, image) {
    const [width, height] = [box.width, box.height].map((size) =>
      Math.max(1, Math.round(size * ratio)),
    );
    const into = this.#resized(/** @type {number} */ (width), /** @type {number} */ (height));
    const columns = columnsAt(image.x, (pixel) => x.valueAt(pixel / ratio), into.width);
    const cells = cellsAt(image, (pixel) => y.valueAt(pixel / ratio), into.height);
    paintPixels(new Uint32Array(into.data.buffer), columns, cells, image, pixelsOfColors());
    this.#canvas.getContext("2d")?.putImageData(into, 0, 0);
    context.save();
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#canvas, box.left, box.top, box.width, box.height);
    context.restore();
  }

  /** @param {number} width @param {number} height */
  #resized(width, height) {
    if (this.#pixels?.width === width && this.#pixels.height === height) return this.#pixels;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#pixels = new ImageData(width, height);
    return this.#pixels;
  }
}

/**
 * Lines as pixels, one wide: each is at the pixel that is nearest, without a smooth edge. Where
 * lines cover a panel more than once there are no edges left to see, and this takes a third of the
 * time that paths take which are as thin.
 */

const OPAQUE = 0xff << 24;

export class Raster {
  width = 0;
  height = 0;
  /** Red, green, blue and opacity of each pixel, row by row. */
  pixels = new Uint32Array(0);
  #color = 0;

  /** All pixels are empty. @param {number} width @param {number} height */
  clear(width, height) {
    if (width !== this.width || height !== this.height) {
      this.width = width;
      this.height = height;
      this.pixels = new Uint32Array(width * height);
    } else this.pixels.fill(0);
    return this.pixels;
  }

  /** Another line begins. @param {number} color red, green and blue, red in the lowest byte */
  begin(color) {
    this.#color = color | OPAQUE;
  }

  /**
   * A stretch between two points, in pixels.
   * @param {number} x1
   * @param {number} y1
   * @param {number} x2
   * @param {number} y2
   */
  draw(x1, y1, x2, y2) {
    const dx = x2 - x1;
    const dy = y2 - y1;
    const { width, height } = this;
    if (Math.abs(dy) > Math.abs(dx)) {
      if (dy > 0) this.#walk(y1, y2, x1, dx / dy, height, width, width, 1);
      else this.#walk(y2, y1, x2, dx / dy, height, width, width, 1);
    } else if (dx > 0) this.#walk(x1, x2, y1, dy / dx, width, height, 1, width);
    else if (dx < 0) this.#walk(x2, x1, y2, dy / dx, width, height, 1, width);
  }

  /**
   * Through the middle of each pixel along the longer way.
   * @param {number} from along it
   * @param {number} to
   * @param {number} start where it is across, at `from`
   * @param {number} slope how far it goes across at each step
   * @param {number} most pixels along
   * @param {number} across pixels across
   * @param {number} along from one pixel to the next, in the array
   * @param {number} aside the same across
   */
  #walk(from, to, start, slope, most, across, along, aside) {
    const first = Math.max(0, Math.ceil(from - 0.5));
    const last = Math.min(most, Math.ceil(to - 0.5));
    const pixels = this.pixels;
    const color = this.#color;
    let at = start + (first + 0.5 - from) * slope;
    for (let step = first; step < last; step++, at += slope)
      if (at >= 0 && at < across) pixels[step * along + (at | 0) * aside] = color;
  }
}

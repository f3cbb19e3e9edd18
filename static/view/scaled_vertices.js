/**
 * The vertices of one series in scaled values (view/scale.js). On linear axes these are the
 * vertices themselves; a logarithmic axis, or one at the ends of doubles, costs one pass when they
 * have changed. What has no logarithm becomes a gap, and is counted.
 */
import { LINEAR } from "./scale.js";

/** @typedef {import("./scale.js").Scale} Scale */

export class ScaledVertices {
  /** Vertices that the axes cannot show. */
  impossible = 0;
  /** Of these, those before all others, which are left out. */
  skipped = 0;
  #room = new Float64Array(0);
  /** @type {Float64Array | null} of which the scaled values are known */
  #points = null;
  /** @type {Float64Array} */
  #scaled = this.#room;
  /** @type {Scale | null} */
  #x = null;
  /** @type {Scale | null} */
  #y = null;

  /**
   * @param {Float64Array} points x, y, x, y, ...; another object whenever they have changed
   * @param {Scale} x
   * @param {Scale} y
   * @returns {Float64Array} valid until the next call
   */
  of(points, x, y) {
    if (points === this.#points && x === this.#x && y === this.#y) return this.#scaled;
    [this.#points, this.#x, this.#y] = [points, x, y];
    this.impossible = this.skipped = 0;
    this.#scaled = x === LINEAR && y === LINEAR ? points : this.#translate(points, x, y);
    return this.#scaled;
  }

  /** @param {Float64Array} points @param {Scale} x @param {Scale} y */
  #translate(points, x, y) {
    if (this.#room.length < points.length) this.#room = new Float64Array(2 * points.length);
    const room = this.#room;
    let end = 0;
    for (let i = 0; i < points.length; i += 2) {
      const scaledX = x.scaledOf(/** @type {number} */ (points[i]));
      const value = /** @type {number} */ (points[i + 1]);
      const scaledY = Number.isNaN(scaledX) ? NaN : y.scaledOf(value);
      if (Number.isNaN(scaledY) && !Number.isNaN(value)) this.impossible += 1;
      if (Number.isNaN(scaledX) && end === 0) continue;
      room[end] = Number.isNaN(scaledX) ? /** @type {number} */ (room[end - 2]) : scaledX;
      room[end + 1] = scaledY;
      end += 2;
    }
    this.skipped = (points.length - end) / 2;
    return room.subarray(0, end);
  }
}

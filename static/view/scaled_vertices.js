/**
 * The vertices of one series in places (view/scale.js). On linear axes these are the vertices themselves; a logarithmic
 * axis costs one pass when they have changed. What has no logarithm becomes a gap, and is counted.
 */

/** @typedef {import("./scale.js").Scale} Scale */

export class ScaledVertices {
  /** Vertices that the axes cannot show. */
  impossible = 0;
  #room = new Float64Array(0);
  /** @type {Float64Array | null} of which the places are known */
  #points = null;
  /** @type {Float64Array} */
  #places = this.#room;
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
    if (points === this.#points && x === this.#x && y === this.#y) return this.#places;
    [this.#points, this.#x, this.#y, this.impossible] = [points, x, y, 0];
    return (this.#places = x.log || y.log ? this.#translate(points, x, y) : points);
  }

  /** @param {Float64Array} points @param {Scale} x @param {Scale} y */
  #translate(points, x, y) {
    if (this.#room.length < points.length) this.#room = new Float64Array(2 * points.length);
    const room = this.#room;
    let end = 0;
    for (let i = 0; i < points.length; i += 2) {
      const place = x.scaledOf(/** @type {number} */ (points[i]));
      const value = /** @type {number} */ (points[i + 1]);
      const height = Number.isNaN(place) ? NaN : y.scaledOf(value);
      if (Number.isNaN(height) && !Number.isNaN(value)) this.impossible += 1;
      if (Number.isNaN(place) && end === 0) continue;
      room[end] = Number.isNaN(place) ? /** @type {number} */ (room[end - 2]) : place;
      room[end + 1] = height;
      end += 2;
    }
    return room.subarray(0, end);
  }
}

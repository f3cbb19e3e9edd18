/**
 * Many lines in one panel. Where they cover much of it even when each is one device pixel wide, they
 * are drawn so: more of each is seen, and a rasteriser draws such a line eight times faster than one
 * of a pixel and a half (1,000 lines of 100 vertices: 33 ms instead of 250; Chromium, software
 * rendering). Where they cover all of it, dense/raster.js takes 10.
 */

/**
 * @typedef {object} Joined a line, as far as it matters here
 * @property {Float64Array} points in scaled values
 * @property {import("../link/options.js").Style} style
 * @property {import("../link/wire.js").Kind} kind
 * @property {number | null} width that is asked for
 *
 * @typedef {object} Seen where a line is painted
 * @property {number} xScale pixels per unit
 * @property {number} yScale
 * @property {number} low end of the y-axis, in scaled values
 * @property {number} high
 */

/** So few lines are no crowd: one that fills an area by itself is thin for that. */
const FEW = 16;
/** Part of the panel that they cover; what has been so is so until it is clearly less. */
const DENSE = 0.15;
const FULL = 1;
const CALMER = 0.8;

export class Crowd {
  /** Lines that nobody has given a width are one device pixel wide, and have no dots unasked. */
  isDense = false;
  /** They cover the panel. */
  isFull = false;

  /**
   * @template {Joined} T
   * @param {T[]} lines of a panel
   * @param {(line: T) => Seen} seen
   * @param {number} area of the panel, in pixels
   * @param {number} ratio device pixels per pixel
   */
  look(lines, seen, area, ratio) {
    const free = lines.length > FEW ? lines.filter(isFree) : [];
    const enough = area * ratio;
    let ink = 0;
    for (let i = 0; free.length > FEW && i < free.length && ink <= FULL * enough; i++) {
      const line = /** @type {T} */ (free[i]);
      ink += inkOf(line.points, seen(line));
    }
    this.isFull = ink > FULL * enough * (this.isFull ? CALMER : 1);
    this.isDense = ink > DENSE * enough * (this.isDense ? CALMER : 1);
  }
}

/** A line, whose width nobody has said. @param {Joined} line */
function isFree({ width, style, kind }) {
  return width === null && kind !== "candles" && style !== "bars" && style !== "points";
}

/**
 * How many pixels of the panel a line goes through.
 * @param {Float64Array} points x, y, x, y, ...; y = NaN is a gap
 * @param {Seen} seen
 */
export function inkOf(points, { xScale, yScale, low, high }) {
  let ink = 0;
  for (let i = 2; i < points.length; i += 2) {
    const [before, y] = [
      /** @type {number} */ (points[i - 1]),
      /** @type {number} */ (points[i + 1]),
    ];
    const bottom = Math.max(low, Math.min(before, y));
    const top = Math.min(high, Math.max(before, y));
    // A gap is no number, and so no stretch either.
    if (!(bottom <= top)) continue;
    const step = Math.abs(
      /** @type {number} */ (points[i]) - /** @type {number} */ (points[i - 2]),
    );
    ink += Math.max(step * xScale, (top - bottom) * yScale);
  }
  return ink;
}

/**
 * Many lines in one panel. Where they cover much of it even when each is one device pixel wide, they
 * are drawn so: more of each is seen, and a rasteriser draws such a line eight times faster than one
 * of a pixel and a half (1,000 lines of 100 vertices: 33 ms instead of 250; Chromium, software
 * rendering). Where there are more, and they cover all of it, dense/raster.js takes 10.
 *
 * The rule of the snapshot is the same: zwsnb/snapshot/crowd.py.
 */

/**
 * @typedef {object} Joined a line, as far as it matters here
 * @property {string} name
 * @property {Float64Array} points in scaled values
 * @property {import("../link/options.js").Style} style
 * @property {import("../link/wire.js").Kind} kind
 * @property {number | null} width that is asked for
 * @property {object | null} band
 * @property {boolean} derived
 * @property {boolean} dashed dashes are asked for
 * @property {number} opacity
 * @property {boolean} dots
 * @property {string | null} head
 *
 * @typedef {object} Seen where a line is painted: pixels per unit, and the ends of the axes in scaled
 *   values
 * @property {number} xScale
 * @property {number} yScale
 * @property {readonly [number, number]} x
 * @property {readonly [number, number]} y
 *
 * @typedef {object} Inked a line that may be one of many
 * @property {Joined} line
 * @property {number} ink pixels through which it goes
 */

/** Lines that a crowd has at least: one that fills an area by itself is thin for that. */
const FEW = 32;
/** The same of one that is drawn as pixels. */
const MANY = 100;
/** Part of the panel that they cover; what has been so is so until it is clearly less. */
const DENSE = 0.15;
const FULL = 1;
const CALMER = 0.8;
/** A line with less than this part of what each has of ink stands out, and is none of them. */
const LITTLE = 0.25;

export class Crowd {
  /** They cover the panel, and nothing but lines is to be drawn of them. */
  isFull = false;
  /** The names of its lines. @type {Set<string>} */
  #names = new Set();

  /** There are lines that are one device pixel wide, and have no dots unasked. */
  get isDense() {
    return this.#names.size > 0;
  }

  /** Is this line one of them? @param {{name: string}} line */
  has({ name }) {
    return this.#names.has(name);
  }

  /**
   * @template {Joined} T
   * @param {T[]} lines of a panel, from the back to the front
   * @param {(line: T) => Seen} seen
   * @param {number} area of the panel, in pixels
   * @param {number} ratio device pixels per pixel
   */
  look(lines, seen, area, ratio) {
    const free = lines.length < FEW ? [] : lines.filter(isFree);
    const alike = this.#alike(
      free.length < FEW ? [] : free.map((line) => ({ line, ink: inkOf(line.points, seen(line)) })),
    );
    const covered = sumOf(alike) / (area * ratio);
    const isDense = alike.length >= FEW && covered > DENSE * (this.isDense ? CALMER : 1);
    const isFull = alike.length >= MANY && covered > FULL * (this.isFull ? CALMER : 1);
    this.#names = new Set(isDense ? alike.map(({ line }) => line.name) : []);
    this.isFull =
      isFull && alike.every(({ line }) => isPlain(line)) && this.#isTogetherIn(lines, alike.length);
  }

  /** Those that do not stand out by going through few pixels. @param {Inked[]} inked */
  #alike(inked) {
    const least = (LITTLE * sumOf(inked)) / inked.length;
    return inked.filter(({ line, ink }) => ink >= least * (this.has(line) ? CALMER : 1));
  }

  /** Is nothing else between its lines? @param {Joined[]} lines @param {number} count of its own */
  #isTogetherIn(lines, count) {
    const first = lines.findIndex((line) => this.has(line));
    return lines.slice(first, first + count).every((line) => this.has(line));
  }
}

/** @param {Inked[]} inked */
function sumOf(inked) {
  return inked.reduce((sum, { ink }) => sum + ink, 0);
}

/** A line of which nobody has said, or should be shown, more than of others. @param {Joined} line */
function isFree({ width, style, kind, band, derived }) {
  const isLine = kind !== "candles" && style !== "bars" && style !== "points";
  return isLine && width === null && !band && !derived;
}

/** Nothing stands on it, or shines through it. @param {Joined} line */
function isPlain({ style, dashed, opacity, dots, head }) {
  return style === "line" && !dashed && opacity === 1 && !dots && head === null;
}

/**
 * How many pixels of the panel a line goes through: those of its stretches that are in sight.
 * @param {Float64Array} points x, y, x, y, ...; y = NaN is a gap
 * @param {Seen} seen
 */
export function inkOf(points, { xScale, yScale, x, y }) {
  let ink = 0;
  for (let i = 2; i < points.length; i += 2) {
    const x1 = /** @type {number} */ (points[i - 2]);
    const y1 = /** @type {number} */ (points[i - 1]);
    const x2 = /** @type {number} */ (points[i]);
    const y2 = /** @type {number} */ (points[i + 1]);
    const begin = Math.max(0, entry(x1, x2, x), entry(y1, y2, y));
    const end = Math.min(1, exit(x1, x2, x), exit(y1, y2, y));
    // A gap is no number, and so no stretch either.
    if (!(begin < end)) continue;
    ink += (end - begin) * Math.max(Math.abs(x2 - x1) * xScale, Math.abs(y2 - y1) * yScale);
  }
  return ink;
}

/**
 * Which part of the way lies before a range, below 0 where it begins within.
 * @param {number} from
 * @param {number} to
 * @param {readonly [number, number]} range
 */
function entry(from, to, [low, high]) {
  if (from === to) return low <= from && from <= high ? 0 : Infinity;
  return ((from < to ? low : high) - from) / (to - from);
}

/**
 * At which part of the way it leaves a range, above 1 where it ends within.
 * @param {number} from
 * @param {number} to
 * @param {readonly [number, number]} range
 */
function exit(from, to, [low, high]) {
  return from === to ? 1 : ((from < to ? high : low) - from) / (to - from);
}

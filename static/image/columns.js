/**
 * The image as the relay last described it: columns of colours, each at an x. "Drop d, keep k,
 * append these" moves the two ends of the range that is in use, so that a following view costs its
 * new columns and nothing else.
 */

import { cellsAt, columnsAt, edgesOf, middleOf } from "./raster.js";

/** @typedef {import("./image_wire.js").ImagePatch} ImagePatch */

/** The colours of the scale: 1 to 255; 0 is no value. */
const STEPS = 254;
const FIRST_ROOM = 256;

export class ImageColumns {
  /** Empty: there is no image. */
  name = "";
  height = 0;
  bins = 0;
  factor = 1;
  /** How many rows the plot has had so far. */
  rows = 0;
  /** How many of them came before this image: no other one has that. */
  began = 0;
  /** Edges of the lowest and of the highest value. @type {[number, number]} */
  y = [NaN, NaN];
  /** Values of the first and of the last colour. @type {[number, number]} */
  z = [NaN, NaN];
  /** Those between are evenly spaced in their logarithms. */
  log = false;
  /** Is y said from the top down, the lowest one as the highest? */
  down = false;
  /** Do x count them, in whole numbers? */
  countsX = false;
  #x = new Float64Array(0);
  #colors = new Uint8Array(0);
  #start = 0;
  #end = 0;
  /** What has been painted. */
  painted = 0;

  get count() {
    return this.#end - this.#start;
  }

  /** Of the columns, not copied: valid until the next change. */
  get x() {
    return this.#x.subarray(this.#start, this.#end);
  }

  /** Of their cells, column by column, from the lowest y. */
  get colors() {
    return this.#colors.subarray(this.#start * this.height, this.#end * this.height);
  }

  /** Does y count values, in whole numbers? */
  get countsY() {
    const [low, high] = this.y;
    return high - low === this.bins && Number.isInteger(low + 0.5);
  }

  /** What is said of a value of y, and of what is said which value it is. @param {number} y */
  said(y) {
    const [low, high] = this.y;
    return this.down ? low + high - y : y;
  }

  clear() {
    this.name = "";
    this.#start = this.#end = 0;
  }

  /** Add to every x. @param {number} by */
  move(by) {
    for (const [index, x] of this.x.entries()) this.#x[this.#start + index] = x + by;
  }

  /** What keeps nothing takes the place of all there was. @param {ImagePatch} patch */
  apply({ drop, keep, x, colors, height, name, bins, factor, rows, began, y, z, log, down }) {
    if (keep > 0 && (drop + keep > this.count || height !== this.height))
      throw new RangeError(`drop ${drop} and keep ${keep}: there are ${this.count} columns`);
    if (keep > 0) this.#start += drop;
    else this.#begin(height);
    this.countsX = (keep === 0 || this.countsX) && x.every(Number.isInteger);
    this.#end = this.#start + keep;
    Object.assign(this, { name, bins, factor, rows, began, y, z, log, down });
    this.#reserve(x.length);
    this.#x.set(x, this.#end);
    this.#colors.set(colors, this.#end * height);
    this.#end += x.length;
  }

  /** @param {number} height */
  #begin(height) {
    this.#start = 0;
    if (height === this.height) return;
    this.height = height;
    this.#x = new Float64Array(0);
    this.#colors = new Uint8Array(0);
  }

  /** @param {number} extra columns about to be appended */
  #reserve(extra) {
    if (this.#end + extra <= this.#x.length) return;
    const [x, colors, alive] = [this.x, this.colors, this.count];
    const room = Math.max(FIRST_ROOM, 2 * (alive + extra));
    this.#x = new Float64Array(room);
    this.#colors = new Uint8Array(room * this.height);
    this.#x.set(x);
    this.#colors.set(colors);
    this.#start = 0;
    this.#end = alive;
  }

  /** The value of a colour; NaN: it is none. @param {number} color */
  valueOf(color) {
    const [low, high] = this.z;
    const part = (color - 1) / STEPS;
    if (color === 0) return NaN;
    return this.log ? low * (high / low) ** part : low + part * (high - low);
  }

  /**
   * The colour of a value, as the relay has it (zwsnb/view/streams/image_stream.py).
   * @param {number} value
   */
  colorOf(value) {
    const [low, high] = this.z;
    const { log10, sign } = Math;
    if (Number.isNaN(value) || (this.log && value <= 0)) return 0;
    let part = sign(value - low) * (STEPS + 1) + STEPS / 2;
    if (low !== high)
      part = this.log
        ? (log10(value) - log10(low)) * (STEPS / (log10(high) - log10(low)))
        : (value - low) * (STEPS / (high - low));
    return Math.floor(Math.max(0, Math.min(part, STEPS)) + 1.5);
  }

  /**
   * The cell at x and y: its x, the middle of the y that it is the highest of, and the number of its
   * colour; null: there is none.
   * @param {number} x
   * @param {number} y
   */
  cellAt(x, y) {
    const column = /** @type {number} */ (columnsAt(this.x, () => x, 1)[0]);
    const cell = /** @type {number} */ (cellsAt(this, () => y, 1)[0]);
    if (column < 0 || cell < 0) return null;
    return {
      x: /** @type {number} */ (this.x[column]),
      y: middleOf(this, cell),
      value: this.valueOf(/** @type {number} */ (this.colors[column * this.height + cell])),
      color: /** @type {number} */ (this.colors[column * this.height + cell]),
    };
  }

  /**
   * The first column that reaches beyond some x, and how far from its nearer neighbour it is; that
   * x where none does.
   * @param {number} x
   */
  firstFrom(x) {
    const { from, to } = edgesOf(this.x);
    const column = to.findIndex((end) => end > x);
    if (column < 0) return { x, width: 0 };
    const at = /** @type {number} */ (this.x[column]);
    const [before, after] = [at - (from[column] ?? at), (to[column] ?? at) - at];
    return { x: at, width: 2 * Math.min(before, after) };
  }

  /** By how much two values of one colour may differ. @param {number} value one of them */
  stepAt(value) {
    const [low, high] = this.z;
    return this.log ? value * ((high / low) ** (1 / STEPS) - 1) : (high - low) / STEPS;
  }
}

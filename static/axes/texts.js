/**
 * Texts on a plot area that touch no other: each takes the first of its places that is free, and
 * that no line crosses, if there is one.
 */
import { fitted } from "../base/ellipsis.js";
import { touches } from "../base/shapes.js";
import { writeOver } from "../image/halo.js";

/**
 * @typedef {import("../base/shapes.js").Box} Box
 * @typedef {{left: number, top: number}} Place in pixels of the plot area
 *
 * @typedef {object} Lines that cross the plot area, in its pixels
 * @property {number[]} upright
 * @property {number[]} level
 */

/** Pixels of a row of text. */
export const ROW = 14;

const ROWS = 6;
const GAP = 6;
/** More of them nobody reads. */
const MOST = 60;

export class Texts {
  /** @type {Box[]} */
  #taken = [];
  #context;
  #box;
  #halo;
  #upright;
  #level;

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Box} box
   * @param {string | null} [halo] around what lies over an image
   * @param {Lines} [lines] which a text rather stands beside
   */
  constructor(context, box, halo = null, { upright, level } = { upright: [], level: [] }) {
    this.#context = context;
    this.#box = box;
    this.#halo = halo;
    this.#upright = Float64Array.from(upright).sort();
    this.#level = Float64Array.from(level).sort();
    context.textAlign = "left";
    context.textBaseline = "top";
    const rows = Math.max(1, Math.min(ROWS, Math.floor(box.height / ROW)));
    /** How far from the edge the rows of text are. */
    this.rows = Array.from({ length: rows }, (_, row) => 2 + ROW * row);
  }

  /** Where texts stand, in pixels of the canvas. @returns {Box[]} */
  get boxes() {
    const { left, top } = this.#box;
    return this.#taken.map((one) => ({ ...one, left: left + one.left, top: top + one.top }));
  }

  get isFull() {
    return this.#taken.length >= MOST;
  }

  /** Half of the width is the most that a text gets. @param {string} text */
  fitted(text) {
    return fitted(this.#context, text, this.#box.width / 2);
  }

  /** @param {string} text */
  widthOf(text) {
    return this.#context.measureText(text).width;
  }

  /**
   * Could a text, however short, stand there in any row? To measure it takes longer.
   * @param {number[]} lefts of the one, or the end of the other
   */
  hasRoom(lefts) {
    const size = { width: 1, height: ROW - 2 };
    return this.rows.some((top) => lefts.some((left) => this.#isFree({ left, top, ...size })));
  }

  /**
   * Nothing is written where none of its places is free.
   * @param {string} text
   * @param {Place[]} places
   * @returns {boolean} it is written
   */
  write(text, places) {
    if (!text || this.isFull) return false;
    const size = { width: this.widthOf(text), height: ROW - 2 };
    const free = places.map((one) => ({ ...one, ...size })).filter((one) => this.#isFree(one));
    const place = free.find((one) => !this.#isCrossed(one)) ?? free[0];
    if (!place) return false;
    this.#taken.push(place);
    const [left, top] = [this.#box.left + place.left, this.#box.top + place.top];
    writeOver(this.#context, text, left, top, this.#halo);
    return true;
  }

  /** @param {Box} box */
  #isFree(box) {
    return (
      box.left >= 0 &&
      box.top >= 0 &&
      box.top + box.height <= this.#box.height &&
      !this.#taken.some((one) => touches(box, one, GAP))
    );
  }

  /** @param {Box} box */
  #isCrossed({ left, top, width, height }) {
    return (
      isAnyBetween(this.#upright, left, left + width) ||
      isAnyBetween(this.#level, top, top + height)
    );
  }
}

/** @param {Float64Array} ordered @param {number} low @param {number} high */
function isAnyBetween(ordered, low, high) {
  let [from, to] = [0, ordered.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (/** @type {number} */ (ordered[middle]) > low) to = middle;
    else from = middle + 1;
  }
  return /** @type {number} */ (ordered[from]) < high;
}

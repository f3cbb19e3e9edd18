/** Texts on a plot area that touch no other: each takes the first of its places that is free. */
import { fitted } from "../base/ellipsis.js";
import { writeOver } from "../image/halo.js";

/** @typedef {{left: number, top: number}} Place in pixels of the plot area */

/** Pixels of a row of text. */
export const ROW = 14;

const ROWS = 6;
const GAP = 6;
/** More of them nobody reads. */
const MOST = 60;

export class Texts {
  /** @type {import("../base/shapes.js").Box[]} */
  #taken = [];
  #context;
  #box;
  #halo;

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import("../base/shapes.js").Box} box
   * @param {string | null} [halo] around what lies over an image
   */
  constructor(context, box, halo = null) {
    this.#context = context;
    this.#box = box;
    this.#halo = halo;
    context.textAlign = "left";
    context.textBaseline = "top";
    const rows = Math.max(1, Math.min(ROWS, Math.floor(box.height / ROW)));
    /** How far from the edge the rows of text are. */
    this.rows = Array.from({ length: rows }, (_, row) => 2 + ROW * row);
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

  /** Nothing is written where none of its places is free. @param {string} text @param {Place[]} places */
  write(text, places) {
    if (!text || this.isFull) return;
    const size = { width: this.widthOf(text), height: ROW - 2 };
    const place = places.find((one) => this.isFree({ ...one, ...size }));
    if (!place) return;
    this.#taken.push({ ...place, ...size });
    const [left, top] = [this.#box.left + place.left, this.#box.top + place.top];
    writeOver(this.#context, text, left, top, this.#halo);
  }

  /** @param {import("../base/shapes.js").Box} box */
  isFree({ left, top, width, height }) {
    return (
      left >= 0 &&
      top >= 0 &&
      top + height <= this.#box.height &&
      !this.#taken.some(
        (one) =>
          left < one.left + one.width + GAP &&
          one.left < left + width + GAP &&
          top < one.top + one.height &&
          one.top < top + height,
      )
    );
  }
}

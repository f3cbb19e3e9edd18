/**
 * Where the legend stands: above the plot, or beside it, where there are too many series for a few
 * lines and the page is wide. Those of panels are above or beside these.
 */
import { MANY } from "./find_field.js";
import { observe } from "../base/scope.js";

/** @typedef {"auto" | "top" | "right" | "none"} Wish */

/** Pixels of a page that has room for names beside the plot, and for some of them. */
const WIDE = 720;
const NARROW = 480;

/**
 * @param {Wish} wish
 * @param {number} rows
 * @param {number} width of the page
 * @returns {"top" | "right" | "none"}
 */
export function placeFor(wish, rows, width) {
  if (wish === "none" || wish === "top") return wish;
  const isWide = width >= (wish === "right" ? NARROW : WIDE);
  return isWide && (wish === "right" || rows > MANY) ? "right" : "top";
}

export class Place {
  /** @type {Wish} */
  #wish = "auto";
  #rows = 0;
  #isOne = true;
  #width = 0;

  /** @param {import("../base/scope.js").Scope} scope */
  constructor({ root, signal }) {
    this.root = root;
    const observer = new ResizeObserver((entries) => {
      this.#width = entries.at(-1)?.contentRect.width ?? 0;
      this.#apply();
    });
    observe(observer, root, signal);
  }

  /** @param {Wish} wish @param {number} rows @param {boolean} isOne not one in each panel */
  update(wish, rows, isOne) {
    if (wish === this.#wish && rows === this.#rows && isOne === this.#isOne) return;
    this.#wish = wish;
    this.#rows = rows;
    this.#isOne = isOne;
    this.#apply();
  }

  #apply() {
    const found = placeFor(this.#wish, this.#rows, this.#width);
    const place = found === "right" && !this.#isOne ? "beside" : found;
    if (this.root.dataset.legend !== place) this.root.dataset.legend = place;
  }
}

/**
 * Past runs that the legend does not show until it is asked: those that are as pale as the ones
 * before them. What the user has named stays.
 */
import { make, setText } from "../base/dom.js";
import { formatCount } from "../base/counts.js";

/** @typedef {import("../ui/status_board.js").Item} Item */

/** Of each name; chart/colors.js has a colour for each of them. */
const NEWEST = 3;

/** Those that are folded; one alone would take as much room as the button. @param {Item[]} items */
export function foldedOf(items) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const older = items.filter(({ family, isUnnamedPast }) => {
    const age = (seen.get(family) ?? 0) + Number(isUnnamedPast);
    seen.set(family, age);
    return isUnnamedPast && age > NEWEST;
  });
  return new Set(older.length > 1 ? older.map(({ id }) => id) : []);
}

/** The button that shows them, and folds them again. */
export class Fold {
  isOpen = false;
  #button = make("button", "fold");
  element = make("li", "", this.#button);

  /** @param {() => void} changed */
  constructor(changed) {
    this.#button.type = "button";
    this.#button.addEventListener("click", () => {
      this.isOpen = !this.isOpen;
      changed();
    });
  }

  /** @param {number} count of runs that are folded, or would be */
  update(count) {
    setText(this.#button, this.isOpen ? "fewer runs" : `+${formatCount(count)} runs`);
    this.#button.setAttribute("aria-expanded", String(this.isOpen));
  }
}

/**
 * What a tab remembers of how a plot is looked at. A notebook loads the frame of an output anew when
 * its cell is moved, pasted or shown again, and when the tab is reloaded; the address stays, and by
 * it the page finds again what was looked at, which series were hidden, and that it was paused.
 */
import { initialView } from "./state.js";

/**
 * @typedef {import("./state.js").View} View
 *
 * @typedef {import("../tab/kept_token.js").Memory} Tab
 *
 * @typedef {object} Legend
 * @property {[string, boolean][]} chosen by the user, by name: is a series hidden?
 */

const REMEMBERED = "zwsnb-view ";

export class Remembered {
  #key;
  #tab;
  /** What is kept; empty: nothing, for nothing has been chosen. */
  #text = "";
  #isRead = false;

  /** @param {string} page its address @param {Tab} [tab] */
  constructor(page, tab) {
    this.#key = REMEMBERED + digest(page);
    this.#tab = tab;
  }

  /**
   * The view to go on with: the first time that which is remembered, if there is one.
   * @param {View} view
   * @param {Legend} legend is told what was chosen
   * @param {number} origin from where x are counted
   * @returns {View}
   */
  recall(view, legend, origin) {
    if (this.#isRead) return view;
    this.#isRead = true;
    this.#text = this.#tab?.get(this.#key) ?? "";
    const looked = lookedOf(this.#text, origin);
    if (looked) legend.chosen = looked.chosen;
    // Of another kind of x nothing would be seen there.
    return looked?.view.isSpectrum === view.isSpectrum ? looked.view : view;
  }

  /**
   * To be called now and then.
   * @param {View} view
   * @param {Legend} legend
   * @param {number} origin
   */
  keep(view, { chosen }, origin) {
    const isNews = view.touched !== -Infinity || view.paused || chosen.length > 0;
    // What was is read before it is written over, when it is known from where x are counted.
    if (!this.#isRead || !(isNews || this.#text)) return;
    const text = textOf(view, chosen, origin);
    if (text === this.#text) return;
    this.#text = text;
    this.#tab?.set(this.#key, text);
  }
}

/** @param {View} view @param {[string, boolean][]} chosen @param {number} origin */
function textOf({ mode, window, from, to, y, paused, home, isSpectrum }, chosen, origin) {
  const view = { mode, window, from, to, y, paused, home, isSpectrum };
  return JSON.stringify({ origin, view, chosen });
}

/**
 * @param {string} text
 * @param {number} origin
 * @returns {{view: View, chosen: [string, boolean][]} | null} null: there is none
 */
function lookedOf(text, origin) {
  if (!text) return null;
  const { origin: before, view, chosen } = JSON.parse(text);
  const at = (/** @type {number | null} */ x) => (x === null ? NaN : x + (before - origin));
  const range = { from: at(view.from), to: at(view.to) };
  // Options of the plot do not take the place of what a user has chosen, were it long ago.
  return { view: { ...initialView(view.window), ...view, ...range, touched: 0 }, chosen };
}

/** Of an address, which may hold a token, in a few letters. @param {string} text */
function digest(text) {
  let sum = 0;
  for (const letter of text) sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0;
  return (sum >>> 0).toString(36);
}

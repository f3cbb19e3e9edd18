/** The y-axes of all panels: the range of each, by the key that the view has for it. */
import { YFit } from "./y_fit.js";

export class YFits {
  /** @type {Map<string, YFit>} */
  #fits = new Map();
  #arrangement = "";

  /** One of them is too wide, and will shrink if nothing comes. */
  get waits() {
    for (const fit of this.#fits.values()) if (fit.waits) return true;
    return false;
  }

  /**
   * When the arrangement changes, the ranges so far are void.
   * @param {string} arrangement what belongs together on an axis, as a text
   */
  arrange(arrangement) {
    if (arrangement !== this.#arrangement) this.#fits.clear();
    this.#arrangement = arrangement;
  }

  /** @param {string} key @returns {YFit} */
  get(key) {
    const fit = this.#fits.get(key) ?? new YFit();
    this.#fits.set(key, fit);
    return fit;
  }

  /**
   * Ends of the axis, in scaled values; of one that there is not yet, too.
   * @param {string} key
   * @returns {[number, number]}
   */
  scaledOf(key) {
    return this.#fits.get(key)?.scaled ?? [0, 1];
  }

  /**
   * Fix those that the user has fixed.
   * @param {import("../view/state.js").Ranges} ranges
   */
  hold(ranges) {
    for (const [key, fit] of this.#fits) fit.hold(ranges[key]);
  }
}

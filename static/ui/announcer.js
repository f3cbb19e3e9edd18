/**
 * The plot for screen readers: the newest values, in a polite live region and at most every five
 * seconds; another state, and the first values, at once.
 */
import { setText } from "../base/dom.js";

const PAUSE = 5;
const MOST_SERIES = 4;
/** As base/readings_text.js writes it: no value yet, or a gap. */
const NOTHING = "–";

export class Announcer {
  #last = -Infinity;
  #state = "";
  #hadValues = false;

  /** @param {HTMLElement} element a polite live region */
  constructor(element) {
    this.element = element;
  }

  /**
   * @param {string} state
   * @param {{whole: string, value: string}[]} values
   * @param {number} now in seconds
   */
  update(state, values, now) {
    const isKnown = (/** @type {{value: string}} */ { value }) => value !== NOTHING;
    const hasValues = values.some(isKnown);
    const isNews = state !== this.#state || hasValues !== this.#hadValues;
    if (!isNews && now - this.#last < PAUSE) return;
    this.#last = now;
    this.#state = state;
    this.#hadValues = hasValues;
    setText(this.element, sentence(state, values.filter(isKnown)));
  }
}

/**
 * @param {string} state
 * @param {{whole: string, value: string}[]} values
 */
export function sentence(state, values) {
  const parts = values.slice(0, MOST_SERIES).map(({ whole, value }) => `${whole} ${value}`);
  const more =
    values.length > MOST_SERIES ? `, and ${values.length - MOST_SERIES} more series` : "";
  return parts.length > 0 ? `${state}: ${parts.join(", ")}${more}` : state;
}

/**
 * How far the loops are that feed the plot, the outermost first: a slim line for each.
 */
import { make, setText } from "../base/dom.js";

export class Bars {
  /** @type {{row: HTMLElement, text: HTMLElement, bar: HTMLProgressElement}[]} */
  #rows = [];

  /** @param {HTMLElement} element that holds them */
  constructor(element) {
    this.element = element;
  }

  /** @param {import("../link/messages.js").Bar[]} bars */
  update(bars) {
    for (const { row } of this.#rows.splice(bars.length)) row.remove();
    while (this.#rows.length < bars.length) this.#add();
    for (const [index, { text, part }] of bars.entries()) {
      const row = this.#rows[index];
      if (!row) continue;
      setText(row.text, text);
      row.bar.setAttribute("aria-label", text);
      if (part === null) row.bar.removeAttribute("value");
      else row.bar.value = part;
    }
    this.element.hidden = bars.length === 0;
  }

  #add() {
    const row = make("div", "bar");
    const text = make("span", "");
    const bar = /** @type {HTMLProgressElement} */ (make("progress", ""));
    row.append(text, bar);
    this.element.append(row);
    this.#rows.push({ row, text, bar });
  }
}

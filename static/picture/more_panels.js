/** Says at the lower edge of the stack how many panels are out of sight below, and leads to them. */
import { make, setText } from "../base/dom.js";

/** Pixels of a plot area that may be out of sight. */
const SLACK = 2;

export class MorePanels {
  #button = make("button", "");
  element = make("div", "more-panels", this.#button);

  /** @param {HTMLElement} stack that scrolls */
  constructor(stack) {
    const button = /** @type {HTMLButtonElement} */ (this.#button);
    button.type = "button";
    button.title = "Scroll to the panels below";
    this.element.hidden = true;
    // It is none on the plot.
    for (const type of ["pointerdown", "click", "dblclick"])
      this.element.addEventListener(type, (event) => event.stopPropagation());
    button.addEventListener("click", () => stack.scrollBy({ top: stack.clientHeight / 2 }));
  }

  /**
   * @param {import("../base/shapes.js").Box[]} boxes the plot areas
   * @param {number} height that is seen
   */
  update(boxes, height) {
    const below = boxes.filter((box) => box.top + box.height > height + SLACK).length;
    this.element.hidden = below === 0 || boxes.length === 1;
    setText(this.#button, `▾ ${below} more`);
  }
}

/**
 * The field in which a series gets another name: Enter keeps it; Escape, and going elsewhere, leave
 * the old one.
 */
import { make } from "../base/dom.js";

/** As zwsnb/protocol/names.py has it. */
const LONGEST = 256;
const NARROWEST = 6;
const WIDEST = 32;

export class NameField {
  #open = true;

  /**
   * @param {string} name the old one
   * @param {(name: string) => string} objectionTo what is wrong with a name; empty: nothing
   * @param {(name: string) => void} keep
   * @param {(isLeft: boolean) => void} closed isLeft: the focus has gone elsewhere
   */
  constructor(name, objectionTo, keep, closed) {
    const element = make("input", "rename");
    element.value = name;
    element.maxLength = LONGEST;
    element.size = Math.max(NARROWEST, Math.min(WIDEST, name.length + 2));
    element.setAttribute("aria-label", `New name of ${name}`);
    element.addEventListener("keydown", (event) => this.#onKey(event));
    element.addEventListener("input", () => element.setCustomValidity(""));
    element.addEventListener("blur", () => this.#close(true));
    this.element = element;
    this.name = name;
    this.objectionTo = objectionTo;
    this.keep = keep;
    this.closed = closed;
  }

  /** Keys are the field's alone. @param {KeyboardEvent} event */
  #onKey(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") this.#close(false);
    else if (event.key === "Enter") this.#enter();
    else return;
    event.preventDefault();
  }

  #enter() {
    const name = this.element.value.replace(/[\p{Cc}\p{Cs}]/gu, " ").trim();
    const isNew = name !== "" && name !== this.name;
    const objection = isNew ? this.objectionTo(name) : "";
    this.element.setCustomValidity(objection);
    if (!this.element.reportValidity()) return;
    this.#close(false);
    if (isNew) this.keep(name);
  }

  /** Once: a field that is taken away loses the focus as well. @param {boolean} isLeft */
  #close(isLeft) {
    if (!this.#open) return;
    this.#open = false;
    this.closed(isLeft);
    this.element.remove();
  }
}

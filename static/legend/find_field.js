/** The field that finds series by their names, where there are too many to look through. */
import { formatCount } from "../base/counts.js";
import { setText } from "../base/dom.js";

/** So many series are looked through without it. */
export const MANY = 20;

export class FindField {
  /** In small letters. @type {string[]} */
  #words = [];
  #field;
  #count;

  /**
   * @param {HTMLInputElement} field
   * @param {HTMLElement} count says how many it has found, of how many
   * @param {{changed: () => void, down: () => void, leave: () => void}} listener changed: others
   *   are wanted; down: the user goes on to what was found; leave: and away
   */
  constructor(field, count, listener) {
    this.#field = field;
    this.#count = count;
    this.listener = listener;
    field.addEventListener("input", () => this.#read());
    field.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") this.#escape();
    else if (event.key === "Enter" || event.key === "ArrowDown") this.listener.down();
    else return;
    event.preventDefault();
  }

  #escape() {
    if (!this.#field.value) return this.listener.leave();
    this.#field.value = "";
    this.#read();
  }

  #read() {
    this.#words = this.#field.value.toLowerCase().split(/\s+/).filter(Boolean);
    this.listener.changed();
  }

  focus() {
    if (this.#field.hidden) return;
    this.#field.focus();
    this.#field.select();
  }

  /** Is a series wanted? All words are parts of its name, or of what stands for it. */
  wants(/** @type {{name: string, whole: string}} */ { name, whole }) {
    if (this.#words.length === 0) return true;
    const text = `${whole}\n${name}`.toLowerCase();
    return this.#words.every((word) => text.includes(word));
  }

  /** Anything is asked for. */
  get isAsked() {
    return this.#words.length > 0;
  }

  /** @param {number} found @param {number} count of all */
  update(found, count) {
    const isThere = count > MANY;
    if (!isThere && this.#field.value) {
      this.#field.value = "";
      this.#read();
    }
    if (this.#field.hidden === isThere) this.#field.hidden = this.#count.hidden = !isThere;
    if (isThere)
      setText(
        this.#count,
        this.isAsked
          ? `${formatCount(found)} of ${formatCount(count)} series`
          : `${formatCount(count)} series`,
      );
  }
}

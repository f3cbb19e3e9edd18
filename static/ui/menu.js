/**
 * A button and its menu, as the ARIA practices describe them: arrows, Home, End and letters move,
 * Enter does, Escape goes back to the button. Keys that are meant for the menu do not reach the
 * plot.
 */
import { make } from "../base/dom.js";

/**
 * @typedef {object} Choice
 * @property {string} text
 * @property {string} [id] what tests and styles know it by
 * @property {() => void} [act]
 * @property {() => boolean} [shown] asked whenever the menu opens
 * @property {() => boolean} [enabled]
 *
 * @typedef {Choice | "line"} Item
 */

export class Menu {
  /** @type {{choice: Choice, element: HTMLButtonElement}[]} */
  #entries = [];

  /**
   * @param {HTMLElement} button
   * @param {HTMLElement} list of the items: empty, with `popover`
   * @param {Item[]} items
   */
  constructor(button, list, items) {
    this.button = button;
    this.list = list;
    list.append(...items.map((item) => (item === "line" ? line() : this.#entry(item))));
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => this.toggle());
    button.addEventListener("keydown", (event) => this.#onButtonKey(event));
    list.addEventListener("keydown", (event) => this.#onKey(event));
    list.addEventListener("toggle", (event) =>
      this.#toggled(/** @type {ToggleEvent} */ (event).newState === "open"),
    );
    list.addEventListener("focusout", (event) => this.#left(event));
  }

  toggle() {
    if (this.list.matches(":popover-open")) this.close();
    else this.open();
  }

  open() {
    for (const { choice, element } of this.#entries) {
      element.hidden = choice.shown?.() === false;
      element.setAttribute("aria-disabled", String(choice.enabled?.() === false));
    }
    this.list.showPopover();
    this.#visible()[0]?.focus();
  }

  /** Back to the button. */
  close() {
    this.list.hidePopover();
    this.button.focus();
  }

  /** @param {Choice} choice */
  #entry(choice) {
    const element = make("button", "", document.createTextNode(choice.text));
    element.type = "button";
    element.tabIndex = -1;
    element.setAttribute("role", "menuitem");
    if (choice.id) element.id = choice.id;
    element.addEventListener("click", () => this.#choose(choice));
    this.#entries.push({ choice, element });
    return element;
  }

  /** @param {Choice} choice */
  #choose(choice) {
    if (choice.enabled?.() === false) return;
    this.close();
    choice.act?.();
  }

  /** @param {boolean} open */
  #toggled(open) {
    this.button.setAttribute("aria-expanded", String(open));
  }

  /** @param {FocusEvent} event */
  #left(event) {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (to && !this.list.contains(to) && to !== this.button && this.list.matches(":popover-open"))
      this.list.hidePopover();
  }

  /** @param {KeyboardEvent} event */
  #onButtonKey(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    this.open();
    if (event.key === "ArrowUp") this.#visible().at(-1)?.focus();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    event.stopPropagation();
    const items = this.#visible();
    const at = items.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (event.key === "Escape") event.preventDefault();
    if (event.key === "Escape" || event.key === "Tab") return this.close();
    const next = nextItem(
      event.key,
      at,
      items.map((one) => one.textContent ?? ""),
    );
    if (next === null) return;
    event.preventDefault();
    items[next]?.focus();
  }

  #visible() {
    return this.#entries.filter(({ element }) => !element.hidden).map(({ element }) => element);
  }
}

/**
 * Where a key leads.
 * @param {string} key
 * @param {number} at
 * @param {string[]} texts
 * @returns {number | null}
 */
export function nextItem(key, at, texts) {
  const last = texts.length - 1;
  switch (key) {
    case "ArrowDown":
      return at === last ? 0 : at + 1;
    case "ArrowUp":
      return at <= 0 ? last : at - 1;
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return key.length === 1 && key !== " " ? nextBeginning(key.toLowerCase(), at, texts) : null;
  }
}

/** @param {string} letter @param {number} at @param {string[]} texts */
function nextBeginning(letter, at, texts) {
  for (let i = 1; i <= texts.length; i++) {
    const index = (at + i) % texts.length;
    if (texts[index]?.toLowerCase().startsWith(letter)) return index;
  }
  return null;
}

function line() {
  const element = make("div", "line");
  element.setAttribute("role", "separator");
  return element;
}

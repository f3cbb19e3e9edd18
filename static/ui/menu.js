/**
 * A menu, as the ARIA practices describe it: arrows, Home, End and letters move, Enter does, Escape
 * goes back to where it was opened. Keys that are meant for the menu do not reach the plot.
 */
import { focusedBeside, make, setText } from "../base/dom.js";

/**
 * @typedef {object} Choice
 * @property {string | (() => string)} text a function is asked whenever the menu opens
 * @property {string} [id] what tests and styles know it by
 * @property {() => void} [act]
 * @property {() => string} [ask] a question: it takes the place of the text, and only who chooses
 *   it again has said yes
 * @property {() => boolean} [shown] asked whenever the menu opens
 * @property {() => boolean} [enabled]
 * @property {() => boolean} [checked] of several, of which one is so: does this one hold?
 *
 * @typedef {Choice | "line"} Item
 *
 * @typedef {object} Entry
 * @property {Choice} choice
 * @property {HTMLButtonElement} element
 * @property {boolean} asked its question
 */

/** Pixels by which a menu is wider than its button at the right, and stands above it. */
const OVERHANG = 2;
const GAP = 1;
/** Of its height. */
const LEAST = 120;
const MARGIN = 8;

export class Menu {
  /** @type {Entry[]} */
  #entries = [];
  #items;
  /** Where the focus goes back to. @type {HTMLElement | null} */
  #opener = null;

  /**
   * @param {HTMLElement} list of the items: empty, with `popover`; they are made when it first opens
   * @param {Item[]} items
   */
  constructor(list, items) {
    this.list = list;
    this.#items = items;
    list.addEventListener("keydown", (event) => this.#onKey(event));
    list.addEventListener("focusout", (event) => this.#left(event));
    list.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  get isOpen() {
    return this.list.matches(":popover-open");
  }

  /** @param {HTMLElement} opener where the focus goes back to */
  open(opener) {
    this.#opener = opener;
    if (!this.#entries.length) this.#fill();
    for (const entry of this.#entries) refresh(entry);
    this.list.showPopover();
    this.#visible()[0]?.focus();
  }

  /** Back to where it was opened. */
  close() {
    this.list.hidePopover();
    this.#opener?.focus();
  }

  focusLast() {
    this.#visible().at(-1)?.focus();
  }

  /** Choose an item for the user, but for its question. @param {string} id */
  choose(id) {
    const entry = this.#entries.find(({ choice }) => choice.id === id);
    entry?.element.focus();
    if (entry) this.#choose(entry);
  }

  #fill() {
    this.list.append(...this.#items.map((item) => (item === "line" ? line() : this.#entry(item))));
  }

  /** @param {Choice} choice */
  #entry(choice) {
    const element = make("button", "");
    element.type = "button";
    element.tabIndex = -1;
    element.setAttribute("role", choice.checked ? "menuitemradio" : "menuitem");
    if (choice.id) element.id = choice.id;
    const entry = { choice, element, asked: false };
    element.addEventListener("click", () => this.#choose(entry));
    this.#entries.push(entry);
    return element;
  }

  /** @param {Entry} entry */
  #choose(entry) {
    const { choice, element, asked } = entry;
    if (choice.enabled?.() === false) return;
    if (choice.ask && !asked) {
      entry.asked = true;
      setText(element, choice.ask());
      return;
    }
    this.close();
    choice.act?.();
  }

  /** @param {FocusEvent} event */
  #left(event) {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (to && !this.list.contains(to) && to !== this.#opener && this.isOpen)
      this.list.hidePopover();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    event.stopPropagation();
    const items = this.#visible();
    const at = items.indexOf(/** @type {HTMLButtonElement} */ (focusedBeside(this.list)));
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

/** What an item says and is, before its question. @param {Entry} entry */
function refresh(entry) {
  const { choice, element } = entry;
  entry.asked = false;
  setText(element, typeof choice.text === "string" ? choice.text : choice.text());
  element.hidden = choice.shown?.() === false;
  element.setAttribute("aria-disabled", String(choice.enabled?.() === false));
  if (choice.checked) element.setAttribute("aria-checked", String(choice.checked()));
}

/** A menu that belongs to a button: a click or an arrow opens it. */
export class ButtonMenu extends Menu {
  /** @param {HTMLElement} button @param {HTMLElement} list @param {Item[]} items */
  constructor(button, list, items) {
    super(list, items);
    this.button = button;
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => this.toggle());
    button.addEventListener("keydown", (event) => this.#onButtonKey(event));
    list.addEventListener("toggle", (event) => {
      const { newState } = /** @type {ToggleEvent} */ (event);
      button.setAttribute("aria-expanded", String(newState === "open"));
    });
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open(this.button);
  }

  /** Above its button, wherever that is in the window. @override @param {HTMLElement} opener */
  open(opener) {
    const { clientWidth, clientHeight } = document.documentElement;
    const { top, right } = this.button.getBoundingClientRect();
    const { style } = this.list;
    style.right = `${Math.round(clientWidth - right) - OVERHANG}px`;
    style.bottom = `${Math.round(clientHeight - top) + GAP}px`;
    style.maxHeight = `${Math.max(LEAST, Math.round(top) - MARGIN)}px`;
    super.open(opener);
  }

  /** @param {KeyboardEvent} event */
  #onButtonKey(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    this.open(this.button);
    if (event.key === "ArrowUp") this.focusLast();
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

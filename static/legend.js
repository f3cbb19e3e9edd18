/**
 * The series by name: colour, newest value, hidden or shown. A button each: click hides or shows, Alt-click shows it
 * alone (and again: all). What is hidden is remembered by name, so that it survives a reconnection.
 */
import { make, setText, setTitle } from "./dom.js";

/**
 * @typedef {object} Item
 * @property {string} name
 * @property {string} color
 * @property {string} value
 * @property {string} tag a word beside its name
 * @property {string} note what else is to be said of it, shown on hover
 */

export class Legend {
  /** What the user has said, by name. @type {Map<string, boolean>} */
  #chosen = new Map();
  /** @type {Set<string>} */
  #hiddenAtFirst = new Set();
  /** @type {Row[]} */
  #rows = [];

  /**
   * @param {HTMLElement} element a list
   * @param {() => void} changed what is hidden has changed
   */
  constructor(element, changed) {
    this.element = element;
    this.changed = changed;
  }

  /** @param {string} name */
  isHidden(name) {
    return this.#chosen.get(name) ?? this.#hiddenAtFirst.has(name);
  }

  /** Those that are hidden until the user shows them. @param {Iterable<string>} names */
  hideAtFirst(names) {
    this.#hiddenAtFirst = new Set(names);
  }

  /** @param {Item[]} items */
  update(items) {
    if (items.length !== this.#rows.length) this.#rebuild(items.length);
    for (const [index, item] of items.entries()) this.#rows[index]?.update(item, this.isHidden(item.name));
  }

  /** @param {number} count */
  #rebuild(count) {
    this.#rows = Array.from({ length: count }, () => new Row((name, alone) => this.#click(name, alone)));
    this.element.replaceChildren(...this.#rows.map((row) => row.element));
  }

  /** @param {string} name @param {boolean} alone */
  #click(name, alone) {
    const names = this.#rows.map((row) => row.name);
    const hidden = nextHidden(new Set(names.filter((one) => this.isHidden(one))), names, name, alone);
    for (const one of names) if (hidden.has(one) !== this.isHidden(one)) this.#chosen.set(one, hidden.has(one));
    this.changed();
  }
}

/**
 * @param {Set<string>} hidden
 * @param {string[]} names
 * @param {string} name that is clicked
 * @param {boolean} alone
 * @returns {Set<string>}
 */
export function nextHidden(hidden, names, name, alone) {
  const others = names.filter((one) => one !== name);
  if (alone) return others.every((one) => hidden.has(one)) && !hidden.has(name) ? new Set() : new Set(others);
  const next = new Set(hidden);
  if (!next.delete(name)) next.add(name);
  return next;
}

class Row {
  name = "";
  #swatch = make("span", "swatch");
  #name = make("span", "name");
  #tag = make("span", "tag");
  #value = make("span", "value");
  #button = make("button", "series", this.#swatch, this.#name, this.#tag, this.#value);
  element = make("li", "", this.#button);
  #width = 0;
  #color = "";

  /** @param {(name: string, alone: boolean) => void} click */
  constructor(click) {
    this.#button.type = "button";
    this.#button.addEventListener("click", (event) => click(this.name, event.altKey));
  }

  /** @param {Item} item @param {boolean} hidden */
  update(item, hidden) {
    this.name = item.name;
    setText(this.#name, item.name);
    setText(this.#tag, item.tag);
    setText(this.#value, item.value);
    setTitle(this.#button, `${item.name}: ${item.note}\nClick hides or shows it, Alt-click shows it alone`);
    this.#button.setAttribute("aria-pressed", String(!hidden));
    this.#paint(item.color);
    this.#widen(item.value.length);
  }

  /** @param {string} color */
  #paint(color) {
    if (color === this.#color) return;
    this.#color = color;
    this.#swatch.style.setProperty("--color", color);
  }

  /** A value never takes back room that it once had: its neighbours stand still. @param {number} length */
  #widen(length) {
    if (length <= this.#width) return;
    this.#width = length;
    this.#value.style.minWidth = `${length}ch`;
  }
}

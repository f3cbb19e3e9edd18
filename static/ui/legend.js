/**
 * The series by name: colour, newest value, hidden or shown. A button each: click hides or shows,
 * Alt-click shows it alone (and again: all). What is hidden is remembered by name, so that it
 * survives a reconnection.
 */
import { make, setText, setTitle } from "../base/dom.js";

/**
 * @typedef {object} Item
 * @property {string} name
 * @property {string} color
 * @property {number[]} dashes of the line, in pixels; none: it is solid
 * @property {string} value
 * @property {string} tag a word beside its name
 * @property {string} note more about it, shown on hover
 */

export class Legend {
  /** What the user has chosen, by name. @type {Map<string, boolean>} */
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
    element.addEventListener("keydown", (event) => this.#press(event));
    element.addEventListener("focusin", ({ target }) =>
      this.#stopAt(this.#rows.find((row) => row.element.contains(/** @type {Node} */ (target)))),
    );
  }

  /** @param {string} name */
  isHidden(name) {
    return this.#chosen.get(name) ?? this.#hiddenAtFirst.has(name);
  }

  /** Those that are hidden until the user shows them. @param {Iterable<string>} names */
  hideAtFirst(names) {
    this.#hiddenAtFirst = new Set(names);
  }

  /** What was chosen for a series stays with it. @param {[string, string][]} renamed old and new */
  rename(renamed) {
    const moved = renamed.map(([from, to]) => /** @type {const} */ ([to, this.#chosen.get(from)]));
    for (const [name, hidden] of moved) if (hidden !== undefined) this.#chosen.set(name, hidden);
  }

  /** @param {Item[]} items */
  update(items) {
    this.#setCount(items.length);
    for (const [index, item] of items.entries())
      this.#rows[index]?.update(item, this.isHidden(item.name));
  }

  /** Rows that stay keep the focus that they may have. @param {number} count */
  #setCount(count) {
    for (const row of this.#rows.splice(count)) row.element.remove();
    for (let i = this.#rows.length; i < count; i++) this.#add();
    if (!this.#rows.some((row) => row.isStop)) this.#stopAt(this.#rows[0]);
  }

  #add() {
    const row = new Row((name, alone) => this.#click(name, alone));
    row.isStop = false;
    this.#rows.push(row);
    this.element.append(row.element);
  }

  /**
   * One stop for the Tab key; from there the arrow keys lead on.
   * @param {Row | undefined} chosen
   */
  #stopAt(chosen) {
    for (const row of this.#rows) row.isStop = row === chosen;
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const at = this.#rows.findIndex((row) =>
      row.element.contains(/** @type {Node} */ (event.target)),
    );
    const next = this.#rows[nextRow(event.key, at, this.#rows.length)];
    if (at < 0 || !next) return;
    event.preventDefault();
    event.stopPropagation();
    this.#stopAt(next);
    next.focus();
  }

  /** @param {string} name @param {boolean} alone */
  #click(name, alone) {
    const names = this.#rows.map((row) => row.name);
    const hidden = nextHidden(
      new Set(names.filter((one) => this.isHidden(one))),
      names,
      name,
      alone,
    );
    for (const one of names)
      if (hidden.has(one) !== this.isHidden(one)) this.#chosen.set(one, hidden.has(one));
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
  if (alone)
    return others.every((one) => hidden.has(one)) && !hidden.has(name)
      ? new Set()
      : new Set(others);
  const next = new Set(hidden);
  if (!next.delete(name)) next.add(name);
  return next;
}

/**
 * Where an arrow leads; -1: nowhere.
 * @param {string} key
 * @param {number} at
 * @param {number} count
 */
export function nextRow(key, at, count) {
  const goals = /** @type {Record<string, number>} */ ({
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: count - 1,
  });
  return Object.hasOwn(goals, key) ? /** @type {number} */ (goals[key]) : -1;
}

/** The line's dashes, side by side, as a background. @param {number[]} dashes */
function patternOf(dashes) {
  let at = 0;
  const stops = dashes.map((length, index) => {
    const color = index % 2 === 0 ? "var(--color)" : "transparent";
    const from = at;
    at += length;
    return `${color} ${from}px ${at}px`;
  });
  return `repeating-linear-gradient(to right, ${stops.join(", ")})`;
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
  #painted = "";

  /** @param {(name: string, alone: boolean) => void} click */
  constructor(click) {
    this.#button.type = "button";
    this.#button.addEventListener("click", (event) => click(this.name, event.altKey));
    // Not every browser sends a click for Alt+Enter, or one with altKey set.
    this.#button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.altKey || event.repeat) return;
      event.preventDefault();
      click(this.name, true);
    });
  }

  get isStop() {
    return this.#button.tabIndex === 0;
  }

  set isStop(stops) {
    this.#button.tabIndex = stops ? 0 : -1;
  }

  focus() {
    this.#button.focus();
  }

  /** @param {Item} item @param {boolean} hidden */
  update(item, hidden) {
    this.name = item.name;
    setText(this.#name, item.name);
    setText(this.#tag, item.tag);
    setText(this.#value, item.value);
    setTitle(
      this.#button,
      `${item.name}: ${item.note}\nClick or Enter hides or shows it, with Alt it is shown alone`,
    );
    this.#button.setAttribute("aria-pressed", String(!hidden));
    this.#paint(item.color, item.dashes);
    this.#widen(item.value.length);
  }

  /** @param {string} color @param {number[]} dashes */
  #paint(color, dashes) {
    const wanted = `${color} ${dashes}`;
    if (wanted === this.#painted) return;
    this.#painted = wanted;
    this.#swatch.classList.toggle("dashed", dashes.length > 0);
    this.#swatch.style.setProperty("--color", color);
    this.#swatch.style.setProperty(
      "--line",
      dashes.length > 0 ? patternOf(dashes) : "var(--color)",
    );
  }

  /**
   * A value never gives back room that it once had, so that its neighbours stand still.
   * @param {number} length
   */
  #widen(length) {
    if (length <= this.#width) return;
    this.#width = length;
    this.#value.style.minWidth = `${length}ch`;
  }
}

/**
 * The cards of all plots in the order that the user gave them, remembered for the service's
 * address. To move a card, the others are moved past it: so it keeps the pointer and the focus, and
 * with moveBefore no frame is loaded again.
 */
import { PlotCard } from "./plot_card.js";
import { setText } from "../base/dom.js";
import { arranged, movedTo, positionAfter, readMemory } from "./order.js";

const MEMORY = "zwsnb-plots";

export class PlotGrid {
  /** @type {Map<string, PlotCard>} */
  #cards = new Map();
  #memory;

  /**
   * @param {HTMLElement} element a list
   * @param {HTMLElement} spoken
   * @param {URL} address of the page
   */
  constructor(element, spoken, address) {
    this.element = element;
    this.spoken = spoken;
    this.address = address;
    this.key = `${MEMORY} ${address.origin}${address.pathname}`;
    this.#memory = readMemory(recall(this.key));
    this.#showColumns();
  }

  get columns() {
    return this.#memory.columns;
  }

  /** Names that are on the page, in order. */
  get names() {
    return this.#memory.order.filter((name) => this.#cards.has(name));
  }

  /** @param {number} columns */
  setColumns(columns) {
    this.#remember({ columns });
    this.#showColumns();
  }

  /** @param {Map<string, string>} plots titles by name */
  update(plots) {
    const present = [...plots.keys()];
    for (const name of [...this.#cards.keys()].filter((one) => !plots.has(one))) this.#remove(name);
    const order = arranged(this.#memory.order, present);
    if (order.some((name, at) => name !== this.#memory.order[at])) this.#remember({ order });
    for (const name of present) if (!this.#cards.has(name)) this.#add(name);
    for (const [name, title] of plots) this.#cards.get(name)?.setTitle(title);
    this.#mayLoad(true);
  }

  /** The service does not answer: nothing more is asked of its address, until the next update. */
  rest() {
    this.#mayLoad(false);
  }

  /** @param {boolean} may */
  #mayLoad(may) {
    for (const card of this.#cards.values()) card.mayLoad(may);
  }

  /** @param {string} name */
  #remove(name) {
    this.#cards.get(name)?.element.remove();
    this.#cards.delete(name);
  }

  /** @param {string} name */
  #add(name) {
    const card = new PlotCard(name, this.#addressOf(name), {
      dragged: (one, x, y) => this.#drag(one, x, y),
      keyed: (one, key) => this.#step(one, key),
    });
    this.#cards.set(name, card);
    const { names } = this;
    const next = this.#cards.get(names[names.indexOf(name) + 1] ?? "");
    this.element.insertBefore(card.element, next?.element ?? null);
  }

  /** @param {string} name */
  #addressOf(name) {
    const address = new URL("./", this.address);
    const theme = this.address.searchParams.get("theme");
    const token = this.address.searchParams.get("token") ?? "";
    address.search = String(new URLSearchParams({ token, plot: name, ...(theme && { theme }) }));
    return address.href;
  }

  /** @param {PlotCard} card @param {number} x @param {number} y */
  #drag(card, x, y) {
    const target = [...this.#cards.values()].find(
      (one) => one !== card && contains(one.element.getBoundingClientRect(), x, y),
    );
    if (target) this.#move(card, target.name);
  }

  /** @param {PlotCard} card @param {string} key */
  #step(card, key) {
    const { names } = this;
    const to = positionAfter(key, names.indexOf(card.name), names.length, this.columns);
    if (to === null) return false;
    this.#move(card, /** @type {string} */ (names[to]));
    card.element.scrollIntoView({ block: "nearest" });
    return true;
  }

  /** @param {PlotCard} card @param {string} target */
  #move(card, target) {
    this.#remember({ order: movedTo(this.#memory.order, card.name, target) });
    const { names } = this;
    /** @type {Element | null} */
    let next = null;
    for (const name of [...names].reverse()) {
      const { element } = /** @type {PlotCard} */ (this.#cards.get(name));
      if (name !== card.name && element.nextElementSibling !== next)
        insert(this.element, element, next);
      next = element;
    }
    setText(this.spoken, `${card.name}: place ${names.indexOf(card.name) + 1} of ${names.length}`);
  }

  /** @param {{order?: string[], columns?: number}} news */
  #remember(news) {
    this.#memory = { ...this.#memory, ...news };
    try {
      localStorage.setItem(this.key, JSON.stringify(this.#memory));
    } catch {
      // A frame without storage forgets; the page works all the same.
    }
  }

  #showColumns() {
    this.element.dataset.columns = String(this.columns);
  }
}

/** @param {string} key */
function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // A frame without storage.
  }
}

/**
 * Without loading frames again, where the browser can.
 * @param {Element} parent
 * @param {Element} element
 * @param {Element | null} before
 */
function insert(parent, element, before) {
  const able =
    /** @type {Element & {moveBefore?: (element: Element, before: Element | null) => void}} */ (
      parent
    );
  if (able.moveBefore) able.moveBefore(element, before);
  else parent.insertBefore(element, before);
}

/** @param {DOMRect} box @param {number} x @param {number} y */
function contains({ left, right, top, bottom }, x, y) {
  return x >= left && x <= right && y >= top && y <= bottom;
}

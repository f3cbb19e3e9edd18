/**
 * The newest values of some series as large figures, above the plot: each with its name, and how far
 * it has gone since the left end of what is seen. A tile never becomes narrower, so that nothing
 * moves when a digit comes or goes. Where there is no room for all, it is said how many are below.
 */
import { make, setText, setTitle } from "../base/dom.js";

/**
 * @typedef {object} Item what is shown of a series
 * @property {number} id
 * @property {string} label
 * @property {string} whole its name in full
 * @property {string} color
 * @property {string} figure its newest value
 * @property {{by: number, text: string}} change over what is seen
 * @property {{of: string, number: number}} series
 *
 * @typedef {object} Tile
 * @property {HTMLElement} element
 * @property {HTMLElement} name
 * @property {HTMLElement} value
 * @property {HTMLElement} change
 * @property {number} wide characters of the longest value
 */

/** Of a tile: what shows less of itself is not seen. */
const HALF = 0.5;
const [UP, DOWN, LEVEL] = ["▲", "▼", ""];

/**
 * The series that have tiles, in the order that was asked for; of each only the current runs.
 * @template {Pick<Item, "series">} T
 * @param {T[]} items
 * @param {import("../link/options.js").Options["tiles"]} tiles
 * @returns {T[]}
 */
export function chosen(items, tiles) {
  const current = items.filter(({ series }) => series.number === 0);
  if (tiles === "all") return current;
  return (tiles ?? []).flatMap((name) => current.filter(({ series }) => series.of === name));
}

export class Tiles {
  /** By the series' number. @type {Map<number, Tile>} */
  #tiles = new Map();
  /** Those that are scrolled away. @type {Set<Element>} */
  #unseen = new Set();
  /** @type {IntersectionObserver | null} */
  #observer = null;

  /** @param {HTMLElement} element that holds them */
  constructor(element) {
    this.element = element;
  }

  /** @param {Item[]} items */
  update(items) {
    const ids = new Set(items.map(({ id }) => id));
    for (const [id, { element }] of this.#tiles) if (!ids.has(id)) this.#remove(id, element);
    for (const [at, item] of items.entries()) this.#show(item, at);
    this.element.hidden = items.length === 0;
  }

  /** @param {number} id @param {HTMLElement} element */
  #remove(id, element) {
    this.#observer?.unobserve(element);
    element.remove();
    this.#tiles.delete(id);
    if (this.#unseen.delete(element)) this.#sayMore();
  }

  /** @param {Item} item @param {number} at its place */
  #show(item, at) {
    const tile = this.#tiles.get(item.id) ?? this.#add(item.id);
    const before = this.element.children[at] ?? null;
    if (before !== tile.element) this.element.insertBefore(tile.element, before);
    tile.element.style.setProperty("--color", item.color);
    setText(tile.name, item.label);
    setTitle(tile.name, item.whole);
    this.#write(tile, item);
  }

  /** @param {Tile} tile @param {Item} item */
  #write(tile, { figure: value, change }) {
    setText(tile.value, value);
    if (value.length > tile.wide) {
      tile.wide = value.length;
      tile.value.style.minWidth = `${value.length}ch`;
    }
    const arrow = change.by === 0 ? LEVEL : change.by > 0 ? UP : DOWN;
    setText(tile.change, arrow && `${arrow} ${change.text}`);
  }

  /** @param {number} id */
  #add(id) {
    const [name, value, change] = ["tile-name", "tile-value", "tile-change"].map((its) =>
      make("span", its),
    );
    const element = make("li", "tile", name, value, change);
    setTitle(change, "since the left end of what is seen");
    const tile = { element, name, value, change, wide: 0 };
    this.#tiles.set(id, tile);
    this.#observer ??= new IntersectionObserver((entries) => this.#look(entries), {
      root: this.element,
      threshold: HALF,
    });
    this.#observer.observe(element);
    return tile;
  }

  /** @param {Pick<IntersectionObserverEntry, "target" | "isIntersecting">[]} entries */
  #look(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#unseen.delete(target);
      else this.#unseen.add(target);
    }
    this.#sayMore();
  }

  #sayMore() {
    const { size } = this.#unseen;
    if (size > 0) this.element.dataset.more = `+${size}`;
    else delete this.element.dataset.more;
  }
}

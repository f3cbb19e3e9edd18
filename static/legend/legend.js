/**
 * The series by name: colour, newest value, hidden or shown. A button each: click hides or shows,
 * Alt-click shows it alone (and again: all); a menu and keys rename and remove it. What is hidden
 * is remembered by name, so that it survives a reconnection; what is renamed and removed is so for
 * all pages, when the relay says so. With several panels each has those of its series, in a list of
 * its own.
 */
import { byId, focusedBeside } from "../base/dom.js";
import { FindField } from "./find_field.js";
import { Fold, foldedOf } from "./fold.js";
import { Place } from "./place.js";
import { Row } from "./row.js";
import { SeriesMenu } from "./series_menu.js";
import { Sight } from "./sight.js";

/**
 * @typedef {import("../ui/status_board.js").Item} Item
 * @typedef {Pick<import("../link/session.js").Session,
 *   "connection" | "model" | "options" | "request" | "edits">} Session
 */

export class Legend {
  /** What the user has chosen, by name. @type {Map<string, boolean>} */
  #chosen = new Map();
  /** @type {Set<string>} */
  #hiddenAtFirst = new Set();
  /** @type {Row[]} */
  #rows = [];
  /** The last ones. @type {Item[]} */
  #items = [];
  #menu;
  #fold = new Fold(() => this.#showRows());
  #find;
  #place;
  #sight;
  /** Which rows there are, as text. */
  #list = "";
  /** Of those that are folded. @type {Set<number>} */
  #folded = new Set();
  /** Lists of rows, the page's and those of panels. @type {WeakSet<HTMLElement>} */
  #lists = new WeakSet();

  /**
   * @param {import("../base/scope.js").Scope} scope
   * @param {Session} session
   * @param {() => void} changed what is hidden has changed
   */
  constructor(scope, session, changed) {
    const { root, signal } = scope;
    const element = byId(root, "legend");
    this.element = element;
    this.session = session;
    this.changed = changed;
    this.#place = new Place(scope);
    this.#sight = new Sight(signal);
    this.#find = new FindField(
      /** @type {HTMLInputElement} */ (byId(root, "find")),
      byId(root, "found"),
      {
        changed: () => this.#showRows(),
        down: () => this.#shown[0]?.focus(),
        leave: () => byId(root, "plot").focus(),
      },
    );
    this.#menu = new SeriesMenu(byId(root, "series-menu"), signal, {
      rowOf: (target) => this.#rowOf(target),
      isHidden: (name) => this.isHidden(name),
      isAlone: (name) => this.#nextHidden(name, true).size === 0,
      hasOthers: () => this.#rows.length > 1,
      canEdit: () => session.connection.name === "live",
      mayEdit: () => session.edits,
      toggle: (row, alone) => this.#toggle(row, alone),
      smooth: (row) =>
        row.smooth(signal, (weight) => session.request({ type: "smooth", id: row.id, weight })),
      rename: (row) => this.#rename(row),
      remove: ({ id }) => session.request({ type: "remove", id }),
    });
    this.#listen(element);
  }

  /** @param {HTMLElement} list */
  #listen(list) {
    if (this.#lists.has(list)) return;
    this.#lists.add(list);
    this.#menu.listen(list);
    list.addEventListener("keydown", (event) => this.#press(event));
    list.addEventListener("focusin", ({ target }) => this.#stopAt(this.#rowOf(target)));
  }

  /** @param {EventTarget | null} target */
  #rowOf(target) {
    return this.#rows.find(({ element }) => element.contains(/** @type {Node} */ (target)));
  }

  /** @param {string} name */
  isHidden(name) {
    return this.#chosen.get(name) ?? this.#hiddenAtFirst.has(name);
  }

  /** By name, whether the user has hidden a series or shown it. @returns {[string, boolean][]} */
  get chosen() {
    return [...this.#chosen];
  }

  set chosen(chosen) {
    this.#chosen = new Map(chosen);
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

  /** @param {Item[]} unsorted */
  update(unsorted) {
    const items = [...unsorted].sort((a, b) => a.panel - b.panel);
    this.#items = items;
    const list = items.map(({ id, whole, panel }) => `${id} ${panel} ${whole}`).join("\n");
    const isNew = list !== this.#list || items.some((one, at) => !this.#isInPlace(one, at));
    this.#list = list;
    if (isNew) this.#arrange(items);
    for (const [index, item] of items.entries())
      this.#rows[index]?.update(item, this.isHidden(item.name));
    if (isNew) this.#folded = foldedOf(items);
    // A row that is to be out of sight waits until it has lost the focus.
    if (isNew || this.#folded.size > 0 || this.#find.isAsked) this.#showRows();
    const isOne = items.every((one) => one.list === null);
    this.#place.update(this.session.options.legend, items.length - this.#folded.size, isOne);
  }

  /** @param {Item} item @param {number} at */
  #isInPlace({ list }, at) {
    return this.#rows[at]?.element.parentElement === (list ?? this.element);
  }

  /** Let the user find a series by its name, where there are many. */
  find() {
    this.#find.focus();
  }

  /** Those that are not folded, or those that are looked for; and the row that has the focus. */
  #showRows() {
    const { isAsked } = this.#find;
    const isFolded = (/** @type {Row} */ { id }) =>
      !isAsked && !this.#fold.isOpen && this.#folded.has(id);
    const focused = this.#rowOf(focusedBeside(this.element));
    let found = 0;
    for (const row of this.#rows) {
      const isWanted = this.#find.wants(row);
      found += Number(isWanted);
      row.element.hidden = row !== focused && (isFolded(row) || !isWanted);
    }
    this.#showFold(isAsked ? 0 : this.#folded.size);
    this.#find.update(found, this.#rows.length);
    const shown = this.#shown;
    if (!shown.some((row) => row.isStop)) this.#stopAt(shown[0]);
  }

  /** @param {number} count */
  #showFold(count) {
    this.#fold.update(count);
    if (count === 0) this.#fold.element.remove();
    else if (!this.#fold.element.isConnected) this.element.append(this.#fold.element);
  }

  get #shown() {
    return this.#rows.filter(({ element }) => !element.hidden);
  }

  /** A series keeps its row, and the focus that it may have. @param {Item[]} items */
  #arrange(items) {
    const before = this.#rows;
    const known = new Map(before.map((row) => [row.id, row]));
    this.#rows = items.map(({ id }) => known.get(id) ?? this.#made());
    const kept = new Set(this.#rows);
    for (const [index, row] of before.entries()) if (!kept.has(row)) this.#drop(row, index);
    /** How many rows each list has so far. @type {Map<HTMLElement, number>} */
    const counts = new Map();
    for (const [index, { list }] of items.entries())
      this.#put(/** @type {Row} */ (this.#rows[index]).element, list ?? this.element, counts);
  }

  /** @param {HTMLElement} row @param {HTMLElement} list @param {Map<HTMLElement, number>} counts */
  #put(row, list, counts) {
    this.#listen(list);
    const at = counts.get(list) ?? 0;
    counts.set(list, at + 1);
    const there = list.children[at] ?? null;
    if (there !== row) list.insertBefore(row, there);
  }

  #made() {
    const row = new Row((clicked, alone) => this.#toggle(clicked, alone));
    row.isStop = false;
    this.#sight.watch(row.element, (isSeen) => this.#setSeen(row, isSeen));
    return row;
  }

  /** @param {Row} row @param {boolean} isSeen */
  #setSeen(row, isSeen) {
    row.isSeen = isSeen;
    const item = isSeen && this.#items.find(({ id }) => id === row.id);
    if (item) row.update(item, this.isHidden(item.name));
  }

  /** The focus of a row that goes is its neighbour's. @param {Row} row @param {number} index */
  #drop(row, index) {
    this.#menu.forget(row);
    const hadFocus = row.element.contains(focusedBeside(this.element));
    row.element.remove();
    this.#sight.forget(row.element);
    if (hadFocus) this.#rows[Math.min(index, this.#rows.length - 1)]?.focus();
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
    const row = this.#rowOf(event.target);
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.#command(event, row)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event @param {Row} row @returns {boolean} the key is the legend's */
  #command({ key, shiftKey }, row) {
    if (key === "ContextMenu" || (key === "F10" && shiftKey)) this.#menu.open(row);
    else if (shiftKey) return false;
    else if (key === "F2") this.#rename(row);
    else if (key === "Delete") this.#menu.askToRemove(row);
    else return this.#move(key, row);
    return true;
  }

  /** @param {string} key @param {Row} row where the focus is */
  #move(key, row) {
    const shown = this.#shown;
    const next = shown[nextRow(key, shown.indexOf(row), shown.length)];
    if (next) this.#stopAt(next);
    next?.focus();
    return Boolean(next);
  }

  /** @param {Row} row */
  #rename(row) {
    const { connection, model, edits } = this.session;
    if (!edits) return this.#menu.open(row); // which says why not
    if (connection.name !== "live") return;
    row.rename(
      (name) => (model.byName.has(name) ? `There is a series “${name}” already.` : ""),
      (to) => this.session.request({ type: "rename", id: row.id, to }),
    );
  }

  /** @param {Row} row @param {boolean} alone */
  #toggle({ name }, alone) {
    const hidden = this.#nextHidden(name, alone);
    for (const { name: one } of this.#rows)
      if (hidden.has(one) !== this.isHidden(one)) this.#chosen.set(one, hidden.has(one));
    this.changed();
  }

  /** What would be hidden then. @param {string} name that is clicked @param {boolean} alone */
  #nextHidden(name, alone) {
    const names = this.#rows.map((row) => row.name);
    return nextHidden(new Set(names.filter((one) => this.isHidden(one))), names, name, alone);
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

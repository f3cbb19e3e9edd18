/**
 * The readout over the plot: the values at the crosshair, one row a series; the statistics between
 * two marks. It stands in the corner where it hides least, takes no clicks, and shows in a small
 * frame only what fits there.
 */
import { make, setText } from "../base/dom.js";
import { observe } from "../base/scope.js";

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} brief the same where there is hardly any room
 * @property {string} color
 * @property {string} value
 * @property {string} short the same in few digits
 * @property {boolean} exact false: the nearest that the page knows
 * @property {number} distance in pixels from what is pointed at, to choose by
 *
 * @typedef {object} Measured
 * @property {[string, string][]} differences
 * @property {FigureRow[]} rows
 * @property {string} note "computing…", "of what is held"
 *
 * @typedef {object} FigureRow
 * @property {string} name
 * @property {string} brief
 * @property {string} color
 * @property {string[]} figures as many as FIGURES
 *
 * @typedef {object} Content
 * @property {string} at the x of the crosshair; empty: there is none
 * @property {Row[]} rows
 * @property {Measured | null} measured
 *
 * @typedef {"wide" | "narrow" | "tiny"} Room
 */

export const FIGURES = ["mean", "min", "max", "sd", "n"];
const ROW_HEIGHT = 16;
const PADDING = 13;
const NARROW = 430;
const TINY = 300;
const LOW = 90;
const LOW_AND_NARROW = 150;
const ROOM_FOR_FIGURES = 130;

/** How much is shown. @param {{width: number, height: number}} area @returns {Room} */
export function roomIn({ width, height }) {
  // A frame that is low and broad has room for a table beside its lines.
  if (width < TINY || height < (width < NARROW ? LOW_AND_NARROW : LOW)) return "tiny";
  return width < NARROW ? "narrow" : "wide";
}

/**
 * How many rows of the crosshair, and how many of statistics, have room beside the other lines.
 * @param {{width: number, height: number}} area
 * @param {boolean} measured
 * @returns {{rows: number, figures: number}}
 */
export function rowsIn(area, measured) {
  const room = roomIn(area);
  if (room === "tiny") return { rows: 1, figures: Number(area.height > ROOM_FOR_FIGURES) };
  const lines = Math.floor((area.height - PADDING) / ROW_HEIGHT);
  if (!measured)
    return { rows: Math.max(1, Math.floor(room === "wide" ? lines : lines * 0.6) - 2), figures: 0 };
  // The crosshair's x, differences, the head of the statistics, a note.
  const rest = Math.max(1, lines - (room === "wide" ? 4 : 5));
  return { rows: Math.floor(rest / 2), figures: Math.ceil(rest / 2) };
}

/**
 * Those nearest to the pointer, in the order they have.
 * @template {{distance: number}} T
 * @param {T[]} rows
 * @param {number} most
 */
export function nearestRows(rows, most) {
  if (rows.length <= most) return rows;
  const limit = [...rows].sort((a, b) => a.distance - b.distance).slice(0, most);
  return rows.filter((row) => limit.includes(row));
}

export class Readout {
  #at = make("p", "at");
  #rows = make("table", "rows");
  #more = make("p", "more");
  #differences = make("dl", "differences");
  #figures = make("table", "figures");
  #note = make("p", "note");
  #element = make(
    "div",
    "",
    this.#at,
    this.#rows,
    this.#more,
    this.#differences,
    this.#figures,
    this.#note,
  );
  #size = { width: 0, height: 0 };

  /**
   * @param {Element} host that holds #plot
   * @param {() => void} resized it needs another position, before it is seen
   * @param {AbortSignal} signal
   */
  constructor(host, resized, signal) {
    this.resized = resized;
    this.#element.id = "readout";
    this.#element.hidden = true;
    host.append(this.#element);
    observe(new ResizeObserver(() => this.#measure()), this.#element, signal);
  }

  #measure() {
    this.#size = { width: this.#element.offsetWidth, height: this.#element.offsetHeight };
    if (!this.#element.hidden) this.resized();
  }

  get size() {
    return this.#size;
  }

  /** All that it shows. */
  get text() {
    // biome-ignore lint/performance/useDomNodeTextContent: it has line breaks, and nothing hidden
    return this.#element.hidden ? "" : this.#element.innerText;
  }

  /**
   * @param {{left: number, top: number}} at pixels of #plot
   * @param {number} most pixels that it may be wide
   */
  moveTo({ left, top }, most) {
    const maxWidth = `${Math.floor(most)}px`;
    if (this.#element.style.maxWidth !== maxWidth) this.#element.style.maxWidth = maxWidth;
    const transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    if (this.#element.style.transform !== transform) this.#element.style.transform = transform;
  }

  hide() {
    this.#element.hidden = true;
  }

  /** @param {Content} content @param {{width: number, height: number}} area */
  show({ at, rows, measured }, area) {
    const room = roomIn(area);
    this.#element.dataset.room = room;
    const most = rowsIn(area, measured !== null);
    const seen = at ? nearestRows(rows, most.rows) : [];
    setText(this.#at, at);
    fillTable(
      this.#rows,
      seen.map((row) => [named(row, room), [room === "tiny" ? row.short : row.value]]),
    );
    for (const [index, line] of [...this.#rows.rows].entries())
      line.classList.toggle("about", !seen[index]?.exact);
    setText(
      this.#more,
      seen.length < rows.length && at && room !== "tiny"
        ? `and ${rows.length - seen.length} more`
        : "",
    );
    this.#showMeasured(measured, most.figures, room);
    this.#element.hidden = !at && !measured;
  }

  /** @param {Measured | null} measured @param {number} most rows @param {Room} room */
  #showMeasured(measured, most, room) {
    const pairs = measured ? measured.differences.slice(0, room === "tiny" ? 2 : undefined) : [];
    fillList(this.#differences, pairs);
    const rows = (measured?.rows ?? []).slice(0, most);
    const columns = FIGURES.map((_, index) => index).filter(
      (index) => room === "wide" || index < 3,
    );
    const used = room === "tiny" ? [0] : columns;
    const lines = /** @type {[{name: string, color: string}, string[]][]} */ (
      rows.map((row) => [named(row, room), used.map((index) => row.figures[index] ?? "")])
    );
    fillTable(
      this.#figures,
      lines,
      rows.length > 0 ? used.map((index) => FIGURES[index] ?? "") : [],
    );
    setText(
      this.#note,
      room === "tiny" && measured?.rows.length ? "" : noteOf(measured, rows.length),
    );
  }
}

/** @param {{name: string, brief: string, color: string}} row @param {Room} room */
function named({ name, brief, color }, room) {
  return { name: room === "tiny" ? brief : name, color };
}

/** @param {Measured | null} measured @param {number} shown rows */
function noteOf(measured, shown) {
  if (!measured) return "";
  const more = measured.rows.length - shown;
  return [measured.note, more > 0 ? `and ${more} more` : ""].filter(Boolean).join(", ");
}

/**
 * @param {HTMLTableElement} table
 * @param {[{name: string, color: string}, string[]][]} rows
 * @param {string[]} heads of the columns after the name
 */
function fillTable(table, rows, heads = []) {
  const headed = heads.length > 0 ? 1 : 0;
  fit(table, rows.length + headed, () => document.createElement("tr"));
  if (headed) fillHead(/** @type {HTMLTableRowElement} */ (table.rows[0]), heads);
  for (const [index, [{ name, color }, values]] of rows.entries()) {
    const line = /** @type {HTMLTableRowElement} */ (table.rows[index + headed]);
    if (line.children[0]?.tagName === "TD" || line.childElementCount === 0)
      line.replaceChildren(nameCell());
    fillName(/** @type {Element} */ (line.children[0]), name, color);
    fit(line, values.length + 1, () => document.createElement("td"));
    for (const [at, value] of values.entries())
      setText(/** @type {Element} */ (line.children[at + 1]), value);
  }
}

/** @param {HTMLTableRowElement} line @param {string[]} heads */
function fillHead(line, heads) {
  if (line.children[0]?.tagName !== "TD") line.replaceChildren(document.createElement("td"));
  fit(line, heads.length + 1, () => document.createElement("td"));
  for (const [at, head] of heads.entries())
    setText(/** @type {Element} */ (line.children[at + 1]), head);
}

function nameCell() {
  const cell = make("th", "", make("span", "swatch"), make("span", "name"));
  cell.scope = "row";
  return cell;
}

/** @param {Element} cell @param {string} name @param {string} color */
function fillName(cell, name, color) {
  const [swatch, text] = /** @type {[HTMLElement, HTMLElement]} */ (
    /** @type {unknown} */ (cell.children)
  );
  if (swatch.style.getPropertyValue("--color") !== color)
    swatch.style.setProperty("--color", color);
  setText(text, name);
}

/** @param {HTMLDListElement} list @param {[string, string][]} pairs */
function fillList(list, pairs) {
  fit(list, pairs.length, () => make("div", "", make("dt", ""), make("dd", "")));
  for (const [index, [name, value]] of pairs.entries()) {
    const { children } = /** @type {Element} */ (list.children[index]);
    setText(/** @type {Element} */ (children[0]), name);
    setText(/** @type {Element} */ (children[1]), value);
  }
}

/**
 * As many children as that.
 * @param {Element} parent
 * @param {number} count
 * @param {() => Element} another
 */
function fit(parent, count, another) {
  const host =
    parent instanceof HTMLTableElement ? (parent.tBodies[0] ?? parent.createTBody()) : parent;
  while (host.childElementCount > count) host.lastElementChild?.remove();
  while (host.childElementCount < count) host.append(another());
}

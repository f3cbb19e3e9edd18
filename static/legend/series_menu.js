/**
 * What can be done with a series, in a menu that opens where it was asked for: by the right button,
 * a long press, or a key.
 */
import { formatCount } from "../base/counts.js";
import { make, setText } from "../base/dom.js";
import { Menu } from "../ui/menu.js";
import { onLongPress } from "./long_press.js";

/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("../base/shapes.js").Spot} Spot */

/**
 * @typedef {object} Actions
 * @property {(target: EventTarget | null) => Row | undefined} rowOf
 * @property {(name: string) => boolean} isHidden
 * @property {(name: string) => boolean} isAlone is it the only one that is shown?
 * @property {() => boolean} hasOthers are there several?
 * @property {() => boolean} canEdit now
 * @property {() => boolean} mayEdit at all
 * @property {(row: Row, alone: boolean) => void} toggle
 * @property {(row: Row) => void} smooth
 * @property {(row: Row) => void} rename
 * @property {(row: Row) => void} remove
 */

const ONLY_LOOKS =
  "This page only looks: series are smoothed, renamed and removed on a page of the program that " +
  "may do more, as that at the address which %zwsnb gives.";

/** Pixels to the edges of the page. */
const MARGIN = 4;

export class SeriesMenu {
  /** Whose it is while it is open. @type {Row | null} */
  #row = null;
  #menu;
  /** The whole name, where the row has not room for it. */
  #head = make("p", "whole");

  /**
   * @param {HTMLElement} list of the items: empty, with `popover="manual"`, for one that closes by
   *   itself would do so when the right button is released
   * @param {AbortSignal} signal
   * @param {Actions} actions
   */
  constructor(list, signal, actions) {
    this.list = list;
    this.signal = signal;
    this.actions = actions;
    list.append(this.#head);
    this.#menu = new Menu(list, this.#items());
    // The path, for the target that a document sees of a shadow root is its host.
    document.addEventListener(
      "pointerdown",
      (event) => event.composedPath().includes(list) || this.#hide(),
      { signal },
    );
  }

  /** Be asked for in a legend. @param {HTMLElement} legend */
  listen(legend) {
    legend.addEventListener("contextmenu", (event) => this.#asked(event));
    onLongPress(legend, (event) => this.#asked(event), this.signal);
  }

  /** @returns {import("../ui/menu.js").Item[]} */
  #items() {
    const { actions } = this;
    const its = (/** @type {(row: Row) => void} */ act) => () => {
      if (this.#row) act(this.#row);
    };
    const name = () => this.#row?.name ?? "";
    return [
      {
        id: "series-hide",
        text: () => (actions.isHidden(name()) ? "Show" : "Hide"),
        act: its((row) => actions.toggle(row, false)),
      },
      {
        id: "series-alone",
        text: () => (actions.isAlone(name()) ? "Show all" : "Show alone"),
        shown: actions.hasOthers,
        act: its((row) => actions.toggle(row, true)),
      },
      "line",
      {
        id: "series-smooth",
        text: "Smooth…",
        shown: actions.mayEdit,
        enabled: actions.canEdit,
        act: its(actions.smooth),
      },
      {
        id: "series-rename",
        text: "Rename…",
        shown: actions.mayEdit,
        enabled: actions.canEdit,
        act: its(actions.rename),
      },
      {
        id: "series-remove",
        text: "Remove",
        ask: () => `Remove ${pointsOf(this.#row)}?`,
        shown: actions.mayEdit,
        enabled: actions.canEdit,
        act: its(actions.remove),
      },
      {
        id: "series-only-looks",
        text: ONLY_LOOKS,
        shown: () => !actions.mayEdit(),
        enabled: () => false,
      },
    ];
  }

  /** @param {MouseEvent} event */
  #asked(event) {
    const row = this.actions.rowOf(event.target);
    if (!row || row.isRenamed) return;
    event.preventDefault();
    // A finger that rests asks twice, the second time by the browser.
    if (this.#menu.isOpen && row === this.#row) return;
    this.open(row, { x: event.clientX, y: event.clientY });
  }

  /** @param {Row} row @param {Spot} spot on the page: below the row, if nothing else is said */
  open(row, spot = below(row.button)) {
    this.#row = row;
    this.list.setAttribute("aria-label", row.name);
    setText(this.#head, row.whole === row.name ? row.name : `${row.whole} (${row.name})`);
    this.#head.hidden = row.label === row.name;
    this.#menu.open(row.button);
    const { offsetWidth, offsetHeight, style } = this.list;
    style.left = `${within(spot.x, innerWidth - offsetWidth)}px`;
    style.top = `${within(spot.y, innerHeight - offsetHeight)}px`;
  }

  /** @param {Row} row */
  askToRemove(row) {
    this.open(row);
    this.#menu.choose("series-remove");
  }

  /** Its series is there no more. @param {Row} row */
  forget(row) {
    if (row === this.#row) this.#hide();
  }

  #hide() {
    if (this.#menu.isOpen) this.list.hidePopover();
  }
}

/** @param {HTMLElement} element @returns {Spot} */
function below(element) {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom };
}

/** @param {number} value @param {number} room */
function within(value, room) {
  return Math.max(MARGIN, Math.min(value, room - MARGIN));
}

/** @param {Row | null} row */
function pointsOf(row) {
  const points = row?.points ?? 0;
  return `${formatCount(points)} point${points === 1 ? "" : "s"}`;
}

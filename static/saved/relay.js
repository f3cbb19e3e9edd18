/**
 * The relay of a page that has none: it answers from what is in the file, by the same messages.
 */
import { encodeImage } from "../image/image_wire.js";
import { encodePatch } from "../link/wire.js";
import { measured, nearest } from "./answers.js";
import { csvText } from "./csv_text.js";
import { shownImage } from "./imaged.js";
import { shownOf, visibleIn } from "./looked.js";
import { SavedSocket } from "./saved_socket.js";

/**
 * @typedef {import("./embedded.js").Saved} Saved
 * @typedef {import("../link/messages.js").PageMessage} PageMessage
 */

export const COARSE = "the file holds no more points here";

export class SavedRelay {
  /** What the page has been sent: a view, without whether it is paused. */
  #sent = "";
  #patches = 0;
  /** The page has seen the sweeps before the last one. */
  #isPlayed = false;
  #isCoarse = false;

  /** @param {Saved} saved */
  constructor(saved) {
    this.saved = saved;
  }

  /** A connection, on which the first words are those of then. */
  open() {
    this.#sent = "";
    this.#isCoarse = this.#isPlayed = false;
    const greeting = this.saved.head.messages.map((message) => JSON.stringify(message));
    return new SavedSocket(greeting, (message) => this.#answer(message));
  }

  /**
   * What a relay serves by HTTP, by names of routes.
   * @param {string} address
   */
  async fetch(address) {
    const { pathname, searchParams } = new URL(address, "file:///");
    const { head } = this.saved;
    if (pathname === "/plot") return new Response(JSON.stringify({ points: head.points }));
    if (pathname !== "/csv") return new Response("The file has no such thing.", { status: 404 });
    const { text, rows } = csvText(this.saved, rangeIn(searchParams));
    return new Response(text, { headers: { "X-Zwsnb-Rows": String(rows) } });
  }

  /** @param {PageMessage} message @returns {(string | ArrayBuffer)[]} */
  #answer(message) {
    switch (message.type) {
      case "view":
        return this.#show(message);
      case "read": {
        const points = this.saved.series.flatMap((one) => nearest(one, message.x));
        return [JSON.stringify({ type: "read", id: message.id, x: message.x, points })];
      }
      case "measure": {
        const { id, from, to } = message;
        const series = this.saved.series.map((one) => measured(one, from, to));
        return [JSON.stringify({ type: "measure", id, from, to, series })];
      }
      default:
        return [];
    }
  }

  /** @param {import("../link/messages.js").ViewMessage} view */
  #show({ paused, ...view }) {
    const text = JSON.stringify(view);
    if (paused || text === this.#sent) return [];
    const sweeps = this.#sweepsIn(view);
    this.#sent = text;
    if (sweeps.length === 0) return [...this.#noSweep(), ...this.#look({ paused, ...view })];
    return sweeps.flatMap((sweep) => [
      JSON.stringify(sweep),
      ...this.#look({ ...view, paused, mode: "range", from: sweep.from, to: sweep.to }),
    ]);
  }

  /**
   * Those that a view shows one after the other: all at first, and then the last one.
   * @param {Pick<import("../link/messages.js").ViewMessage, "mode"> & {window?: number | null}} view
   */
  #sweepsIn({ mode, window }) {
    const { sweeps = [], window: width } = this.saved.head;
    if (mode !== "follow" || window !== width) return [];
    const shown = this.#isPlayed ? sweeps.slice(-1) : sweeps;
    this.#isPlayed = true;
    return shown;
  }

  #noSweep() {
    const { sweeps = [] } = this.saved.head;
    return sweeps.length > 0 ? [JSON.stringify({ type: "sweep", number: null, first: 0 })] : [];
  }

  /** @param {import("../link/messages.js").ViewMessage} view */
  #look(view) {
    const { head, series, image } = this.saved;
    const visible = visibleIn(view, head, series, image?.x);
    const shown = series.map((one) => shownOf(one, visible));
    const entries = series.map((one, at) =>
      entryOf(one, /** @type {import("./looked.js").Shown} */ (shown[at])),
    );
    const imaged = image && shownImage(image, visible, view.height);
    const isCoarse = shown.some((one) => one.isCoarse) || imaged?.isCoarse === true;
    this.#patches += 1;
    const sent = imaged ? [encodeImage({ ...imaged.patch, number: this.#patches })] : [];
    return [...this.#note(isCoarse), ...sent, this.#patch(entries)];
  }

  /** What is said when the file goes no further. @param {boolean} isCoarse */
  #note(isCoarse) {
    if (isCoarse === this.#isCoarse) return [];
    this.#isCoarse = isCoarse;
    const { head } = this.saved;
    const status = head.messages.find((/** @type {any} */ { type }) => type === "status");
    return [JSON.stringify({ ...status, notices: isCoarse ? [COARSE] : [] })];
  }

  /** @param {import("../link/wire.js").Entry[]} entries */
  #patch(entries) {
    const { head, series, image } = this.saved;
    const [xMin, xMax] = head.x_range;
    const held = series.reduce((sum, { vertices }) => sum + vertices, image?.columns ?? 0);
    return encodePatch({
      number: this.#patches,
      fresh: true,
      time: NaN,
      xMin: xMin ?? NaN,
      xMax: xMax ?? NaN,
      points: head.points,
      conflated: Math.max(0, head.points - held),
      rest: 0,
      entries,
    });
  }
}

/**
 * @param {import("./embedded.js").HeldSeries} series
 * @param {import("./looked.js").Shown} shown
 * @returns {import("../link/wire.js").Entry}
 */
function entryOf({ id, points, last, x_range, marks, dots, exact }, { kind, vertices }) {
  const [lastX, lastY] = last;
  const [xMin, xMax] = x_range;
  const inSight = exact > 0 ? points : vertices.length / 2;
  return {
    ...{ id, kind, drop: 0, keep: 0, vertices, points, lastX, lastY: lastY ?? NaN, xMin, xMax },
    ...(marks &&
      dots && {
        marks: {
          values: dots,
          colors: rangeOf(marks.colors),
          sizes: rangeOf(marks.sizes),
          inSight,
          cell: marks.cell ?? [NaN, NaN],
        },
      }),
  };
}

/** @param {(number | null)[]} ends @returns {[number, number]} */
function rangeOf([low, high]) {
  return [low ?? NaN, high ?? NaN];
}

/** Ends of x, counted as the page has them. @param {URLSearchParams} query @returns {[number, number]} */
function rangeIn(query) {
  return [Number(query.get("from") ?? -Infinity), Number(query.get("to") ?? Infinity)];
}

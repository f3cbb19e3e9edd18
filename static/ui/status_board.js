/**
 * What is around the plot in words: its title and legend, the status line, the buttons. All of it
 * is written a few times a second; that the plot is empty, or the connection lost, is shown with
 * the next frame.
 */
import { countedIn, thinnedIn } from "../scatter/marks.js";
import { Advance } from "./advance.js";
import { Alerts } from "../steer/alerts.js";
import { Announcer } from "./announcer.js";
import { Bars } from "./bars.js";
import { byId, setText, setTitle } from "../base/dom.js";
import { Controls } from "../steer/controls.js";
import { Rate } from "../link/meters.js";
import { isSpectrum } from "../link/options.js";
import { SeriesItem } from "./series_item.js";
import { StatusLine } from "./status_line.js";
import { chosen, Tiles } from "./tiles.js";
import { TriggerMenu } from "./trigger_menu.js";
import { formatSix, formatTime, formatX, measureIn } from "../base/readings_text.js";
import { isLive } from "../view/state.js";

/** @typedef {import("../view/state.js").PageView} PageView */

/**
 * @typedef {Pick<SeriesItem, "id" | "name" | "color" | "dashes" | "opacity" | "points" | "family" |
 *   "smooth" | "isUnnamedPast" | "whole" | "label" | "value" | "change" | "series" | "tag" | "note" |
 *   "panel" | "list">} Item a series, as the legend has it
 *
 * @typedef {object} Triggered
 * @property {{words: string}} triggered the level, in words
 * @property {{focus: () => void}} levelHandle
 *
 * @typedef {object} Legend
 * @property {(items: Item[]) => void} update
 * @property {(name: string) => boolean} isHidden
 */

/** The name of a plot that nobody has named. */
const DEFAULT_PLOT = "plot";

/** Buttons, by their ids, as a page names them that was saved. */
const IN_A_FILE = /** @type {const} */ ([
  ["live", "Back", "Back to the window (Esc)"],
  ["follow", "Window", "The last points, with the window as it was (f)"],
]);

/** What stands in place of a picture while there is none. */
const NO_SPECTRUM = "No spectrum yet: it takes 8 points of a series in the window.";
const LEGEND_EVERY = 0.1;
const WAITING_EVERY = 1;

export class StatusBoard {
  #statusLine;
  #announcer;
  #bars;
  #controls;
  #tiles;
  #pointRate = new Rate();
  #frameRate = new Rate();
  #advance = new Advance();
  #counting = false;
  #legendAt = 0;
  /** The next picture brings the first names, or the panels in which they stand. */
  #isNew = true;
  #fetchedAt = -Infinity;
  #isLive = true;

  /**
   * @param {HTMLElement} root of the page
   * @param {import("../link/session.js").Session} session
   * @param {import("./series_item.js").Drawn & Triggered} picture
   * @param {Legend} legend
   */
  constructor(root, session, picture, legend) {
    this.root = root;
    this.#statusLine = new StatusLine(byId(root, "status"));
    this.#announcer = new Announcer(byId(root, "spoken"));
    this.#bars = new Bars(byId(root, "bars"));
    this.#tiles = new Tiles(byId(root, "tiles"));
    this.#controls = new Controls(byId(root, "controls"), session);
    this.alerts = new Alerts(byId(root, "alerts"), session, (alert) => this.#pointOf(alert));
    this.trigger = new TriggerMenu(root, {
      session,
      level: () => picture.triggered.words,
      moveLevel: () => picture.levelHandle.focus(),
    });
    this.session = session;
    this.picture = picture;
    this.legend = legend;
  }

  get framesPerSecond() {
    return this.#frameRate.perSecond();
  }

  /** There are bars or controls. */
  get hasParts() {
    return this.session.progress.length > 0 || this.session.controls.length > 0;
  }

  /** Another connection starts counting again. */
  forget() {
    this.#counting = false;
  }

  /** Points that were there before this page connected do not count for the rate. */
  patched() {
    if (!this.#counting) this.#pointRate.reset();
    this.#counting = true;
  }

  /** What the plot is called, its title or its name. */
  get title() {
    const { options, plot } = this.session;
    return options.title ?? (plot || "zwsnb");
  }

  /** One that has none says its name, which tells it from the plot beside it. */
  setTitle() {
    const { options, plot } = this.session;
    const heading = this.#element("title");
    setText(heading, options.title ?? (plot === DEFAULT_PLOT ? "" : plot));
    heading.classList.toggle("name", options.title === null);
    const kind = this.session.access.saved ? "Plot" : "Live plot";
    this.#element("plot").setAttribute("aria-label", `${kind}: ${this.title}`);
    if (this.session.access.saved) this.#nameForFile();
  }

  /** Nothing is live in a file. */
  #nameForFile() {
    this.#element("plot").setAttribute("aria-roledescription", "plot");
    for (const [id, text, title] of IN_A_FILE) {
      setText(this.#element(id), text);
      setTitle(this.#element(id), title);
    }
  }

  /** @param {string} id */
  #element(id) {
    return byId(this.root, id);
  }

  /** The series that are seen. */
  entries(items = this.#items()) {
    return items.filter(({ name }) => !this.legend.isHidden(name));
  }

  /** Those that a picture of the plot names. */
  pictured() {
    return this.session.options.legend === "none" ? [] : this.entries();
  }

  /** @param {PageView} shown @returns {import("./status_line.js").Report["state"]} */
  state({ view, hidden }) {
    const { name } = this.session.connection;
    if (name !== "live") return name === "idle" ? "connecting" : name;
    if (this.session.access.saved) return "saved";
    if (hidden) return "paused";
    if (this.session.silence > 0) return "silent";
    if (view.paused) return "paused";
    return isLive(view) ? "live" : "looking back";
  }

  /** With every frame. @param {PageView} shown @param {number} now in seconds */
  frame(shown, now) {
    this.#showConnection();
    this.#count(now);
    // The first names at once: their rows move the plot, which nobody has looked at yet.
    if (this.#isNew || now - this.#legendAt >= LEGEND_EVERY) this.#showSeries(shown, now);
  }

  /** Everything. @param {PageView} shown @param {number} now */
  report(shown, now) {
    this.#fetchWaiting(shown, now);
    this.#advance.look(this.session.model.xMax, now);
    this.#count(now);
    this.#showSeries(shown, now);
    this.#showConnection();
    this.#showButtons(shown);
    this.#bars.update(this.session.progress);
    this.#controls.update();
    this.trigger.update();
    this.alerts.update();
    this.#statusLine.update(this.#reportOf(shown, now));
  }

  /** @param {import("../link/messages.js").Alert} alert */
  #pointOf({ series, run, x, y }) {
    const { model, options, zone, env } = this.session;
    const its = model.series.find((one) => one.of === series && one.run === run);
    const [panel] = this.picture.panels();
    // As a figure, with digits of its own: the picture may show so much that it is 0 there.
    const value = formatSix(y, measureIn(its ? this.picture.axisOf(its.name).suffix : ""));
    if (!panel || isSpectrum(options)) return value;
    const at = options.time
      ? formatTime(x, panel.x.perPixel(x), env.now(), zone)
      : formatX(x, panel.x);
    return `${value} at ${at}`;
  }

  /** @param {number} now */
  #count(now) {
    if (this.#counting) this.#pointRate.sample(this.session.model.points, now);
    this.#frameRate.sample(this.picture.frames, now);
  }

  /** @param {PageView} shown @param {number} now */
  #showSeries(shown, now) {
    this.#legendAt = now;
    this.#isLive = isLive(shown.view);
    const items = this.#items();
    const isArranged = items.every(({ list }) => list !== undefined);
    this.#isNew = items.length === 0 || !isArranged;
    if (!isArranged) return;
    this.legend.update(items);
    this.#tiles.update(chosen(this.entries(items), this.session.options.tiles));
    this.#announcer.update(this.state(shown), this.entries(items), now);
  }

  #items() {
    return this.session.model.series
      .filter(({ name }) => !this.picture.isEnd(name))
      .map((one) => new SeriesItem(one, this.picture, this.#isLive));
  }

  /** @param {PageView} shown @param {number} now @returns {import("./status_line.js").Report} */
  #reportOf(shown, now) {
    const {
      model,
      options,
      connection,
      counts,
      notices,
      guessed,
      announced,
      latencies,
      env,
      access,
      openLoop,
    } = this.session;
    return {
      state: this.state(shown),
      reason: connection.reason,
      seconds: connection.until === null ? null : connection.until - env.now(),
      silence: this.session.silence,
      waiting: shown.view.paused ? announced - model.points : null,
      trigger: access.saved ? "" : this.trigger.more,
      advance: this.#advance.words(model.xMin, options.x_range, this.state(shown) === "live", now),
      points: model.points,
      image: model.image,
      pointsPerSecond: this.#pointRate.perSecond(),
      framesPerSecond: access.saved ? 0 : this.framesPerSecond,
      latency: connection.name === "live" ? latencies.lately(env.now()) : NaN,
      conflated: model.series.every(({ marks }) => marks) ? 0 : model.conflated,
      thinned: thinnedIn(model.series),
      counted: countedIn(model.series),
      counts,
      notices,
      guessedTimes: guessed.includes("time"),
      way: access.way,
      saved: access.saved,
      proxy: access.proxy,
      openLoop: openLoop && connection.name === "live",
    };
  }

  /** @param {PageView} shown @param {number} now */
  #fetchWaiting({ view, hidden }, now) {
    if (!view.paused || hidden || now - this.#fetchedAt < WAITING_EVERY) return;
    this.#fetchedAt = now;
    void this.session.fetchPoints();
  }

  #showConnection() {
    const { name, reason } = this.session.connection;
    const { isEmpty, points } = this.session.model;
    const { options } = this.session;
    const lack = points > 0 && isSpectrum(options) ? NO_SPECTRUM : "";
    // An axis that is known from the start is shown from the start.
    const isOpen = isSpectrum(options) || (options.x_range ?? [null]).includes(null);
    this.#element("plot").classList.toggle("vacant", isEmpty && isOpen);
    const { saved } = this.session.access;
    this.#element("waiting").hidden = !isEmpty || name !== "live" || saved !== undefined || !!lack;
    const why = saved ? "There were no points." : reason || lack;
    setText(this.#element("reason"), isEmpty ? why : "");
    this.root.dataset.state = this.session.silence > 0 ? "silent" : name;
  }

  /** @param {PageView} shown */
  #showButtons({ view }) {
    const { name } = this.session.connection;
    const { saved } = this.session.access;
    const connected = name === "live";
    this.#element("retry").hidden = name !== "reconnecting";
    // In a file, where nothing comes, it leads from everything looked at to the window.
    this.#element("live").hidden =
      isLive(view) || !connected || (saved !== undefined && view.home === "all");
    this.#element("everything").hidden = view.mode === "all" && Object.keys(view.y).length === 0;
    this.#element("follow").hidden = !connected || !canFollowAgain(view);
    this.#element("pause").hidden = !connected || saved !== undefined;
    this.#element("pause").setAttribute("aria-pressed", String(view.paused));
    setText(this.#element("pause"), view.paused ? "Resume" : "Pause");
  }
}

/**
 * "Back to live" would lead to everything, but there was a window.
 * @param {import("../view/state.js").View} view
 */
function canFollowAgain({ home, mode, window }) {
  return mode !== "follow" && home === "all" && window !== null;
}

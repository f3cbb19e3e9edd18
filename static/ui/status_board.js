/**
 * What is around the plot in words: its title and legend, the status line, the buttons. All of it
 * is written a few times a second; that the plot is empty, or the connection lost, is shown with
 * the next frame.
 */
import { Announcer } from "./announcer.js";
import { byId, setText } from "../base/dom.js";
import { formatBeside, formatCount } from "../base/numbers.js";
import { Rate } from "../link/meters.js";
import { StatusLine } from "./status_line.js";
import { isLive } from "../view/state.js";

/** @typedef {import("../view/state.js").PageView} PageView */

/**
 * @typedef {object} Item a series, as the legend has it
 * @property {number} id
 * @property {string} name
 * @property {string} color
 * @property {number[]} dashes of the line, in pixels; none: it is solid
 * @property {number} points
 * @property {string} family what it is a run of
 * @property {boolean} isUnnamedPast it is a past run, and nobody has given it a name
 * @property {string} value
 * @property {string} tag a word beside its name
 * @property {string} note more about it, shown on hover
 *
 * @typedef {object} Legend
 * @property {(items: Item[]) => void} update
 * @property {(name: string) => boolean} isHidden
 *
 * @typedef {object} Drawn what of the picture is shown in words
 * @property {number} frames that have been drawn
 * @property {(name: string) => boolean} isEnd is the series only the end of a band?
 * @property {(name: string) => "left" | "right"} sideOf
 * @property {(name: string) => string} lackOf what of the series cannot be shown
 * @property {(name: string) => import("../view/scale.js").AxisView} axisOf
 * @property {(name: string) => string} colorOf
 * @property {(name: string) => number[]} dashesOf
 */

const LEGEND_EVERY = 0.1;
const WAITING_EVERY = 1;
/** Of a curve: x swings, and points are drawn in the order of publishing. */
const XY_TAG = "XY";
const XY_NOTE = "x swings: drawn in the order of publishing (xy=False puts it in order)";

export class StatusBoard {
  #statusLine = new StatusLine(byId("status"));
  #announcer = new Announcer(byId("spoken"));
  #pointRate = new Rate();
  #frameRate = new Rate();
  #counting = false;
  #legendAt = 0;
  #fetchedAt = 0;

  /**
   * @param {import("../link/session.js").Session} session
   * @param {Drawn} picture
   * @param {Legend} legend
   */
  constructor(session, picture, legend) {
    this.session = session;
    this.picture = picture;
    this.legend = legend;
  }

  get framesPerSecond() {
    return this.#frameRate.perSecond();
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

  setTitle() {
    const { options, plot } = this.session;
    setText(byId("title"), options.title ?? "");
    document.title = options.title ?? (plot || "zwsnb");
    byId("plot").setAttribute("aria-label", `Live plot: ${document.title}`);
  }

  /** The series that are seen. */
  entries(items = this.#items()) {
    return items.filter(({ name }) => !this.legend.isHidden(name));
  }

  /** @param {PageView} shown @returns {import("./status_line.js").Report["state"]} */
  state({ view, hidden }) {
    const { name } = this.session.connection;
    if (name !== "live") return name === "idle" ? "connecting" : name;
    if (view.paused || hidden) return "paused";
    return isLive(view) ? "live" : "looking back";
  }

  /** With every frame. @param {PageView} shown @param {number} now in seconds */
  frame(shown, now) {
    this.#showConnection();
    this.#count(now);
    if (now - this.#legendAt >= LEGEND_EVERY) this.#showSeries(shown, now);
  }

  /** Everything. @param {PageView} shown @param {number} now */
  report(shown, now) {
    this.#fetchWaiting(shown, now);
    this.#count(now);
    this.#showSeries(shown, now);
    this.#showConnection();
    this.#showButtons(shown);
    this.#statusLine.update(this.#reportOf(shown));
  }

  /** @param {number} now */
  #count(now) {
    if (this.#counting) this.#pointRate.sample(this.session.model.points, now);
    this.#frameRate.sample(this.picture.frames, now);
  }

  /** @param {PageView} shown @param {number} now */
  #showSeries(shown, now) {
    this.#legendAt = now;
    const items = this.#items();
    this.legend.update(items);
    this.#announcer.update(this.state(shown), this.entries(items), now);
  }

  #items() {
    return this.session.model.series
      .filter(({ name }) => !this.picture.isEnd(name))
      .map((one) => this.#itemOf(one));
  }

  /** @param {import("../link/model.js").Series} series @returns {Item} */
  #itemOf({ id, name, of, run, kind, points, lastY, number, cell }) {
    const { picture } = this;
    const tags = [
      kind === "xy" ? XY_TAG : "",
      picture.sideOf(name) === "right" ? "right" : "",
      picture.lackOf(name),
    ];
    const value = formatBeside(lastY, picture.axisOf(name));
    const notes = [
      `${formatCount(points)} points`,
      number > 0 ? `past run ${number}` : "",
      cell === null ? "" : `cell ${cell}`,
      kind === "xy" ? XY_NOTE : "",
    ];
    return {
      id,
      name,
      color: picture.colorOf(name),
      dashes: picture.dashesOf(name),
      points,
      family: `${of}\n${run}`,
      isUnnamedPast: number > 0 && name.endsWith(` (${number})`),
      value,
      tag: tags.filter(Boolean).join(", "),
      note: notes.filter(Boolean).join(", "),
    };
  }

  /** @param {PageView} shown @returns {import("./status_line.js").Report} */
  #reportOf(shown) {
    const { model, connection, counts, notices, guessed, announced, latencies, env, proxy } =
      this.session;
    return {
      state: this.state(shown),
      reason: connection.reason,
      seconds: connection.until === null ? null : connection.until - env.now(),
      waiting: shown.view.paused ? announced - model.points : null,
      points: model.points,
      pointsPerSecond: this.#pointRate.perSecond(),
      framesPerSecond: this.framesPerSecond,
      latency: connection.name === "live" ? latencies.median() : NaN,
      conflated: model.conflated,
      counts,
      notices,
      guessedTimes: guessed.includes("time"),
      proxy,
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
    const { isEmpty } = this.session.model;
    byId("plot").classList.toggle("vacant", isEmpty);
    byId("waiting").hidden = !isEmpty || name !== "live";
    setText(byId("reason"), isEmpty ? reason : "");
    document.body.dataset.state = name;
  }

  /** @param {PageView} shown */
  #showButtons({ view }) {
    const { name } = this.session.connection;
    const connected = name === "live";
    byId("retry").hidden = name !== "reconnecting";
    byId("live").hidden = isLive(view) || !connected;
    byId("everything").hidden = view.mode === "all" && Object.keys(view.y).length === 0;
    byId("pause").hidden = !connected;
    byId("pause").setAttribute("aria-pressed", String(view.paused));
    setText(byId("pause"), view.paused ? "Resume" : "Pause");
  }
}

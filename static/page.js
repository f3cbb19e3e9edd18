/**
 * The page: a session with the relay, a view of it, a picture. Whatever changes requests one
 * animation frame; a frame draws if there is something new to see, sends the relay what is looked
 * at, and acknowledges. Nothing is drawn when nothing has changed or nobody is looking.
 */
import { StatusBoard } from "./ui/status_board.js";
import { byId } from "./base/dom.js";
import { Room } from "./embed/room.js";
import { guarded } from "./base/guard.js";
import { Alarm, every } from "./base/scope.js";
import { AT_REST, Subscription } from "./link/subscription.js";
import { listenToHands } from "./hands.js";
import { Help } from "./ui/help.js";
import { Legend } from "./legend/legend.js";
import { isSpectrum, seriesLook } from "./link/options.js";
import { Picture } from "./picture/picture.js";
import { Cursor } from "./cursor/cursor.js";
import { seconds } from "./base/clock.js";
import { Session } from "./link/session.js";
import { Exports } from "./export/exports.js";
import { followTheme } from "./base/theme.js";
import { initialView, isOtherInWords } from "./view/state.js";
import { SharedX } from "./view/shared_x.js";
import { reduce } from "./view/view.js";
import { watchSize, watchVisibility } from "./ui/visibility.js";
import { statsOf } from "./stats.js";

/**
 * @typedef {object} Setting what a page is given
 * @property {HTMLElement} root that holds what the body of index.html does
 * @property {import("./link/credentials.js").Access} access
 * @property {import("./link/connection.js").Env} env
 * @property {import("./base/theme.js").GroundSource} theme
 * @property {boolean} embedded others have a page around it, which scrolls
 * @property {GlobalEventHandlers} keys whose keys are the plot's: the document, or the root
 * @property {Element} screen what fills the screen when the user asks for it
 * @property {import("./view/remembered.js").Remembered} remembered
 * @property {import("./embed/room.js").Tell} [takes] told how many pixels it takes
 * @property {(title: string) => void} titled
 * @property {(state: import("./link/connection.js").StateName) => void} [stated] called now and then
 */

const REPORT_EVERY = 250;
export class Page {
  #scope;
  #leaving = new AbortController();
  #session;
  #picture;
  #legend;
  #statusBoard;
  #cursor;
  #subscription;
  #help;
  #exports;
  #remembered;
  #room;
  #shared;
  #rest;
  #view = initialView(null);
  #hidden = false;
  #scheduled = false;

  /** @param {Setting} setting */
  constructor(setting) {
    const { root, access, env } = setting;
    const { signal } = this.#leaving;
    this.#scope = { root, signal };
    this.titled = setting.titled;
    this.stated = setting.stated;
    this.#session = new Session(access, this.#listener(), env);
    this.#help = new Help(/** @type {HTMLDialogElement} */ (byId(root, "help")));
    this.#remembered = setting.remembered;
    this.#rest = new Alarm(signal);
    this.#room = new Room(root, setting.takes ?? (() => {}));
    this.#legend = new Legend(this.#scope, this.#session, () => this.#chosen());
    this.#picture = new Picture(
      byId(root, "plot"),
      this.#session,
      (name) => this.#legend.isHidden(name),
      () => this.#change(),
      signal,
    );
    this.#statusBoard = new StatusBoard(root, this.#session, this.#picture, this.#legend);
    this.#subscription = new Subscription(this.#session);
    this.#cursor = new Cursor(this.#scope, this.#cursorHost());
    this.#shared = new SharedX(signal, this.#sharer());
    this.#watchBrowser(setting.theme);
    listenToHands(this.#scope, this.#hands(), setting);
    this.#exports = this.#makeExports(setting);
    every(() => this.#report(), REPORT_EVERY, signal);
    this.#session.start();
    this.#report();
  }

  /** Nobody will see it again: it leaves nothing behind in the document. */
  close() {
    this.#session.close();
    this.#leaving.abort();
  }

  /** @returns {import("./link/session.js").SessionListener} */
  #listener() {
    return {
      connected: () => this.#connected(),
      options: () => this.#setOptions(),
      moved: (by) => this.#move(by),
      series: (renamed) => this.#rename(renamed),
      changed: () => this.#report(),
      patched: (fresh, changed) => this.#patched(fresh, changed),
      answered: (answer) => this.#cursor.answered(answer),
      pictured: (id) => void this.#exports.sendPicture(id),
    };
  }

  /** @returns {import("./cursor/crosshair.js").Host} */
  #cursorHost() {
    return {
      session: this.#session,
      panels: () => this.#picture.panels(),
      pan: (by) => void this.#act({ type: "pan", by, now: seconds() }),
      changed: () => this.#schedule(),
    };
  }

  /** @returns {import("./view/shared_x.js").Listener} */
  #sharer() {
    return {
      origin: () => this.#session.zone.origin,
      looked: (looked) => void this.#act({ type: "shared", looked, now: seconds() }),
      pointed: (x) => this.#cursor.lead(x),
    };
  }

  /** @param {import("./base/theme.js").GroundSource} theme */
  #watchBrowser(theme) {
    const { root, signal } = this.#scope;
    const plot = byId(root, "plot");
    followTheme(this.#scope, theme, (ground) => {
      this.#picture.setGround(ground);
      this.#schedule();
    });
    watchSize(plot, () => this.#resize(), signal);
    watchVisibility(plot, (hidden) => this.#setHidden(hidden), signal);
    addEventListener("online", () => this.#session.retryNow(), { signal });
  }

  /** @returns {import("./hands.js").Parts} */
  #hands() {
    return {
      session: this.#session,
      picture: this.#picture,
      cursor: this.#cursor,
      legend: this.#legend,
      help: this.#help,
      trigger: this.#statusBoard.trigger,
      act: (event) => this.#act(event),
      isFixed: (key) => key in this.#view.y || this.#session.options.aspect === "equal",
    };
  }

  /** @param {Setting} setting */
  #makeExports({ access, env, screen }) {
    const parts = {
      session: this.#session,
      picture: this.#picture,
      statusBoard: this.#statusBoard,
      cursor: this.#cursor,
      help: this.#help,
      redraw: () => {
        this.#picture.stale = true;
        this.#picture.draw(this.#view, seconds());
      },
    };
    return new Exports(this.#scope, parts, { access, fetch: env.fetch, screen });
  }

  /** A canvas of another size is empty: it is drawn before the browser shows it. */
  #resize() {
    this.#picture.resize();
    this.#draw(seconds());
    this.#schedule();
  }

  /** @param {number} now @returns {boolean} the picture moves on by itself */
  #draw(now) {
    return guarded("the picture", () => this.#picture.draw(this.#view, now), false);
  }

  #connected() {
    this.#statusBoard.forget();
    this.#subscription.forget();
    this.#cursor.connected();
    const { origin } = this.#session.zone;
    this.#view = this.#remembered.recall(this.#view, this.#legend, origin);
    this.#sendView();
    this.#change();
  }

  #setOptions() {
    const { options } = this.#session;
    const before = this.#view;
    const event = { window: options.window, isSpectrum: isSpectrum(options) };
    this.#view = reduce(before, { type: "options", ...event }, this.#picture.scene());
    if (before.isSpectrum !== this.#view.isSpectrum) this.#turn();
    this.#legend.hideAtFirst(
      Object.keys(options.series).filter((name) => seriesLook(options, name).hidden),
    );
    this.#shared.join(this.#session.service, options);
    this.#statusBoard.setTitle();
    this.titled(this.#statusBoard.title);
    this.#picture.setLook();
    this.#schedule();
  }

  /** The relay sends other points than before, with another x: nothing that is here is theirs. */
  #turn() {
    this.#session.model.clear();
    this.#session.sweeps.leave();
    this.#subscription.forget();
    this.#cursor.forget();
  }

  /** @param {number} by what was added to each x */
  #move(by) {
    this.#view = reduce(this.#view, { type: "moved", by }, this.#picture.scene());
    this.#cursor.moved(by);
  }

  /** @param {boolean} fresh @param {boolean} changed */
  #patched(fresh, changed) {
    if (fresh) this.#subscription.answered();
    if (changed) this.#picture.stale = true;
    this.#statusBoard.patched();
    this.#schedule();
  }

  /** @param {boolean} hidden */
  #setHidden(hidden) {
    if (hidden === this.#hidden) return;
    this.#hidden = hidden;
    this.#sendView();
    this.#schedule();
  }

  /**
   * @param {import("./view/view.js").ViewEvent} event
   * @returns {boolean} it has changed something
   */
  #act(event) {
    const before = this.#view;
    this.#view = reduce(before, event, this.#picture.scene());
    if (this.#view === before) return false;
    if (event.type !== "shared") this.#shared.look(before, this.#view);
    this.#picture.lookAt(this.#view);
    this.#subscription.moved(this.#sendView(), before, this.#view, seconds());
    this.#rest.set(() => this.#sendView(), AT_REST);
    this.#change();
    if (isOtherInWords(before, this.#view)) this.#report();
    return true;
  }

  /** @param {[string, string][]} renamed series, old and new names */
  #rename(renamed) {
    this.#legend.rename(renamed);
    this.#change();
  }

  /** Other series are hidden or shown. */
  #chosen() {
    this.#picture.refit(seconds());
    this.#change();
    this.#report();
  }

  /** There is something new to see. */
  #change() {
    this.#picture.stale = true;
    this.#schedule();
  }

  #schedule() {
    if (this.#scheduled || this.#scope.signal.aborted) return;
    // A kernel that does not hear that nobody looks goes on sending.
    if (this.#hidden && this.#session.openLoop) return;
    this.#scheduled = true;
    requestAnimationFrame(() => this.#frame());
  }

  #frame() {
    this.#scheduled = false;
    if (this.#scope.signal.aborted) return;
    const now = seconds();
    const moving = this.#draw(now);
    this.#session.painted();
    this.#subscription.refineLatency.painted(seconds());
    this.#sendView();
    guarded("the words", () => this.#statusBoard.frame(this.#shown, now));
    const reading = guarded("the cursor", () => this.#cursor.frame(now), false);
    this.#shared.point(this.#cursor.ownX);
    if (moving || reading) this.#schedule();
  }

  #sendView() {
    this.#subscription.setHeight(this.#picture.imageHeight);
    return this.#subscription.update(
      this.#shown,
      this.#picture.deviceWidth,
      this.#picture.scene(),
      seconds(),
    );
  }

  get #shown() {
    return { view: this.#view, hidden: this.#hidden };
  }

  /** Update the texts around the plot. */
  #report() {
    this.#session.check();
    this.stated?.(this.#session.connection.name);
    this.#sendView();
    guarded("the words", () => this.#statusBoard.report(this.#shown, seconds()));
    const { hasParts } = this.#statusBoard;
    this.#room.update(this.#session.model.isEmpty, hasParts, this.#picture.wantedHeight);
    this.#remembered.keep(this.#view, this.#legend, this.#session.zone.origin);
  }

  /** What tests and benchmarks read. */
  stats() {
    return statsOf(
      {
        session: this.#session,
        picture: this.#picture,
        statusBoard: this.#statusBoard,
        subscription: this.#subscription,
        legend: this.#legend,
        cursor: this.#cursor,
      },
      this.#shown,
    );
  }

  /** Milliseconds from publishing to painting, of the last few thousand patches, oldest first. */
  latencies() {
    return [...this.#session.latencies.recent()];
  }
}

/**
 * The page: a session with the relay, a view of it, a picture. Whatever changes requests one
 * animation frame; a frame draws if there is something new to see, sends the relay what is looked
 * at, and acknowledges. Nothing is drawn when nothing has changed or nobody is looking.
 */
import { StatusBoard } from "./ui/status_board.js";
import { byId } from "./base/dom.js";
import { Subscription } from "./link/subscription.js";
import { listen } from "./input/gestures.js";
import { Help } from "./ui/help.js";
import { listenToKeys } from "./input/keyboard.js";
import { Legend } from "./legend/legend.js";
import { seriesLook } from "./link/options.js";
import { Picture } from "./chart/picture.js";
import { Cursor } from "./cursor/cursor.js";
import { seconds } from "./base/clock.js";
import { Session } from "./link/session.js";
import { ExportMenu } from "./export/export_menu.js";
import { followTheme } from "./base/theme.js";
import { initialView, isLive } from "./view/state.js";
import { reduce } from "./view/view.js";
import { watchSize, watchVisibility } from "./ui/visibility.js";

const REPORT_EVERY = 250;

export class Page {
  #session;
  #picture;
  #legend;
  #statusBoard;
  #cursor;
  #subscription;
  #help = new Help(/** @type {HTMLDialogElement} */ (byId("help")));
  #view = initialView(null);
  #hidden = false;
  #scheduled = false;

  /**
   * @param {URL} address
   * @param {import("./link/connection.js").Env} env
   */
  constructor(address, env) {
    this.#session = new Session(address.href, this.#listener(), env);
    this.#legend = new Legend(byId("legend"), this.#session, () => this.#chosen());
    this.#picture = new Picture(
      byId("plot"),
      this.#session,
      (name) => this.#legend.isHidden(name),
      () => this.#change(),
    );
    this.#statusBoard = new StatusBoard(this.#session, this.#picture, this.#legend);
    this.#subscription = new Subscription(this.#session);
    this.#cursor = new Cursor(
      /** @type {HTMLElement} */ (byId("plot").parentElement),
      this.#cursorHost(),
    );
    this.#watchBrowser(address.searchParams.get("theme"));
    this.#listen();
    this.#addExportMenu(address);
    setInterval(() => this.#report(), REPORT_EVERY);
    this.#session.start();
    this.#report();
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

  /** @param {string | null} theme */
  #watchBrowser(theme) {
    const picture = this.#picture;
    const schedule = () => this.#schedule();
    followTheme(theme, (ground) => {
      picture.setGround(ground);
      schedule();
    });
    watchSize(byId("plot"), () => this.#resize());
    watchVisibility(byId("plot"), (hidden) => this.#setHidden(hidden));
    addEventListener("online", () => this.#session.retryNow());
  }

  /** To gestures, keys and buttons. */
  #listen() {
    const handlers = this.#handlers();
    const gestures = listen(byId("plot"), handlers);
    const cancel = () => gestures.cancel() || this.#cursor.cancel();
    listenToKeys({ ...handlers, cursor: this.#cursor, cancel, help: () => this.#help.show() });
    byId("pause").addEventListener("click", () => this.#act({ type: "pause" }));
    for (const type of /** @type {const} */ (["live", "everything"]))
      byId(type).addEventListener("click", () => this.#act({ type, now: seconds() }));
    for (const id of ["status", "retry"])
      byId(id).addEventListener("click", () => this.#session.retryNow());
  }

  /** @param {URL} address */
  #addExportMenu(address) {
    new ExportMenu({
      address,
      name: () => this.#session.plot || "plot",
      title: () => this.#session.options.title ?? "",
      entries: () => this.#statusBoard.entries(),
      seen: () => this.#picture.x,
      origin: () => this.#session.zone.origin,
      selected: () => this.#cursor.range,
      connected: () => this.#session.connection.name === "live",
      redraw: () => this.#redraw(),
      help: () => this.#help.show(),
    });
  }

  #redraw() {
    this.#picture.stale = true;
    this.#picture.draw(this.#view, seconds());
  }

  /** @returns {import("./input/gestures.js").Handlers} */
  #handlers() {
    return {
      panels: () => this.#picture.panels(),
      act: (event) => this.#act(event),
      isFixed: (key) => key in this.#view.y,
      point: (spot) => this.#cursor.point(spot),
      click: (spot, count) => this.#cursor.click(spot, count),
      draw: (box) => this.#cursor.draw(box),
    };
  }

  /** A canvas of another size is empty: it is drawn before the browser shows it. */
  #resize() {
    this.#picture.resize();
    this.#picture.draw(this.#view, seconds());
    this.#schedule();
  }

  #connected() {
    this.#statusBoard.forget();
    this.#subscription.forget();
    this.#cursor.connected();
    this.#sendView();
    this.#change();
  }

  #setOptions() {
    const { options } = this.#session;
    this.#view = reduce(this.#view, { type: "options", window: options.window }, this.#scene());
    this.#legend.hideAtFirst(
      Object.keys(options.series).filter((name) => seriesLook(options, name).hidden),
    );
    this.#statusBoard.setTitle();
    this.#picture.setLook();
    this.#schedule();
  }

  /** @param {number} by what was added to each x */
  #move(by) {
    this.#view = reduce(this.#view, { type: "moved", by }, this.#scene());
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
    this.#view = reduce(before, event, this.#scene());
    if (this.#view === before) return false;
    this.#picture.lookAt(this.#view);
    if (this.#sendView()) this.#subscription.refineLatency.asked(seconds());
    this.#change();
    if (
      before.mode !== this.#view.mode ||
      before.paused !== this.#view.paused ||
      before.y !== this.#view.y
    )
      this.#report();
    return true;
  }

  /** @returns {import("./view/state.js").Scene} */
  #scene() {
    return this.#picture.scene();
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
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => this.#frame());
  }

  #frame() {
    this.#scheduled = false;
    const now = seconds();
    const moving = this.#picture.draw(this.#view, now);
    this.#session.painted();
    this.#subscription.refineLatency.painted(seconds());
    this.#sendView();
    this.#statusBoard.frame(this.#shown, now);
    const reading = this.#cursor.frame(now);
    if (moving || reading) this.#schedule();
  }

  #sendView() {
    return this.#subscription.update(
      this.#shown,
      this.#picture.deviceWidth,
      this.#scene(),
      seconds(),
    );
  }

  get #shown() {
    return { view: this.#view, hidden: this.#hidden };
  }

  /** Update the texts around the plot. */
  #report() {
    this.#session.check();
    this.#sendView();
    this.#statusBoard.report(this.#shown, seconds());
  }

  /** What tests and benchmarks read; x are counted from `origin`. */
  stats() {
    const { model, latencies, bytesIn, patches, plot, connection, zone } = this.#session;
    const state = this.#statusBoard.state(this.#shown);
    return {
      state: state === "looking back" ? "live" : state,
      reason: connection.reason,
      plot,
      frames: this.#picture.frames,
      fps: this.#statusBoard.framesPerSecond,
      series: Object.fromEntries(
        model.series.map((one) => [
          one.name,
          { ...one.painted, kind: one.kind, ...this.#lookStats(one.name) },
        ]),
      ),
      panels: this.#picture.stats(),
      origin: zone.origin,
      points: model.points,
      conflated: model.conflated,
      latencyMs: latencies.median(),
      lastLatencyMs: latencies.recent(1)[0] ?? NaN,
      bytesIn,
      patches,
      view: this.#viewStats(),
      refineMs: this.#subscription.refineLatency.last,
      refinements: this.#subscription.refineLatency.count,
      ...this.#cursor.stats(),
      ...heap(),
    };
  }

  /** @param {string} name of a series */
  #lookStats(name) {
    const picture = this.#picture;
    return {
      hidden: this.#legend.isHidden(name),
      axis: picture.sideOf(name),
      color: picture.colorOf(name),
      end: picture.isEnd(name),
    };
  }

  #viewStats() {
    const { mode, window, paused, y } = this.#view;
    const { x } = this.#picture;
    const { low = NaN, high = NaN } = this.#picture.panels()[0]?.left ?? {};
    return {
      mode,
      window,
      from: x[0],
      to: x[1],
      low,
      high,
      paused,
      hidden: this.#hidden,
      live: isLive(this.#view),
      fixed: Object.keys(y),
    };
  }

  /** Milliseconds from publishing to painting, of the last few thousand patches, oldest first. */
  latencies() {
    return [...this.#session.latencies.recent()];
  }
}

function heap() {
  const memory = /** @type {{memory?: {usedJSHeapSize: number}}} */ (
    /** @type {unknown} */ (performance)
  ).memory;
  return memory ? { heap: memory.usedJSHeapSize } : {};
}

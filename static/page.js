/**
 * The page: a session with the relay, a view of it, a picture. Whatever changes asks for one animation frame; a frame
 * draws if there is something new to see, tells the relay what is looked at, and acknowledges. Nothing is drawn when
 * nothing has changed or nobody is looking.
 */
import { Board } from "./ui/status_board.js";
import { byId } from "./base/dom.js";
import { Gaze } from "./link/subscription.js";
import { listen } from "./input/gestures.js";
import { Help } from "./ui/help.js";
import { listenToKeys } from "./input/keyboard.js";
import { Legend } from "./ui/legend.js";
import { seriesLook } from "./link/options.js";
import { Picture } from "./chart/picture.js";
import { Reader } from "./cursor/cursor.js";
import { seconds } from "./base/clock.js";
import { Session } from "./link/session.js";
import { Takeaway } from "./export/export_menu.js";
import { followTheme } from "./base/theme.js";
import { initialView, isLive, reduce } from "./view/view.js";
import { watchSize, watchVisibility } from "./ui/visibility.js";

const REPORT_EVERY = 250;

export class Page {
  #session;
  #picture;
  #legend = new Legend(byId("legend"), () => this.#choose());
  #board;
  #reader;
  #gaze;
  #help = new Help(/** @type {HTMLDialogElement} */ (byId("help")));
  #view = initialView(null);
  #hidden = false;
  #scheduled = false;

  /**
   * @param {URL} address
   * @param {import("./link/connection.js").World} world
   */
  constructor(address, world) {
    this.#session = new Session(address.href, this.#listener(), world);
    this.#picture = new Picture(
      byId("plot"),
      this.#session,
      (name) => this.#legend.isHidden(name),
      () => this.#change(),
    );
    this.#board = new Board(this.#session, this.#picture, this.#legend);
    this.#gaze = new Gaze(this.#session);
    this.#reader = new Reader(
      /** @type {HTMLElement} */ (byId("plot").parentElement),
      this.#around(),
    );
    this.#watch(address.searchParams.get("theme"));
    this.#listen();
    this.#offer(address);
    setInterval(() => this.#report(), REPORT_EVERY);
    this.#session.start();
    this.#report();
  }

  /** @returns {import("./link/session.js").SessionListener} */
  #listener() {
    return {
      connected: () => this.#connected(),
      options: () => this.#setOptions(),
      series: () => this.#change(),
      changed: () => this.#report(),
      patched: (fresh, changed) => this.#patched(fresh, changed),
      answered: (answer) => this.#reader.answered(answer),
    };
  }

  /** @returns {import("./cursor/crosshair.js").Host} */
  #around() {
    return {
      session: this.#session,
      panels: () => this.#picture.panels(),
      pan: (by) => void this.#act({ type: "pan", by, now: seconds() }),
      changed: () => this.#schedule(),
    };
  }

  /** @param {string | null} theme */
  #watch(theme) {
    const picture = this.#picture;
    const schedule = () => this.#schedule();
    followTheme(theme, (ground) => (picture.setGround(ground), schedule()));
    watchSize(byId("plot"), () => this.#resize());
    watchVisibility(byId("plot"), (hidden) => this.#setHidden(hidden));
    addEventListener("online", () => this.#session.retryNow());
  }

  /** To hands and keys. */
  #listen() {
    const hands = this.#hands();
    const hand = listen(byId("plot"), hands);
    const cancel = () => hand.cancel() || this.#reader.cancel();
    listenToKeys({ ...hands, reader: this.#reader, cancel, help: () => this.#help.show() });
    byId("live").addEventListener("click", () => this.#act({ type: "live", now: seconds() }));
    byId("pause").addEventListener("click", () => this.#act({ type: "pause" }));
    byId("everything").addEventListener("click", () =>
      this.#act({ type: "everything", now: seconds() }),
    );
    for (const id of ["status", "retry"])
      byId(id).addEventListener("click", () => this.#session.retryNow());
  }

  /** What can be taken away. @param {URL} address */
  #offer(address) {
    new Takeaway({
      address,
      name: () => this.#session.plot || "plot",
      title: () => this.#session.options.title ?? "",
      entries: () => this.#board.entries(),
      seen: () => this.#picture.x,
      selected: () => rangeOf(this.#reader),
      connected: () => this.#session.connection.name === "live",
      redraw: () => this.#redraw(),
      help: () => this.#help.show(),
    });
  }

  #redraw() {
    this.#picture.stale = true;
    this.#picture.draw(this.#view, seconds());
  }

  /** @returns {import("./input/gestures.js").Hands} */
  #hands() {
    return {
      panels: () => this.#picture.panels(),
      act: (event) => this.#act(event),
      isFixed: (key) => key in this.#view.y,
      point: (spot) => this.#reader.point(spot),
      click: (spot, count) => this.#reader.click(spot, count),
      draw: (box) => this.#reader.draw(box),
    };
  }

  /** A canvas of another size is empty: it is drawn before the browser shows it. */
  #resize() {
    this.#picture.resize();
    this.#picture.draw(this.#view, seconds());
    this.#schedule();
  }

  #connected() {
    this.#board.forget();
    this.#gaze.forget();
    this.#reader.connected();
    this.#tellView();
    this.#change();
  }

  #setOptions() {
    const { options } = this.#session;
    this.#view = reduce(this.#view, { type: "options", window: options.window }, this.#scene());
    this.#legend.hideAtFirst(
      Object.keys(options.series).filter((name) => seriesLook(options, name).hidden),
    );
    this.#board.setTitle();
    this.#picture.setLook();
    this.#schedule();
  }

  /** @param {boolean} fresh @param {boolean} changed */
  #patched(fresh, changed) {
    if (fresh) this.#gaze.answered();
    if (changed) this.#picture.stale = true;
    this.#board.patched();
    this.#schedule();
  }

  /** @param {boolean} hidden */
  #setHidden(hidden) {
    if (hidden === this.#hidden) return;
    this.#hidden = hidden;
    this.#tellView();
    this.#schedule();
  }

  /** @param {import("./view/view.js").ViewEvent} event @returns {boolean} it has changed something */
  #act(event) {
    const before = this.#view;
    this.#view = reduce(before, event, this.#scene());
    if (this.#view === before) return false;
    this.#picture.lookAt(this.#view);
    if (this.#tellView()) this.#gaze.refinement.asked(seconds());
    this.#change();
    if (
      before.mode !== this.#view.mode ||
      before.paused !== this.#view.paused ||
      before.y !== this.#view.y
    )
      this.#report();
    return true;
  }

  /** @returns {import("./view/view.js").Scene} */
  #scene() {
    return this.#picture.scene();
  }

  /** Other series are to be seen. */
  #choose() {
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
    this.#gaze.refinement.painted(seconds());
    this.#tellView();
    this.#board.frame(this.#look, now);
    const reading = this.#reader.frame(now);
    if (moving || reading) this.#schedule();
  }

  #tellView() {
    return this.#gaze.tell(this.#look, this.#picture.deviceWidth, this.#scene(), seconds());
  }

  get #look() {
    return { view: this.#view, hidden: this.#hidden };
  }

  /** Everything that is said in words. */
  #report() {
    this.#session.check();
    this.#tellView();
    this.#board.report(this.#look, seconds());
  }

  /** What tests and benchmarks read. */
  stats() {
    const { model, latencies, bytesIn, patches, plot, connection } = this.#session;
    const state = this.#board.state(this.#look);
    return {
      state: state === "looking back" ? "live" : state,
      reason: connection.reason,
      plot,
      frames: this.#picture.frames,
      fps: this.#board.framesPerSecond,
      series: Object.fromEntries(
        model.series.map((one) => [
          one.name,
          { ...one.painted, kind: one.kind, ...this.#lookStats(one.name) },
        ]),
      ),
      panels: this.#picture.stats(),
      points: model.points,
      conflated: model.conflated,
      latencyMs: latencies.median(),
      lastLatencyMs: latencies.recent(1)[0] ?? NaN,
      bytesIn,
      patches,
      view: this.#viewStats(),
      refineMs: this.#gaze.refinement.last,
      refinements: this.#gaze.refinement.count,
      ...this.#reader.stats(),
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

/** The x-range of a selection, if there is one. @param {Reader} reader @returns {[number, number] | null} */
function rangeOf({ selection }) {
  return selection && [selection.from, selection.to];
}

function heap() {
  const memory = /** @type {{memory?: {usedJSHeapSize: number}}} */ (
    /** @type {unknown} */ (performance)
  ).memory;
  return memory ? { heap: memory.usedJSHeapSize } : {};
}

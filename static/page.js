/**
 * The page: a session with the relay, a view of it, a picture. Whatever changes asks for one animation frame; a frame
 * draws if there is something new to see, tells the relay what is looked at, and acknowledges. Nothing is drawn when
 * nothing has changed or nobody is looking.
 */
import { Announcer } from "./announcer.js";
import { byId, setText } from "./dom.js";
import { formatBeside, formatCount } from "./format.js";
import { listen } from "./gestures.js";
import { Help } from "./help.js";
import { Legend } from "./legend.js";
import { Rate } from "./meter.js";
import { seriesLook } from "./options.js";
import { Picture } from "./picture.js";
import { Reader } from "./reader.js";
import { Refinement } from "./refinement.js";
import { Session } from "./session.js";
import { Status } from "./status.js";
import { Takeaway } from "./takeaway.js";
import { followTheme } from "./theme.js";
import { initialView, isLive, reduce, viewMessage } from "./view.js";
import { watchSize, watchVisibility } from "./watch.js";

const LEGEND_EVERY = 0.1;
const REPORT_EVERY = 250;
const WAITING_EVERY = 1;
/** Where x goes backwards the relay keeps the newest points only, in publishing order. */
const XY_TAG = "XY, newest 100,000";

export class Page {
  #session;
  #picture;
  #legend = new Legend(byId("legend"), () => this.#choose());
  #reader;
  #refinement = new Refinement();
  #status = new Status(byId("status"));
  #announcer = new Announcer(byId("spoken"));
  #view = initialView(null);
  #pointRate = new Rate();
  #frameRate = new Rate();
  #hidden = false;
  /** The relay is about to send what the view, as it is now, shows. */
  #awaitingFresh = false;
  #lookTold = "";
  #counting = false;
  #scheduled = false;
  #legendAt = 0;
  #askedAt = 0;

  /**
   * @param {URL} address
   * @param {import("./connection.js").World} world
   */
  constructor(address, world) {
    this.#session = new Session(address.href, this.#listener(), world);
    this.#picture = new Picture(byId("plot"), this.#session, (name) => this.#legend.isHidden(name), () => this.#change());
    this.#reader = new Reader(/** @type {HTMLElement} */ (byId("plot").parentElement), this.#around());
    this.#watch(address.searchParams.get("theme"));
    this.#offer(address);
    setInterval(() => this.#report(), REPORT_EVERY);
    this.#session.start();
    this.#report();
  }

  /** @returns {import("./session.js").SessionListener} */
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

  /** @returns {import("./reader.js").Around} */
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
    listen(byId("plot"), this.#hands());
    byId("live").addEventListener("click", () => this.#act({ type: "live", now: seconds() }));
    byId("pause").addEventListener("click", () => this.#act({ type: "pause" }));
    byId("everything").addEventListener("click", () => this.#act({ type: "everything", now: seconds() }));
    byId("status").addEventListener("click", () => this.#session.retryNow());
    addEventListener("online", () => this.#session.retryNow());
  }

  /** What can be taken away, and the keys. @param {URL} address */
  #offer(address) {
    const help = new Help(/** @type {HTMLDialogElement} */ (byId("help")));
    new Takeaway({
      address,
      name: () => this.#session.plot || "plot",
      title: () => this.#session.options.title ?? "",
      entries: () => this.#items().filter(({ name }) => !this.#legend.isHidden(name)),
      seen: () => this.#picture.x,
      selected: () => rangeOf(this.#reader),
      connected: () => this.#session.connection.name === "live",
      redraw: () => this.#redraw(),
      help: () => help.show(),
    });
    byId("retry").addEventListener("click", () => this.#session.retryNow());
  }

  #redraw() {
    this.#picture.stale = true;
    this.#picture.draw(this.#view, seconds());
  }

  /** @returns {import("./gestures.js").Hands} */
  #hands() {
    return {
      panels: () => this.#picture.panels(),
      act: (event) => this.#act(event),
      isFixed: (key) => key in this.#view.y,
      point: (spot) => this.#reader.point(spot),
      click: (spot, count) => this.#reader.click(spot, count),
      press: (event) => this.#reader.press(event),
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
    this.#lookTold = "";
    this.#counting = false;
    this.#refinement.forget();
    this.#reader.connected();
    this.#tellView();
    this.#change();
  }

  #setOptions() {
    const { options, plot } = this.#session;
    this.#view = reduce(this.#view, { type: "options", window: options.window }, this.#scene());
    this.#legend.hideAtFirst(Object.keys(options.series).filter((name) => seriesLook(options, name).hidden));
    setText(byId("title"), options.title ?? "");
    document.title = options.title ?? (plot || "zwsnb");
    byId("plot").setAttribute("aria-label", `Live plot: ${document.title}`);
    this.#picture.setLook();
    this.#schedule();
  }

  /** @param {boolean} fresh @param {boolean} changed */
  #patched(fresh, changed) {
    if (fresh) {
      this.#awaitingFresh = false;
      this.#refinement.answered();
    }
    if (changed) this.#picture.stale = true;
    if (!this.#counting) this.#pointRate.reset();
    this.#counting = true;
    this.#schedule();
  }

  /** @param {boolean} hidden */
  #setHidden(hidden) {
    if (hidden === this.#hidden) return;
    this.#hidden = hidden;
    this.#tellView();
    this.#schedule();
  }

  /** @param {import("./view.js").ViewEvent} event @returns {boolean} it has changed something */
  #act(event) {
    const before = this.#view;
    this.#view = reduce(before, event, this.#scene());
    if (this.#view === before) return false;
    const told = this.#lookTold;
    this.#tellView();
    if (told !== this.#lookTold) this.#refinement.asked(seconds());
    this.#change();
    if (before.mode !== this.#view.mode || before.paused !== this.#view.paused || before.y !== this.#view.y) this.#report();
    return true;
  }

  /** @returns {import("./view.js").Scene} */
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
    this.#showState();
    this.#refinement.painted(seconds());
    this.#tellView();
    this.#count(now);
    if (now - this.#legendAt >= LEGEND_EVERY) this.#showSeries(now);
    const reading = this.#reader.frame(now);
    if (moving || reading) this.#schedule();
  }

  /** A paused view that has been moved wants one fresh patch, and then silence again. */
  #tellView() {
    const message = viewMessage(this.#view, this.#picture.deviceWidth, false);
    const look = JSON.stringify(message);
    if (look !== this.#lookTold) this.#awaitingFresh = true;
    this.#lookTold = look;
    const silent = this.#hidden || (this.#view.paused && !this.#awaitingFresh);
    this.#session.tellView({ ...message, paused: silent });
  }

  /** What was there before this page came is no rate. @param {number} now */
  #count(now) {
    if (this.#counting) this.#pointRate.sample(this.#session.model.points, now);
    this.#frameRate.sample(this.#picture.frames, now);
  }

  /** @param {number} now */
  #showSeries(now) {
    this.#legendAt = now;
    const items = this.#items();
    this.#legend.update(items);
    this.#announcer.update(this.#state(), items.filter(({ name }) => !this.#legend.isHidden(name)), now);
  }

  #items() {
    return this.#session.model.series.filter(({ name }) => !this.#picture.isEnd(name)).map((one) => this.#itemOf(one));
  }

  /** @param {import("./model.js").Series} series @returns {import("./legend.js").Item} */
  #itemOf({ name, kind, points, lastY }) {
    const picture = this.#picture;
    const tags = [kind === "xy" ? XY_TAG : "", picture.sideOf(name) === "right" ? "right" : "", picture.lackOf(name)];
    const value = formatBeside(lastY, picture.axisOf(name));
    const note = `${formatCount(points)} points`;
    return { name, color: picture.colorOf(name), dashes: picture.dashesOf(name), value, tag: tags.filter(Boolean).join(", "), note };
  }

  /** @returns {import("./status.js").Report["state"]} */
  #state() {
    const { name } = this.#session.connection;
    if (name !== "live") return name === "idle" ? "connecting" : name;
    if (this.#view.paused || this.#hidden) return "paused";
    return isLive(this.#view) ? "live" : "looking back";
  }

  /** Everything that is said in words. */
  #report() {
    const now = seconds();
    const { model, connection, counts, notices, announced, latencies, world } = this.#session;
    this.#session.check();
    this.#askWaiting(now);
    this.#count(now);
    this.#showSeries(now);
    this.#showState();
    this.#showButtons();
    this.#status.update({
      state: this.#state(),
      reason: connection.reason,
      seconds: connection.until === null ? null : connection.until - world.now(),
      waiting: this.#view.paused ? announced - model.points : null,
      points: model.points,
      pointsPerSecond: this.#pointRate.perSecond(),
      framesPerSecond: this.#frameRate.perSecond(),
      latency: connection.name === "live" ? latencies.median() : NaN,
      conflated: model.conflated,
      counts,
      notices,
    });
  }

  /** @param {number} now */
  #askWaiting(now) {
    if (!this.#view.paused || this.#hidden || now - this.#askedAt < WAITING_EVERY) return;
    this.#askedAt = now;
    void this.#session.askPoints();
  }

  #showState() {
    const { name, reason } = this.#session.connection;
    const { isEmpty } = this.#session.model;
    byId("plot").classList.toggle("vacant", isEmpty);
    byId("waiting").hidden = !isEmpty || name !== "live";
    setText(byId("reason"), isEmpty ? reason : "");
    document.body.dataset["state"] = name;
  }

  #showButtons() {
    const connected = this.#session.connection.name === "live";
    byId("retry").hidden = this.#session.connection.name !== "reconnecting";
    byId("live").hidden = isLive(this.#view) || !connected;
    byId("everything").hidden = this.#view.mode === "all" && Object.keys(this.#view.y).length === 0;
    byId("pause").hidden = !connected;
    byId("pause").setAttribute("aria-pressed", String(this.#view.paused));
    setText(byId("pause"), this.#view.paused ? "Resume" : "Pause");
  }

  /** What tests and benchmarks read. */
  stats() {
    const { model, latencies, bytesIn, patches, plot, connection } = this.#session;
    const state = this.#state();
    return {
      state: state === "looking back" ? "live" : state,
      reason: connection.reason,
      plot,
      frames: this.#picture.frames,
      fps: this.#frameRate.perSecond(),
      series: Object.fromEntries(model.series.map((one) => [one.name, { ...one.painted, kind: one.kind, ...this.#lookStats(one.name) }])),
      panels: this.#picture.stats(),
      points: model.points,
      conflated: model.conflated,
      latencyMs: latencies.median(),
      lastLatencyMs: latencies.recent(1)[0] ?? NaN,
      bytesIn,
      patches,
      view: this.#viewStats(),
      refineMs: this.#refinement.last,
      refinements: this.#refinement.count,
      ...this.#reader.stats(),
      ...heap(),
    };
  }

  /** @param {string} name of a series */
  #lookStats(name) {
    const picture = this.#picture;
    return { hidden: this.#legend.isHidden(name), axis: picture.sideOf(name), color: picture.colorOf(name), end: picture.isEnd(name) };
  }

  #viewStats() {
    const { mode, window, paused, y } = this.#view;
    const { x } = this.#picture;
    const { low = NaN, high = NaN } = this.#picture.panels()[0]?.left ?? {};
    return { mode, window, from: x[0], to: x[1], low, high, paused, hidden: this.#hidden, live: isLive(this.#view), fixed: Object.keys(y) };
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

function seconds() {
  return performance.now() / 1000;
}

function heap() {
  const memory = /** @type {{memory?: {usedJSHeapSize: number}}} */ (/** @type {unknown} */ (performance)).memory;
  return memory ? { heap: memory.usedJSHeapSize } : {};
}

/**
 * The page: a session with the relay, a view of it, a picture. Whatever changes asks for one animation frame; a frame
 * tells the relay what is looked at, draws if there is something new to see, and acknowledges. Nothing is drawn when
 * nothing has changed or nobody is looking.
 */
import { Announcer } from "./announcer.js";
import { Chart } from "./chart.js";
import { colorOf } from "./colors.js";
import { byId, setText } from "./dom.js";
import { finer, format, formatCount, formatShort } from "./format.js";
import { narrowestStep } from "./gaps.js";
import { listen } from "./gestures.js";
import { Glide } from "./glide.js";
import { Legend } from "./legend.js";
import { Rate } from "./meter.js";
import { widenToData, YRange } from "./scales.js";
import { Session } from "./session.js";
import { Status } from "./status.js";
import { calm, followTheme, paintOf } from "./theme.js";
import { initialView, isLive, reduce, viewMessage, visibleRange } from "./view.js";

const LEGEND_EVERY = 0.1;
const REPORT_EVERY = 250;
const JUST_TOUCHED = 0.6;
const SUBPIXEL = 0.2;
/** Where x goes backwards the relay keeps the newest points only, in publishing order. */
const XY_TAG = "XY, newest 100,000";

export class Page {
  #session;
  #chart = new Chart(byId("plot"));
  #legend = new Legend(byId("legend"), () => this.#change());
  #status = new Status(byId("status"));
  #announcer = new Announcer(byId("spoken"));
  #view = initialView(null);
  #glide = new Glide();
  #yRange = new YRange();
  #pointRate = new Rate();
  #frameRate = new Rate();
  /** @type {import("./colors.js").Ground} */
  #ground = "light";
  #hidden = false;
  #offscreen = false;
  #awaitingFresh = false;
  #lookTold = "";
  #dirty = true;
  #scheduled = false;
  #frames = 0;
  #legendAt = 0;
  /** @type {[number, number]} the x-range that is on the screen */
  #x = [0, 1];
  /** @type {[number, number]} */
  #y = [0, 1];
  /** Reused by every frame. */
  #extent = { low: 0, high: 0 };

  /**
   * @param {URL} address
   * @param {import("./connection.js").World} world
   */
  constructor(address, world) {
    this.#session = new Session(address.href, this.#listener(), world);
    followTheme(address.searchParams.get("theme"), (ground) => this.#setGround(ground));
    this.#watchSize();
    this.#watchVisibility();
    this.#watchHands();
    setInterval(() => this.#report(), REPORT_EVERY);
    this.#session.start();
    this.#report();
  }

  /** @returns {import("./session.js").SessionListener} */
  #listener() {
    return {
      connected: () => this.#connected(),
      options: () => this.#setOptions(),
      changed: () => this.#change(),
      patched: (patch) => this.#patched(patch.fresh),
    };
  }

  #connected() {
    this.#lookTold = "";
    this.#pointRate.reset();
    this.#tellView();
    this.#change();
  }

  #setOptions() {
    const { title, window, style, points, time, x_label, y_label } = this.#session.options;
    this.#view = reduce(this.#view, { type: "options", window }, this.#scene());
    this.#chart.setLook({ style, points, time, xLabel: x_label ?? "", yLabel: y_label ?? "" });
    setText(byId("title"), title ?? "");
    document.title = title ?? (this.#session.plot || "zwsnb");
    this.#change();
  }

  /** @param {boolean} fresh */
  #patched(fresh) {
    if (fresh) this.#awaitingFresh = false;
    this.#change();
  }

  /** @param {import("./colors.js").Ground} ground */
  #setGround(ground) {
    this.#ground = ground;
    this.#chart.setPaint(paintOf(byId("plot")));
    this.#change();
  }

  #watchSize() {
    const resized = () => {
      this.#chart.resize();
      this.#change();
    };
    new ResizeObserver(resized).observe(byId("plot"));
    // Another screen, or the browser's zoom, changes the density and maybe not the size.
    const watchDensity = () => matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => (resized(), watchDensity()), { once: true });
    watchDensity();
  }

  #watchVisibility() {
    const look = () => this.#setHidden(document.hidden || this.#offscreen);
    document.addEventListener("visibilitychange", look);
    new IntersectionObserver((entries) => {
      this.#offscreen = !(entries.at(-1)?.isIntersecting ?? true);
      look();
    }).observe(byId("plot"));
    look();
  }

  /** @param {boolean} hidden */
  #setHidden(hidden) {
    if (hidden === this.#hidden) return;
    this.#hidden = hidden;
    this.#tellView();
    this.#change();
  }

  #watchHands() {
    listen(byId("plot"), { box: () => this.#chart.box, act: (event) => this.#act(event) });
    byId("live").addEventListener("click", () => this.#act({ type: "live", now: seconds() }));
    byId("pause").addEventListener("click", () => this.#act({ type: "pause" }));
    byId("everything").addEventListener("click", () => this.#act({ type: "everything", now: seconds() }));
    byId("status").addEventListener("click", () => this.#session.retryNow());
    addEventListener("online", () => this.#session.retryNow());
  }

  /** @param {import("./view.js").ViewEvent} event @returns {boolean} */
  #act(event) {
    const before = this.#view;
    this.#view = reduce(before, event, this.#scene());
    if (this.#view === before) return false;
    this.#change();
    return true;
  }

  /** @returns {import("./view.js").Scene} */
  #scene() {
    const { xMin, xMax } = this.#session.model;
    return { from: this.#x[0], to: this.#x[1], min: xMin, max: xMax };
  }

  /** There is something new to see or to tell. */
  #change() {
    this.#dirty = true;
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
    const moving = this.#draw(now);
    this.#tellView();
    this.#session.painted();
    this.#pointRate.sample(this.#session.model.points, now);
    if (now - this.#legendAt >= LEGEND_EVERY) this.#showSeries(now);
    if (moving) this.#schedule();
  }

  /** @param {number} now @returns {boolean} the picture moves on by itself */
  #draw(now) {
    const x = this.#nextX(now);
    if (this.#dirty || this.#hasMoved(x)) this.#drawAt(x, now);
    return this.#dirty || (isLive(this.#view) && !calm() && this.#glide.isMoving(now));
  }

  /** @param {number} now @returns {[number, number]} */
  #nextX(now) {
    const { xMin, xMax } = this.#session.model;
    const glides = this.#view.mode === "follow" && !calm();
    const x = visibleRange(this.#view, xMin, glides ? this.#glide.edge(xMax, now) : xMax);
    return this.#session.options.style === "bars" && isLive(this.#view) ? this.#roomForBars(x) : x;
  }

  /** The outermost bars are wider than their points. @param {[number, number]} x @returns {[number, number]} */
  #roomForBars([from, to]) {
    const step = Math.min(...this.#lines().map((one) => narrowestStep(one.points)));
    const half = Math.min(step, (to - from) / 8) / 2;
    return [from - half, to + half];
  }

  /** @param {[number, number]} x */
  #hasMoved(x) {
    const perPixel = (x[1] - x[0]) / this.#chart.deviceWidth;
    return Math.abs(x[1] - this.#x[1]) > SUBPIXEL * perPixel;
  }

  /** @param {[number, number]} x @param {number} now */
  #drawAt(x, now) {
    const lines = this.#lines();
    this.#x = x;
    this.#dirty = this.#fitY(lines, now);
    this.#chart.draw(lines, x, this.#y);
    this.#frames += 1;
    this.#frameRate.sample(this.#frames, now);
  }

  #lines() {
    const lines = [];
    for (const [order, one] of this.#session.model.series.entries()) {
      if (this.#legend.isHidden(one.name)) continue;
      lines.push({ order, color: colorOf(order, this.#ground), kind: one.kind, points: one.vertices.view() });
    }
    return lines;
  }

  /** @param {import("./chart.js").Line[]} lines @param {number} now @returns {boolean} the range is still moving */
  #fitY(lines, now) {
    const { y_range: fixed, style } = this.#session.options;
    if (fixed) return (this.#y = fixed), false;
    const grounded = (style === "bars" || style === "area") && lines.some((one) => one.points.length > 0);
    const extent = this.#extent;
    extent.low = grounded ? 0 : Infinity;
    extent.high = grounded ? 0 : -Infinity;
    for (const line of lines) widenToData(line.points, this.#x[0], this.#x[1], extent);
    const moving = this.#yRange.update(extent.low, extent.high, now, now - this.#view.touched < JUST_TOUCHED);
    this.#y = [this.#yRange.low, this.#yRange.high];
    return moving;
  }

  /** A paused view that has been moved wants one fresh patch, and then silence again. */
  #tellView() {
    const message = viewMessage(this.#view, this.#chart.deviceWidth, false);
    const look = JSON.stringify(message);
    if (look !== this.#lookTold) this.#awaitingFresh = true;
    this.#lookTold = look;
    const silent = this.#hidden || (this.#view.paused && !this.#awaitingFresh);
    this.#session.tellView({ ...message, paused: silent });
  }

  /** @param {number} now */
  #showSeries(now) {
    this.#legendAt = now;
    const items = this.#session.model.series.map((one, order) => this.#itemOf(one, order));
    this.#legend.update(items);
    this.#announcer.update(this.#state(), items, now);
  }

  /** @param {import("./model.js").Series} series @param {number} order @returns {import("./legend.js").Item} */
  #itemOf(series, order) {
    const { name, kind, points, lastY } = series;
    const unit = this.#chart.yUnit;
    const value = unit && Math.abs(lastY) <= 10 * Math.max(Math.abs(this.#y[0]), Math.abs(this.#y[1])) ? format(lastY, finer(unit, 2)) : formatShort(lastY);
    return { name, color: colorOf(order, this.#ground), value, tag: kind === "xy" ? XY_TAG : "", note: `${formatCount(points)} points` };
  }

  /** @returns {import("./status.js").Report["state"]} */
  #state() {
    const { name } = this.#session.connection;
    if (name !== "live") return name === "idle" ? "connecting" : name;
    if (this.#view.paused || this.#hidden) return "paused";
    return isLive(this.#view) ? "live" : "looking back";
  }

  #report() {
    const now = seconds();
    const { model, connection, counts, notices, announced, latencies } = this.#session;
    this.#session.check();
    this.#pointRate.sample(model.points, now);
    this.#frameRate.sample(this.#frames, now);
    this.#showSeries(now);
    this.#showState();
    this.#showButtons();
    this.#status.update({
      state: this.#state(),
      reason: connection.reason,
      seconds: connection.until === null ? null : connection.until - this.#session.world.now(),
      waiting: this.#view.paused ? announced - model.points : null,
      points: model.points,
      pointsPerSecond: this.#pointRate.perSecond(),
      framesPerSecond: this.#frameRate.perSecond(),
      latency: latencies.median(),
      conflated: model.conflated,
      counts,
      notices,
    });
  }

  #showState() {
    const { isEmpty } = this.#session.model;
    byId("plot").classList.toggle("vacant", isEmpty);
    byId("empty").hidden = !isEmpty || !["connecting", "live", "paused"].includes(this.#state());
    document.body.dataset["state"] = this.#session.connection.name;
  }

  #showButtons() {
    const connected = this.#session.connection.name === "live";
    byId("live").hidden = isLive(this.#view) || !connected;
    byId("everything").hidden = this.#view.mode === "all";
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
      frames: this.#frames,
      fps: this.#frameRate.perSecond(),
      series: Object.fromEntries(model.series.map((one) => [one.name, { ...one.painted, kind: one.kind }])),
      points: model.points,
      conflated: model.conflated,
      latencyMs: latencies.median(),
      lastLatencyMs: latencies.recent(1)[0] ?? NaN,
      bytesIn,
      patches,
      view: this.#viewStats(),
      ...heap(),
    };
  }

  #viewStats() {
    const { mode, window, paused } = this.#view;
    return { mode, window, from: this.#x[0], to: this.#x[1], low: this.#y[0], high: this.#y[1], paused, hidden: this.#hidden, live: isLive(this.#view) };
  }

  /** Milliseconds from publishing to painting, of the last few thousand patches, oldest first. */
  latencies() {
    return [...this.#session.latencies.recent()];
  }
}

function seconds() {
  return performance.now() / 1000;
}

function heap() {
  const memory = /** @type {{memory?: {usedJSHeapSize: number}}} */ (/** @type {unknown} */ (performance)).memory;
  return memory ? { heap: memory.usedJSHeapSize } : {};
}

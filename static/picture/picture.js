/**
 * What is on the screen: which range of x and y, drawn how, and when it must be drawn again. It
 * draws what the model holds at that moment, scaled to what the user looks at, so that a gesture
 * shows at once and the picture is refined when the relay has answered.
 */
import { Composition } from "./composition.js";
import { Scroll } from "../view/scroll.js";
import { arrangementOf, besideOf, lookOf, notesOf } from "./panel_options.js";
import { Panels } from "./panels.js";
import { LevelHandle } from "./level_handle.js";
import { Ranges } from "./ranges.js";
import { sizesOf } from "./aspect.js";
import { Triggered } from "./triggered.js";
import { leftmostOf, wholeOf, xRangeOf } from "./x_range.js";
import { axisView } from "../view/scale.js";
import { drawnScale, drawnWith } from "../view/drawn_scale.js";
import { within } from "../chart/clip.js";
import { Alarm } from "../base/scope.js";
import { prefersReducedMotion } from "../base/theme.js";
import { isLive } from "../view/state.js";
import { PATIENCE } from "../axes/y_range.js";

/** @typedef {import("../view/scale.js").AxisView} AxisView */
/** @typedef {"left" | "right"} SideName */

const SUBPIXEL = 0.2;
/** Part of the window: after a jump of x the newest points are still seen. */
const FARTHEST = 0.2;

export class Picture {
  /** Something is not drawn yet. */
  stale = true;
  frames = 0;
  /** The newest x as it was last drawn, a little ahead of the points while the plot scrolls. */
  #edge = NaN;
  #panels;
  #composition;
  #scroll = new Scroll();
  #ranges;
  /** @type {import("../axes/annotations.js").Notes} */
  #notes = { lines: [], regions: [], marks: [] };
  /** @type {import("../base/theme.js").Ground} */
  #ground = "light";
  #alarm;
  /** The last picture was drawn because the one before had changed the room that it had. */
  #settles = false;
  /** A unit of x is as long as one of y. */
  #isEqual = false;

  /**
   * @param {HTMLElement} element
   * @param {import("../link/session.js").Session} session
   * @param {(name: string) => boolean} isHidden is a series?
   * @param {() => void} wake it is to be drawn again
   * @param {AbortSignal} signal
   */
  constructor(element, session, isHidden, wake, signal) {
    this.#panels = new Panels(element, wake);
    this.wake = wake;
    this.#alarm = new Alarm(signal);
    signal.addEventListener("abort", () => this.#panels.destroy(), { once: true });
    this.#composition = new Composition(session);
    this.#ranges = new Ranges(this.#composition);
    this.triggered = new Triggered(session, this.#composition, (...at) => this.#axis(...at));
    this.levelHandle = new LevelHandle(element, this.triggered);
    this.element = element;
    this.session = session;
    this.isHidden = isHidden;
  }

  /** The x-range that is on the screen. @returns {[number, number]} */
  get x() {
    const { valueAt } = this.#composition.xScale;
    const [from, to] = this.#ranges.x;
    return [valueAt(from), valueAt(to)];
  }

  /** What view.js needs to know, in scaled values. @returns {import("../view/state.js").Scene} */
  scene() {
    const x = this.#composition.xScale;
    const { model, options } = this.session;
    const { xMin, xMax } = model;
    const lines = () => this.#lines().flat();
    const [from, to] = this.#ranges.x;
    const [min, max] = this.#whole ?? [x.scaledOf(xMin), x.scaledOf(xMax)];
    return {
      from,
      to,
      min: Number.isNaN(min) ? leftmostOf(lines()) : min,
      max,
      scale: x,
      isSwept: (options.trigger?.mode ?? "roll") !== "roll",
      whole: options.x_range && wholeOf([xMin, xMax], lines(), x, options.x_range),
    };
  }

  /**
   * What is where: to read values off the screen.
   * @returns {import("../view/hit_test.js").Panel[]}
   */
  panels() {
    this.#composition.update();
    const boxes = this.#panels.boxes;
    return this.#composition.panels.map((names, index) => {
      const box = boxes[index] ?? { left: 0, top: 0, width: 1, height: 1 };
      const [left, right] = [
        this.#axis(index, "left", box.height),
        this.#axis(index, "right", box.height),
      ];
      const series = names
        .filter((name) => !this.isHidden(name))
        .map((name) => ({
          name,
          label: this.labels.shortOf(name),
          brief: this.labels.briefOf(name),
          color: this.colorOf(name),
          axis: this.sideOf(name) === "right" ? right : left,
        }));
      const suffix = this.session.options.x_unit ?? "";
      const x = axisView(this.#composition.xScale, this.#ranges.x, box.width, suffix);
      return {
        box,
        texts: this.#panels.textsOn(index),
        x,
        left,
        right: series.some(({ axis }) => axis === right) ? right : null,
        series,
        since: this.triggered.since,
        image: this.#composition.imageIn(index) !== null,
        isEqual: this.#isEqual,
      };
    });
  }

  /** @param {number} panel @param {SideName} side @param {number} [height] */
  #axis(panel, side, height = 1) {
    const { unit } = this.#composition.lookOfPanel(panel)[side];
    const [low, high] = this.#ranges.of(panel, side);
    return axisView(this.#composition.yScaleOf(panel), [high, low], height, unit);
  }

  /** The y-axis of a series, hidden or not. @param {string} name */
  axisOf(name) {
    const panel = this.#composition.panelOf(name);
    return this.#axis(panel, this.sideOf(name), this.#panels.boxes[panel]?.height ?? 1);
  }

  /** @param {string} name */
  sideOf(name) {
    return this.#composition.lookOf(name).axis;
  }

  /** Does a series bound the band of another, and is hence not drawn itself? @param {string} name */
  isEnd(name) {
    this.#composition.update();
    return this.#composition.isEnd(name);
  }

  /** The panel of a series, and its legend there. @param {string} name */
  homeOf(name) {
    const panel = this.#composition.panelOf(name);
    return { panel, list: this.#panels.listOf(panel, this.#composition.panels.length) };
  }

  /** What of a series cannot be shown, in words; empty: nothing. @param {string} name */
  lackOf(name) {
    return this.#composition.impossibleIn(name) > 0 ? "\u2264\u202f0 not shown" : "";
  }

  /** Pixels in which all panels can be read. */
  get wantedHeight() {
    return this.#panels.wanted;
  }

  get deviceWidth() {
    return this.#panels.first.deviceWidth;
  }

  /** How many device pixels high all of the image is, or would be; 0: there is none. */
  get imageHeight() {
    const panel = this.#composition.panels.findIndex((_, at) => this.#composition.imageIn(at));
    const { log, low, high } = this.#axis(Math.max(0, panel), "left", 1);
    const { y, bins } = this.session.model.image;
    if (panel < 0 || log) return panel < 0 ? 0 : bins;
    const seen = (this.#panels.boxes[panel]?.height ?? 0) * devicePixelRatio;
    return seen * Math.max(1, (y[1] - y[0]) / (high - low));
  }

  resize() {
    this.#panels.resize();
    this.stale = true;
  }

  /** @param {import("../base/theme.js").Ground} ground */
  setGround(ground) {
    this.#ground = ground;
    this.#panels.takePaint();
    this.stale = true;
  }

  /** Something else is looked at: fit y to it at once. @param {number} now */
  refit(now) {
    this.#ranges.refit(now);
  }

  /** The plot's options, or its marks, are new. */
  setLook() {
    const { options, marks } = this.session;
    const axes = Object.keys(options.series).filter((name) => this.sideOf(name) === "right");
    this.#ranges.arrange(arrangementOf(options, axes));
    this.#notes = notesOf(options, marks);
    this.stale = true;
  }

  /**
   * A gesture before the next picture begins where the view will be then.
   * @param {import("../view/state.js").View} view
   */
  lookAt(view) {
    this.#ranges.lookAt(this.#rangeOf(view, this.#seen(view).flat()), view);
  }

  /**
   * Draw, if there is anything new to see.
   * @param {import("../view/state.js").View} view
   * @param {number} now in seconds
   * @returns {boolean} the picture moves on by itself
   */
  draw(view, now) {
    const panels = this.#seen(view);
    this.#edge = this.#edgeAt(view, now);
    const x = this.#rangeOf(view, panels.flat());
    if (this.stale || this.#hasMoved(x)) this.#drawAt(x, panels, view, now);
    return (
      this.stale ||
      (view.mode === "follow" &&
        !this.triggered.sweepIn(view) &&
        isLive(view) &&
        !prefersReducedMotion() &&
        this.#scroll.isMoving(now))
    );
  }

  /** @param {import("../view/state.js").View} view @param {number} now */
  #edgeAt({ mode, window }, now) {
    const { xMax } = this.session.model;
    if (mode !== "follow" || prefersReducedMotion()) return xMax;
    return Math.min(this.#scroll.edge(xMax, now), xMax + FARTHEST * (window ?? Infinity));
  }

  /** All of x, where it is more than the points have. */
  get #whole() {
    return this.session.options.aspect === "equal" ? this.#ranges.whole : null;
  }

  /** The lines of each panel that are not hidden. */
  #lines() {
    return this.#composition.lines(this.isHidden, this.#ground);
  }

  /** Those, over the earlier sweeps. @param {import("../view/state.js").View} view */
  #seen(view) {
    return this.triggered.over(this.#lines(), this.#ground, view);
  }

  /**
   * @param {import("../view/state.js").View} view
   * @param {import("../chart/line.js").Line[]} lines
   */
  #rangeOf(view, lines) {
    const { model, options } = this.session;
    const sweep = this.triggered.sweepIn(view);
    if (sweep) return this.triggered.rangeOf(sweep, lines);
    const whole = view.mode === "follow" ? this.#whole : null;
    const extent = /** @type {[number, number]} */ (whole ?? [model.xMin, this.#edge]);
    return xRangeOf(view, extent, lines, this.#composition.xScale, options.x_range);
  }

  /** @param {[number, number]} x */
  #hasMoved(x) {
    const perPixel = (x[1] - x[0]) / this.deviceWidth;
    return Math.abs(x[1] - this.#ranges.asked[1]) > SUBPIXEL * perPixel;
  }

  /**
   * @param {[number, number]} x scaled values
   * @param {import("../chart/line.js").Line[][]} panels
   * @param {import("../view/state.js").View} view
   * @param {number} now
   */
  #drawAt(x, panels, view, now) {
    const { options, zone } = this.session;
    const { xScale } = this.#composition;
    const fitted = panels.map((all) => all.map((one) => within(one, x)));
    this.stale = this.#ranges.fit(x, fitted, view, now);
    const count = panels.length;
    const boxes = this.#panels.boxes.slice(0, count);
    this.#isEqual = options.aspect === "equal" && this.#ranges.equalize(boxes, view);
    const seen = this.#isEqual
      ? panels.map((all) => all.map((one) => within(one, this.#ranges.x)))
      : fitted;
    const scenes = seen.map((lines, index) => {
      const ranges = {
        x: this.#ranges.x,
        left: this.#ranges.of(index, "left"),
        right: this.#ranges.of(index, "right"),
      };
      const y = this.#composition.yScaleOf(index);
      const drawn = {
        x: xScale,
        left: drawnScale(ranges.left, y),
        right: drawnScale(ranges.right, y),
      };
      const { height, image, cells } = this.#composition.lookOfPanel(index);
      const beside = besideOf(options, index, lines, image);
      const around = lookOf(options, this.#notes, lines, index, count, drawn, zone, cells);
      const axis = axisView(xScale, ranges.x, boxes[index]?.width ?? 1);
      const look = this.triggered.look(around, index, view, axis);
      return { ...drawnWith(drawn, lines, ranges), image, beside, look, height, logY: y.log };
    });
    this.#panels.draw(scenes);
    // Other labels have left it another room: the shape is right in the next frame.
    this.#settles =
      this.#isEqual && !this.#settles && sizesOf(this.#panels.boxes) !== sizesOf(boxes);
    this.stale ||= this.#settles;
    this.levelHandle.show(this.triggered.placeIn(() => this.panels()));
    this.frames += 1;
    if (this.#ranges.waits) this.#wakeLater();
  }

  /** An axis that is too wide shrinks in the end, even if nothing comes that would be drawn. */
  #wakeLater() {
    this.#alarm.set(() => this.wake(), PATIENCE * 1000 + 50);
  }

  /** @param {string} name of a series */
  colorOf(name) {
    return this.#composition.colorOf(name, this.#ground);
  }

  /** Dashes and opacity of its line. @param {string} name of a series */
  penOf(name) {
    return this.#composition.penOf(name);
  }

  /** What is shown in place of names. */
  get labels() {
    return this.#composition.labels;
  }
}

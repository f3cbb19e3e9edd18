/**
 * The ranges that are on the screen: of x, and of the y-axes of each panel, fitted to what is seen,
 * or as long as one another where the plot wants that.
 */
import { YFits } from "../axes/y_fits.js";
import { equalized } from "./aspect.js";

/**
 * @typedef {import("../chart/line.js").Line} Line
 * @typedef {"left" | "right"} SideName
 */

/** Seconds for which y fits at once what the reader has chosen to see. */
const JUST_TOUCHED = 0.6;
/** @type {SideName[]} */
const SIDES = ["left", "right"];

export class Ranges {
  /** In scaled values. @type {[number, number]} */
  x = [0, 1];
  /** What the view has asked for then. @type {[number, number]} */
  asked = [0, 1];
  /**
   * All of x with an equal aspect, which is more than there are points; null: nothing more.
   * @type {[number, number] | null}
   */
  whole = null;
  #fits = new YFits();
  #composition;
  /** Until when y fits what is seen without waiting. */
  #fitsUntil = -Infinity;

  /** @param {import("./composition.js").Composition} composition */
  constructor(composition) {
    this.#composition = composition;
  }

  /** An axis is too wide, and will shrink if nothing comes. */
  get waits() {
    return this.#fits.waits;
  }

  /** @param {number} panel @param {SideName} side */
  of(panel, side) {
    return this.#fits.scaledOf(`${panel}:${side}`);
  }

  /** @param {string} arrangement what belongs together on an axis, as a text */
  arrange(arrangement) {
    this.#fits.arrange(arrangement);
  }

  /** Fit y to what is seen at once. @param {number} now */
  refit(now) {
    this.#fitsUntil = now + JUST_TOUCHED;
  }

  /**
   * A gesture begins where the view will be.
   * @param {[number, number]} x
   * @param {import("../view/state.js").View} view
   */
  lookAt(x, view) {
    this.x = x;
    this.#fits.hold(view.y);
  }

  /**
   * @param {[number, number]} x
   * @param {Line[][]} panels what is seen of each
   * @param {import("../view/state.js").View} view
   * @param {number} now
   * @returns {boolean} one is still moving
   */
  fit(x, panels, view, now) {
    this.x = this.asked = x;
    const moving = panels.map((lines, panel) =>
      SIDES.map((side) => this.#fit(lines, panel, side, view, now)),
    );
    return moving.flat().includes(true);
  }

  /**
   * @param {Line[]} lines
   * @param {number} panel
   * @param {SideName} side
   * @param {import("../view/state.js").View} view
   * @param {number} now
   */
  #fit(lines, panel, side, view, now) {
    const key = `${panel}:${side}`;
    const own = lines.filter(({ axis }) => axis === side);
    const { range: said, filled } = this.#composition.lookOfPanel(panel)[side];
    const wish = {
      held: view.y[key],
      said,
      filled,
      scale: this.#composition.yScaleOf(panel),
      eager: now < Math.max(this.#fitsUntil, view.touched + JUST_TOUCHED),
    };
    return this.#fits.get(key).fit(own, this.x, wish, now);
  }

  /**
   * Have one unit of x be as long as one of y.
   * @param {import("../base/shapes.js").Box[]} boxes the plot areas of the panels
   * @param {import("../view/state.js").View} view
   * @returns {boolean} it is; on logarithmic axes there is none
   */
  equalize(boxes, view) {
    this.whole = view.mode === "all" ? null : this.whole;
    const isLog = boxes.some((_, panel) => this.#composition.yScaleOf(panel).log);
    if (isLog || this.#composition.xScale.log) return false;
    const fits = boxes.map((_, panel) => this.#fits.get(`${panel}:left`));
    const ys = fits.map(({ scaled }) => scaled);
    const found = equalized(this.x, ys, boxes, view.mode !== "all");
    this.x = found.x;
    if (view.mode === "all") this.whole = found.x;
    for (const [panel, fit] of fits.entries()) fit.scaled = found.ys[panel] ?? fit.scaled;
    return true;
  }
}

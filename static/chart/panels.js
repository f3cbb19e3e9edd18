/**
 * The panels, one above the other: as many charts, of equal height, with their left and right edges
 * in line. Where they would be too low to be read, they scroll.
 */
import { Chart } from "./chart.js";
import { make } from "../base/dom.js";
import { paintOf } from "../base/theme.js";

/**
 * @typedef {object} Scene what one panel shows
 * @property {import("./composition.js").Line[]} lines
 * @property {import("./chart.js").Ranges} ranges
 * @property {import("../axes/frame.js").Look} look
 */

const LOWEST = 84;

export class Panels {
  /** @type {Chart[]} */
  #charts = [];
  /** @type {HTMLElement[]} */
  #elements = [];
  /** What each chart looks like, as JSON. @type {string[]} */
  #looks = [];
  #notes = {};
  #stack = make("div", "stack");
  /** @type {Partial<import("../axes/paint_axes.js").Paint>} */
  #paint = {};
  /** They were to be taken when the element had none. */
  #lacksPaint = false;
  /** Kept here, because asking the browser costs a layout. */
  #scrolled = 0;
  /** Of each but the last. */
  #height = 0;
  /** How much higher than the others the last one is, for the labels of x. */
  #extra = 0;

  /**
   * @param {HTMLElement} element that they fill
   * @param {() => void} scrolled
   */
  constructor(element, scrolled) {
    this.element = element;
    element.append(this.#stack);
    this.#stack.addEventListener(
      "scroll",
      () => {
        this.#scrolled = this.#stack.scrollTop;
        scrolled();
      },
      { passive: true },
    );
    // A press on the scroll bar is none on the plot.
    this.#stack.addEventListener("pointerdown", (event) => {
      if (event.offsetX >= this.#stack.clientWidth && event.target === this.#stack)
        event.stopPropagation();
    });
    this.#setCount(1);
  }

  get first() {
    return /** @type {Chart} */ (this.#charts[0]);
  }

  /**
   * The plot areas, in CSS pixels from the top left corner of the element.
   * @returns {import("../base/shapes.js").Box[]}
   */
  get boxes() {
    return this.#charts.map(({ box }, index) => ({
      ...box,
      top: box.top + index * this.#height - this.#scrolled,
    }));
  }

  /**
   * Take the colours of the element: it has some while it is in a document. A notebook takes
   * outputs out of it, and puts them back.
   */
  takePaint() {
    this.#lacksPaint = !this.element.isConnected;
    if (this.#lacksPaint) return;
    this.#paint = paintOf(this.element);
    for (const chart of this.#charts) chart.setPaint(this.#paint);
  }

  /** @param {number} count */
  #setCount(count) {
    if (count === this.#charts.length) return;
    for (const chart of this.#charts.splice(count)) chart.destroy();
    for (const element of this.#elements.splice(count)) element.remove();
    for (let i = this.#charts.length; i < count; i++) this.#add();
    this.#looks = [];
    this.resize();
  }

  #add() {
    const element = make("div", "panel");
    this.#stack.append(element);
    this.#elements.push(element);
    const chart = new Chart(element);
    chart.setPaint(this.#paint);
    this.#charts.push(chart);
  }

  /**
   * Share out the height: all plot areas are equally high, the last has the labels of x below it.
   */
  resize() {
    if (this.#lacksPaint) this.takePaint();
    const count = this.#charts.length;
    const extra = this.#extraNeeded();
    const whole = this.element.clientHeight;
    const each = count > 1 ? Math.max(LOWEST, Math.floor((whole - extra) / count)) : whole;
    this.#extra = extra;
    this.#height = each;
    for (const [index, element] of this.#elements.entries()) {
      const last = index === count - 1;
      element.style.height = `${last ? Math.max(each + extra, whole - each * index) : each}px`;
    }
    for (const chart of this.#charts) chart.resize();
    this.#scrolled = this.#stack.scrollTop;
  }

  #extraNeeded() {
    return (this.#charts.at(-1)?.bottom ?? 0) - this.first.bottom;
  }

  /** Flot's timers go too. */
  destroy() {
    for (const chart of this.#charts) chart.destroy();
  }

  /** @param {Scene[]} scenes @param {boolean} logY */
  draw(scenes, logY) {
    this.#setCount(scenes.length);
    this.#setLooks(scenes);
    this.#layOut(scenes);
    if (this.#extraNeeded() !== this.#extra) {
      this.resize();
      this.#layOut(scenes);
    }
    for (const [index, { lines, ranges }] of scenes.entries())
      this.#charts[index]?.draw(lines, ranges, logY);
  }

  /** Notes are compared by identity: there may be thousands. @param {Scene[]} scenes */
  #setLooks(scenes) {
    const same = scenes[0]?.look.notes === this.#notes;
    for (const [index, { look }] of scenes.entries()) {
      const wanted = JSON.stringify({ ...look, notes: null });
      if (same && wanted === this.#looks[index]) continue;
      this.#looks[index] = wanted;
      this.#charts[index]?.setLook(look);
    }
    this.#notes = scenes[0]?.look.notes ?? {};
  }

  /** @param {Scene[]} scenes */
  #layOut(scenes) {
    const needs = scenes.map(
      ({ ranges }, index) => this.#charts[index]?.layOutY(ranges) ?? { left: 0, right: 0 },
    );
    const gutters = {
      left: Math.max(...needs.map(({ left }) => left)),
      right: Math.max(...needs.map(({ right }) => right)),
    };
    for (const [index, { ranges }] of scenes.entries())
      this.#charts[index]?.layOutX(ranges, gutters);
  }
}

/**
 * The panels, one above the other: as many charts, whose plot areas share the height by their
 * weights, with their left and right edges in line, and each with its legend where there are
 * several. Where they would be too low to be read, they scroll, and it is said how many are below.
 */
import { Chart } from "../chart/chart.js";
import { MorePanels } from "./more_panels.js";
import { make } from "../base/dom.js";
import { paintOf } from "../base/theme.js";

/**
 * @typedef {import("../base/shapes.js").Box} Box
 *
 * @typedef {object} Scene what one panel shows
 * @property {import("../chart/line.js").Line[]} lines
 * @property {import("../image/columns.js").ImageColumns | null} image
 * @property {import("../chart/beside.js").Beside} beside what stands beside it
 * @property {import("../chart/chart.js").Ranges} ranges
 * @property {import("../axes/look.js").Look} look
 * @property {number} height beside the others
 * @property {boolean} logY
 *
 * @typedef {object} Part of the page that is one panel
 * @property {HTMLElement} element
 * @property {HTMLElement} list its legend
 * @property {HTMLElement} place of its chart
 * @property {Chart} chart
 * @property {number} top of the chart, in pixels from that of the stack
 * @property {string} look of the chart, as JSON
 * @property {Partial<import("../axes/annotations.js").Notes>} notes
 */

/** Pixels that a plot area is high, at least, among others; and of two, which 200 have room for. */
const LOWEST = 50;
const LOWEST_OF_TWO = 38;
/** And that it is to be, where the notebook has the room. */
const READABLE = 96;

export class Panels {
  /** @type {Part[]} */
  #parts = [];
  #stack = make("div", "stack");
  #more = new MorePanels(this.#stack);
  /** @type {Partial<import("../axes/paint_axes.js").Paint>} */
  #paint = {};
  /** They were to be taken when the element had none. */
  #lacksPaint = false;
  /** Kept here, because asking the browser costs a layout. */
  #scrolled = 0;
  /** How high each is beside the others. @type {number[]} */
  #weights = [1];
  /** Of what is around the plot areas, as a text, when the height was shared out. */
  #shared = "";
  /** Pixels that are seen, and those of the legends, when the height was shared out. */
  #room = { height: 0, legends: 0 };
  #observer;

  /**
   * @param {HTMLElement} element that they fill
   * @param {() => void} wake they are to be drawn again
   */
  constructor(element, wake) {
    this.element = element;
    element.append(this.#stack, this.#more.element);
    // A legend needs other room: it is given with the next picture, so that none is empty.
    this.#observer = new ResizeObserver(() => {
      this.#shared = "";
      wake();
    });
    this.#stack.addEventListener(
      "scroll",
      () => {
        this.#scrolled = this.#stack.scrollTop;
        this.#showMore();
        wake();
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
    return /** @type {Part} */ (this.#parts[0]).chart;
  }

  /**
   * The plot areas, in CSS pixels from the top left corner of the element.
   * @returns {Box[]}
   */
  get boxes() {
    return this.#parts.map((part) => this.#placed(part, part.chart.box));
  }

  /** Where texts stand on a plot area, in the same pixels. @param {number} index of the panel */
  textsOn(index) {
    const part = this.#parts[index];
    return part ? part.chart.texts.map((box) => this.#placed(part, box)) : [];
  }

  /** @param {Part} part @param {Box} box of its chart @returns {Box} */
  #placed({ top }, box) {
    return { ...box, top: box.top + top - this.#scrolled };
  }

  /**
   * The legend of a panel; null: there is one panel, and the page has its legend; undefined: it
   * comes with the next picture.
   * @param {number} index
   * @param {number} count panels that there are to be
   */
  listOf(index, count) {
    return count > 1 ? this.#parts[index]?.list : null;
  }

  /**
   * Take the colours of the element: it has some while it is in a document. A notebook takes
   * outputs out of it, and puts them back.
   */
  takePaint() {
    this.#lacksPaint = !this.element.isConnected;
    if (this.#lacksPaint) return;
    this.#paint = paintOf(this.element);
    for (const { chart } of this.#parts) chart.setPaint(this.#paint);
  }

  /** @param {number} count */
  #setCount(count) {
    if (count === this.#parts.length) return;
    for (const part of this.#parts.splice(count)) this.#drop(part);
    while (this.#parts.length < count) this.#parts.push(this.#made());
    for (const part of this.#parts) part.look = "";
    this.resize();
  }

  /** @returns {Part} */
  #made() {
    const [list, place] = [make("ul", "legend"), make("div", "chart")];
    list.setAttribute("aria-label", "Series");
    const element = make("div", "panel", list, place);
    this.#stack.append(element);
    this.#observer.observe(list);
    const chart = new Chart(place);
    chart.setPaint(this.#paint);
    return { element, list, place, chart, top: 0, look: "", notes: {} };
  }

  /** @param {Part} part */
  #drop({ element, list, chart }) {
    this.#observer.unobserve(list);
    chart.destroy();
    element.remove();
  }

  /** Share out the height: a chart has the room around its plot area, and of the rest its part. */
  resize() {
    if (this.#lacksPaint) this.takePaint();
    // All that is asked of the browser first, so that it lays out once.
    const legends = this.#parts.map(({ place }) => place.offsetTop);
    this.#room = { height: this.element.clientHeight, legends: sumOf(legends) };
    const heights = this.#heightsIn(this.#room.height - this.#room.legends);
    this.#shared = this.#around();
    let top = 0;
    for (const [index, part] of this.#parts.entries()) {
      const [legend, height] = [legends[index] ?? 0, heights[index] ?? 0];
      part.top = top + legend;
      part.element.style.height = `${legend + height}px`;
      top += legend + height;
    }
    for (const { chart } of this.#parts) chart.resize();
    this.#scrolled = this.#stack.scrollTop;
    this.#showMore();
  }

  #showMore() {
    this.#more.update(this.boxes, this.#room.height);
  }

  /** Pixels in which several are seen whole, and can be read; 0: there is one. */
  get wanted() {
    const count = this.#parts.length;
    if (count === 1) return 0;
    const around = sumOf(this.#parts.map(({ chart }) => chart.around));
    return this.#room.legends + around + count * READABLE;
  }

  /** The height of each chart; the last has what is left over. @param {number} whole of all */
  #heightsIn(whole) {
    if (this.#parts.length === 1) return [whole];
    const around = this.#parts.map(({ chart }) => chart.around);
    const weights = this.#parts.map((_, index) => this.#weights[index] ?? 1);
    const unit = (whole - sumOf(around)) / sumOf(weights);
    const lowest = weights.length === 2 ? LOWEST_OF_TWO : LOWEST;
    const heights = weights.map((weight, index) => {
      const area = Math.max(lowest, Math.floor(unit * weight));
      return area + /** @type {number} */ (around[index]);
    });
    const rest = Math.max(0, whole - sumOf(heights));
    return heights.map((height, index) => height + (index === heights.length - 1 ? rest : 0));
  }

  #around() {
    return this.#parts.map(({ chart }) => chart.around).join();
  }

  /** Flot's timers go too. */
  destroy() {
    this.#observer.disconnect();
    for (const { chart } of this.#parts) chart.destroy();
  }

  /** @param {Scene[]} scenes */
  draw(scenes) {
    this.#setWeights(scenes.map(({ height }) => height));
    this.#setCount(scenes.length);
    this.#setLooks(scenes);
    this.#layOut(scenes);
    if (this.#around() !== this.#shared) {
      this.resize();
      this.#layOut(scenes);
    }
    for (const [index, { lines, image, beside, ranges, logY }] of scenes.entries())
      this.#parts[index]?.chart.draw(lines, ranges, logY, image, beside);
  }

  /** @param {number[]} weights */
  #setWeights(weights) {
    if (weights.join() !== this.#weights.join()) this.#shared = "";
    this.#weights = weights;
  }

  /** Notes are compared by identity: there may be thousands. @param {Scene[]} scenes */
  #setLooks(scenes) {
    for (const [index, { look }] of scenes.entries()) {
      const part = /** @type {Part} */ (this.#parts[index]);
      const wanted = JSON.stringify({ ...look, notes: null });
      const { lines, regions, marks } = part.notes;
      const { notes } = look;
      const same = notes.lines === lines && notes.regions === regions && notes.marks === marks;
      if (same && wanted === part.look) continue;
      [part.look, part.notes] = [wanted, notes];
      part.chart.setLook(look);
    }
  }

  /** @param {Scene[]} scenes */
  #layOut(scenes) {
    const needs = scenes.map(
      ({ ranges, beside }, index) =>
        this.#parts[index]?.chart.layOutY(ranges, beside) ?? { left: 0, right: 0 },
    );
    const gutters = {
      left: Math.max(...needs.map(({ left }) => left)),
      right: Math.max(...needs.map(({ right }) => right)),
    };
    for (const [index, { ranges }] of scenes.entries())
      this.#parts[index]?.chart.layOutX(ranges, gutters);
  }
}

/** @param {number[]} numbers */
function sumOf(numbers) {
  return numbers.reduce((sum, one) => sum + one, 0);
}

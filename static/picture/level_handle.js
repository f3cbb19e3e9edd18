/**
 * The handle of a trigger's level, at the right edge of its panel: a hand or the arrows move it, and
 * the relay is told.
 */
import { make } from "../base/dom.js";

/**
 * @typedef {object} Host
 * @property {(level: number) => void} say what it is to be
 * @property {() => boolean} may the user move it?
 *
 * @typedef {object} Place
 * @property {import("../base/shapes.js").Box} box of its panel
 * @property {import("../view/scale.js").AxisView} axis
 * @property {number} y the level
 * @property {string} text with its unit
 */

/** Part of the axis that a key moves it by, but a pixel at least; with Shift ten times that. */
const STEP = 0.01;
const FAST = 10;
/** Milliseconds that a level which was said holds here, until the relay has answered. */
const PATIENCE = 1000;

/** That a number can be rounded to. */
const MOST_DECIMALS = 100;

export class LevelHandle {
  /** @type {Place | null} */
  #place = null;
  #grabbed = false;
  /** What was said last, and when: the next key goes on from there. */
  #said = { level: NaN, at: -Infinity };
  /** Where a hand has dragged it since the last frame. @type {number | null} */
  #dragged = null;

  /** @param {HTMLElement} parent @param {Host} host */
  constructor(parent, host) {
    this.host = host;
    const { element } = this;
    element.setAttribute("role", "slider");
    element.setAttribute("aria-label", "Trigger level");
    element.setAttribute("aria-orientation", "vertical");
    element.title = "Trigger level: drag it, or use the arrows";
    element.tabIndex = 0;
    element.hidden = true;
    parent.append(element);
    element.addEventListener("keydown", (event) => this.#onKey(event));
    element.addEventListener("pointerdown", (event) => this.#grab(event));
    element.addEventListener("pointermove", (event) => this.#drag(event));
    element.addEventListener("pointerup", (event) => this.#release(event));
    element.addEventListener("pointercancel", (event) => this.#release(event));
    // What is done here is none of the plot's.
    for (const name of ["click", "dblclick", "contextmenu"])
      element.addEventListener(name, (event) => event.stopPropagation());
  }

  element = make("div", "level-handle");

  focus() {
    this.element.focus();
  }

  /** Stand where the level is. @param {Place | null} place null: there is none */
  show(place) {
    this.#place = place;
    const { element } = this;
    element.hidden = !place || !this.host.may();
    if (!place || element.hidden) return;
    const { box, axis, y, text } = place;
    const at = Math.max(0, Math.min(box.height, pixelOf(place, y)));
    element.style.transform = `translate(${box.left + box.width}px, ${box.top + at}px)`;
    for (const [name, value] of Object.entries({
      "aria-valuenow": String(y),
      "aria-valuetext": text,
      "aria-valuemin": String(axis.low),
      "aria-valuemax": String(axis.high),
    }))
      if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!way || !this.#place) return;
    event.preventDefault();
    event.stopPropagation();
    const { box, y } = this.#place;
    const { level, at } = this.#said;
    const from = pixelOf(this.#place, event.timeStamp - at < PATIENCE ? level : y);
    const by = way * (event.shiftKey ? FAST : 1) * Math.max(1, STEP * box.height);
    this.#say(this.#place, from - by, event.timeStamp);
  }

  /** @param {Place} place @param {number} pixel from the top of the panel @param {number} now */
  #say({ axis }, pixel, now) {
    const level = rounded(axis.valueAt(pixel), axis.perPixel(axis.valueAt(pixel)));
    if (!Number.isFinite(level)) return;
    this.#said = { level, at: now };
    this.host.say(level);
  }

  /** @param {PointerEvent} event */
  #grab(event) {
    event.stopPropagation();
    event.preventDefault();
    this.#grabbed = true;
    this.element.setPointerCapture(event.pointerId);
    this.focus();
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (!this.#grabbed || !this.#place) return;
    event.stopPropagation();
    const parent = /** @type {HTMLElement} */ (this.element.parentElement);
    const at = event.clientY - parent.getBoundingClientRect().top - this.#place.box.top;
    // All pages hear of each level: one a frame is enough.
    if (this.#dragged === null) requestAnimationFrame(() => this.#sayDragged());
    this.#dragged = Math.max(0, Math.min(this.#place.box.height, at));
  }

  #sayDragged() {
    const pixel = this.#dragged;
    this.#dragged = null;
    if (pixel !== null && this.#place) this.#say(this.#place, pixel, performance.now());
  }

  /** @param {PointerEvent} event */
  #release(event) {
    event.stopPropagation();
    this.#grabbed = false;
    this.#sayDragged();
  }
}

/**
 * Where a level stands; what a logarithmic axis cannot show is below it.
 * @param {Place} place
 * @param {number} level
 */
function pixelOf({ axis, box }, level) {
  const pixel = axis.pixelOf(level);
  return Number.isNaN(pixel) ? box.height : pixel;
}

/**
 * As round as a pixel allows.
 * @param {number} value
 * @param {number} pixel in values
 */
export function rounded(value, pixel) {
  if (!(pixel > 0)) return value;
  const decimals = Math.max(0, -Math.floor(Math.log10(pixel)));
  return decimals > MOST_DECIMALS ? value : Number(value.toFixed(decimals));
}

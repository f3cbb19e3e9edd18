/**
 * The slider by which a series is smoothed: of a drag some values a second are said, and the last
 * one. Enter, Escape and going elsewhere close it, with the series as it is then.
 */
import { make, setText } from "../base/dom.js";
import { formatAll } from "../base/numbers.js";
import { Alarm } from "../base/scope.js";

/** Positions of the slider, from 0, where nothing is smooth. */
const LAST = 90;
/** For a tenth of what a weight lacks to 1: each step smooths over so much more than the last. */
const TENTH = 30;
/** Decimals of a weight. */
const DIGITS = 3;
/** Milliseconds between two values of a drag: all points are smoothed anew. */
const EVERY = 150;

export class SmoothField {
  #input = make("input", "");
  #output = make("output", "");
  #isOpen = true;
  /** To be said. @type {number | null} */
  #next = null;
  #isResting = false;
  #rest;

  /**
   * @param {string} name of the series
   * @param {number} weight by which it is smoothed
   * @param {AbortSignal} signal
   * @param {(weight: number) => void} say
   * @param {(isLeft: boolean) => void} closed isLeft: the focus has gone elsewhere
   */
  constructor(name, weight, signal, say, closed) {
    this.say = say;
    this.closed = closed;
    this.#rest = new Alarm(signal);
    const input = this.#input;
    input.type = "range";
    input.max = String(LAST);
    input.value = String(positionOf(weight));
    input.setAttribute("aria-label", `Smooth ${name}`);
    input.addEventListener("input", () => this.#move());
    input.addEventListener("keydown", (event) => this.#onKey(event));
    input.addEventListener("blur", () => this.#close(true));
    this.element = make("span", "smooth", input, this.#output);
    this.#show();
  }

  focus() {
    this.#input.focus();
  }

  #show() {
    const weight = weightAt(Number(this.#input.value));
    setText(this.#output, weight === 0 ? "off" : formatAll(weight));
    this.#input.setAttribute("aria-valuetext", this.#output.textContent);
    return weight;
  }

  #move() {
    this.#next = this.#show();
    if (!this.#isResting) this.#sayNext();
  }

  #sayNext() {
    this.#isResting = this.#next !== null;
    if (this.#next === null) return;
    this.say(this.#next);
    this.#next = null;
    this.#rest.set(() => this.#sayNext(), EVERY);
  }

  /** Keys are the slider's alone. @param {KeyboardEvent} event */
  #onKey(event) {
    event.stopPropagation();
    if (event.key !== "Escape" && event.key !== "Enter") return;
    event.preventDefault();
    this.#close(false);
  }

  /** Once: a field that is taken away loses the focus as well. @param {boolean} isLeft */
  #close(isLeft) {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#rest.clear();
    this.#sayNext();
    this.#rest.clear();
    this.closed(isLeft);
    this.element.remove();
  }
}

/** @param {number} position */
export function weightAt(position) {
  return Number((1 - 10 ** (-position / TENTH)).toFixed(DIGITS));
}

/** The nearest position. @param {number} weight */
export function positionOf(weight) {
  return Math.min(LAST, Math.round(TENTH * Math.log10(1 / (1 - weight))));
}

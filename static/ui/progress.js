/**
 * What is being done, or has been: a sentence above the status line, with progress and a way to
 * stop it.
 */
import { byId, setText } from "../base/dom.js";

const READ_FOR = 7_000;

export class Progress {
  #timer = 0;
  #stop = () => {};
  #text = byId("task-text");
  #bar = /** @type {HTMLProgressElement} */ (byId("task-bar"));
  #button = byId("task-stop");

  constructor() {
    this.element = byId("task");
    this.#button.addEventListener("click", () => this.#stop());
  }

  /** A sentence that disappears by itself. @param {string} sentence */
  showMessage(sentence) {
    this.#show(sentence, false);
    this.#timer = window.setTimeout(() => this.#show("", false), READ_FOR);
  }

  /** @param {string} sentence @param {number} done @param {number} all @param {() => void} stop */
  update(sentence, done, all, stop) {
    this.#show(sentence, true);
    this.#stop = stop;
    this.#bar.max = Math.max(1, all);
    this.#bar.value = Math.min(done, all);
  }

  /**
   * A text that changes many times a second is not announced.
   * @param {string} sentence
   * @param {boolean} working
   */
  #show(sentence, working) {
    clearTimeout(this.#timer);
    this.#text.setAttribute("aria-live", working ? "off" : "polite");
    this.#bar.hidden = this.#button.hidden = !working;
    this.element.classList.toggle("idle", sentence === "");
    setText(this.#text, sentence);
  }
}

/**
 * What is being done, or has been: a sentence above the status line, with progress and a way to
 * stop it.
 */
import { byId, setText } from "../base/dom.js";
import { Alarm } from "../base/scope.js";

const READ_FOR = 7_000;
/** What the browser says, too. */
const GLANCED_AT_FOR = 2_000;

export class Progress {
  #alarm;
  #stop = () => {};
  #text;
  #bar;
  #button;

  /** @param {import("../base/scope.js").Scope} scope */
  constructor({ root, signal }) {
    this.#alarm = new Alarm(signal);
    this.element = byId(root, "task");
    this.#text = byId(root, "task-text");
    this.#bar = /** @type {HTMLProgressElement} */ (byId(root, "task-bar"));
    this.#button = byId(root, "task-stop");
    this.#button.addEventListener("click", () => this.#stop());
  }

  /**
   * A sentence that disappears by itself.
   * @param {string} sentence
   * @param {boolean} [isKnown] the browser says it, too
   */
  showMessage(sentence, isKnown = false) {
    this.#show(sentence, false);
    this.#alarm.set(() => this.#show("", false), isKnown ? GLANCED_AT_FOR : READ_FOR);
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
    this.#alarm.clear();
    this.#text.setAttribute("aria-live", working ? "off" : "polite");
    this.#bar.hidden = this.#button.hidden = !working;
    this.element.classList.toggle("idle", sentence === "");
    setText(this.#text, sentence);
  }
}

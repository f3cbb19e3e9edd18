/**
 * Where the page looks, as the relay is told; and how long the relay takes to show it. While nobody sees the page the
 * relay need send nothing; nor to a paused one, but for one fresh patch whenever its view needs another.
 */
import { askedFor } from "./prefetch.js";
import { Refinement } from "./refine_latency.js";
import { viewMessage } from "../view/view.js";

/** Seconds without a gesture. */
const REST = 0.25;

export class Gaze {
  refinement = new Refinement();
  /** @type {import("./prefetch.js").Asked | null} */
  #asked = null;
  #told = "";
  /** The relay is about to send what it was asked for last. */
  #awaitsFresh = false;

  /** @param {Pick<import("./session.js").Session, "tellView">} session */
  constructor(session) {
    this.session = session;
  }

  /** Another connection knows nothing. */
  forget() {
    this.#asked = null;
    this.#told = "";
    this.refinement.forget();
  }

  /** A fresh patch has come. */
  answered() {
    this.#awaitsFresh = false;
    this.refinement.answered();
  }

  /**
   * @param {import("../view/view.js").PageView} look
   * @param {number} width of the plot in device pixels
   * @param {import("../view/view.js").Scene} scene
   * @param {number} now in seconds
   * @returns {boolean} the relay is asked for something else than before
   */
  tell({ view, hidden }, width, scene, now) {
    const rests = !view.paused && now - view.touched > REST;
    const asked = (this.#asked = askedFor(view, width, scene, this.#asked, rests));
    const message = viewMessage({ ...view, ...asked }, asked.width, false);
    const question = JSON.stringify(message);
    const isOther = question !== this.#told;
    this.#told = question;
    this.#awaitsFresh ||= isOther;
    this.session.tellView({ ...message, paused: hidden || (view.paused && !this.#awaitsFresh) });
    return isOther;
  }
}

/**
 * What the relay is asked to send, and how long it takes to send it. While nobody sees the page it
 * need send nothing; nor to a paused one, but for one fresh patch whenever its view needs another.
 */
import { viewMessage } from "./messages.js";
import { askedFor } from "./prefetch.js";
import { RefineLatency } from "./refine_latency.js";

/** Seconds without a gesture, after which more than what is seen is asked for. */
const REST = 0.15;
/** Milliseconds after a gesture: by then it has ended. */
export const AT_REST = 160;
const HEIGHT_STEP = 64;
/** Series of a plot of which finer lines are asked for. */
const FEW = 16;

export class Subscription {
  refineLatency = new RefineLatency();
  /** @type {import("./prefetch.js").Asked | null} */
  #asked = null;
  #sent = "";
  /** Of the panel of the image, in device pixels; 0: there is none. */
  #height = 0;
  /** The relay is about to send what it was asked for last. */
  #awaitsFresh = false;

  /** @param {Pick<import("./session.js").Session, "sendView" | "model" | "access">} session */
  constructor(session) {
    this.session = session;
  }

  /** A new connection: the relay knows nothing of what was asked. */
  forget() {
    this.#asked = null;
    this.#sent = "";
    this.refineLatency.forget();
  }

  /**
   * So many device pixels show the image, if there is one; few more or less make no difference.
   * @param {number} pixels 0: there is none
   */
  setHeight(pixels) {
    this.#height = Math.ceil(pixels / HEIGHT_STEP) * HEIGHT_STEP;
  }

  /** A fresh patch has come. */
  answered() {
    this.#awaitsFresh = false;
    this.refineLatency.answered();
  }

  /**
   * A gesture has changed the view.
   * @param {boolean} asks the relay for something else
   * @param {import("../view/state.js").View} before
   * @param {import("../view/state.js").View} after
   * @param {number} now in seconds
   */
  moved(asks, before, after, now) {
    const isOther = !Object.is(before.from, after.from) || !Object.is(before.to, after.to);
    // What has been asked for at rest may be on its way.
    if (asks || (isOther && this.#awaitsFresh)) this.refineLatency.asked(now);
    else if (isOther) this.refineLatency.found(now);
  }

  /**
   * @param {import("../view/state.js").PageView} shown
   * @param {number} width of the plot in device pixels
   * @param {import("../view/state.js").Scene} scene
   * @param {number} now in seconds
   * @returns {boolean} the relay is asked for something else than before
   */
  update({ view, hidden }, width, scene, now) {
    const rests = !view.paused && now - view.touched > REST;
    const asked = askedFor(view, width, scene, this.#asked, rests, rests && this.#isPlain);
    const message = {
      ...viewMessage({ ...view, ...asked }, asked.width, false),
      ...(this.#height > 0 && { height: this.#height }),
    };
    const text = JSON.stringify(message);
    const isOther = text !== this.#sent;
    this.#asked = asked;
    this.#sent = text;
    this.#awaitsFresh ||= isOther;
    this.session.sendView({ ...message, paused: hidden || (view.paused && !this.#awaitsFresh) });
    return isOther;
  }

  /**
   * A few lines: candles, scatters and images are made for the pixels that they are asked for. And
   * not by the notebook, whose connection is narrow.
   */
  get #isPlain() {
    const { access, model } = this.session;
    const { series, image } = model;
    const isLine = ({ kind = "" }) => kind === "points" || kind === "columns";
    const isFew = series.length <= FEW && image.count === 0;
    return access.way !== "by the notebook" && isFew && series.every(isLine);
  }
}

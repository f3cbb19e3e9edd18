/**
 * One view's way to the kernel: the custom messages of its widget's model. A model may have many
 * views, in several outputs and browsers; each hears them all, and knows its own by its name.
 */
import { CommAnswers } from "./comm_answers.js";
import { CommSocket } from "./comm_socket.js";

/**
 * What is used of a widget's model (https://anywidget.dev/en/afm).
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, heard: (...words: any[]) => void) => void} on
 * @property {(name: string, heard: (...words: any[]) => void) => void} off
 * @property {(message: object) => void} send
 * @property {boolean} [comm_live] hidden by anywidget's own model
 */

/** As link/connection.js has it: nothing more will come. */
const ENDED = 4000;
export const KERNEL_ENDED = "The kernel has ended: run the cell again.";
/** The name by which the kernel speaks to all views while it hears none (docs/protocol.md, 6). */
const EVERYONE = "*";
/** Events of ipywidgets' models. The first one comes with another value, which may be hidden. */
const ENDS = ["comm_live_update", "comm:close", "destroy"];

export class CommLink {
  #view = randomName();
  /** @type {CommSocket | null} */
  #socket = null;
  #answers;
  #hasEnded = false;
  /** The kernel has heard of this connection, and speaks to it alone. */
  #isHeard = false;

  /** @param {Model} model @param {AbortSignal} signal the view has gone */
  constructor(model, signal) {
    this.model = model;
    const say = (/** @type {object} */ message) => this.#say(message);
    this.#answers = new CommAnswers(say);
    this.#listen("msg:custom", (message, buffers) => this.#receive(message, buffers ?? []), signal);
    for (const name of ENDS)
      this.#listen(
        name,
        () => (name === ENDS[0] && model.comm_live === true) || this.#end(),
        signal,
      );
    signal.addEventListener("abort", () => this.#leave(), { once: true });
  }

  /** @param {string} name @param {(...words: any[]) => void} heard @param {AbortSignal} signal */
  #listen(name, heard, signal) {
    this.model.on(name, heard);
    signal.addEventListener("abort", () => this.model.off(name, heard), { once: true });
  }

  /** Another connection. */
  open() {
    this.#isHeard = false;
    const say = (/** @type {object} */ message) => {
      // What is said of a patch for everyone would be taken for one of its own.
      if (this.#isHeard || !("text" in message)) this.#say(message);
    };
    const socket = new CommSocket(say, { isFirst: this.#socket === null });
    this.#socket = socket;
    if (this.#hasEnded || this.model.comm_live === false) queueMicrotask(() => this.#end());
    return socket;
  }

  /** @param {string} address a route and a query @param {AbortSignal} [signal] */
  get(address, signal) {
    return this.#answers.get(address, signal);
  }

  /** @param {any} message @param {import("./comm_socket.js").Buffer[]} buffers */
  #receive(message, buffers) {
    const isOwn = message?.view === this.#view;
    if (!isOwn && (message?.view !== EVERYONE || this.#isHeard)) return;
    if (message.got !== undefined) this.#answers.receive(message, buffers);
    else {
      this.#isHeard ||= isOwn;
      this.#socket?.receive(message, buffers);
    }
  }

  /** @param {object} message */
  #say(message) {
    if (this.#hasEnded) return;
    try {
      this.model.send({ view: this.#view, ...message });
    } catch (error) {
      // A comm whose kernel has gone throws.
      console.warn(error);
      queueMicrotask(() => this.#end());
    }
  }

  #end() {
    this.#hasEnded = true;
    this.#socket?.end(ENDED, KERNEL_ENDED);
    this.#answers.end(KERNEL_ENDED);
  }

  /** The view has gone. */
  #leave() {
    this.#socket?.close();
    this.#answers.end("The plot is not shown any more.");
  }
}

/** Not by randomUUID, which a page on http under another name than localhost has not. */
function randomName() {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((one) => one.toString(36)).join("");
}

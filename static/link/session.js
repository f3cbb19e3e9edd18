/**
 * The talk with the relay, without a picture: what it says becomes the model, and it is told what is looked at and
 * what has been painted. The acknowledgement after the paint is the only flow control there is.
 */
import { addressesOf, Connection } from "./connection.js";
import { Clock, Latencies } from "./meters.js";
import { Model } from "./model.js";
import { completeOptions, DEFAULTS } from "./options.js";
import { decodePatch, WireError } from "./wire.js";

/**
 * @typedef {Record<string, number | Record<string, number>>} Counts of what was lost, by kind; where
 *   a kind has several reasons, by reason
 *
 * @typedef {object} SessionListener
 * @property {() => void} connected the relay has greeted: tell it the view
 * @property {() => void} options they are new, or the marks
 * @property {() => void} series their list is new
 * @property {() => void} changed anything else that shows
 * @property {(fresh: boolean, changed: boolean) => void} patched a patch has come; changed: it has other vertices
 * @property {(answer: import("./requests.js").Answer) => void} [answered] a question
 */

const ASK_CLOCK_EVERY = 10;
const DEAF_AFTER = 40;

export class Session {
  model = new Model();
  options = DEFAULTS;
  plot = "";
  patches = 0;
  /** @type {Counts} */
  counts = {};
  /** @type {string[]} */
  notices = [];
  /** @type {{x: number, text: string}[]} */
  marks = [];
  #firstMark = 0;
  /** Points that the plot had when askPoints was last answered. */
  announced = 0;
  clock = new Clock();
  latencies = new Latencies();
  #connection;
  #addresses;
  #told = "";
  #unpainted = 0;
  #unacknowledged = 0;
  #rest = 0;
  /** @type {number[]} times of the patches that are not painted */
  #published = [];
  #heard = 0;
  #asked = 0;

  /**
   * @param {string} page its address
   * @param {SessionListener} listener
   * @param {import("./connection.js").World} world
   */
  constructor(page, listener, world) {
    this.listener = listener;
    this.world = world;
    this.plot = new URL(page).searchParams.get("plot") ?? "";
    this.#addresses = addressesOf(page);
    this.#connection = new Connection(
      this.#addresses,
      { changed: () => listener.changed(), message: (data) => this.#receive(data) },
      world,
    );
  }

  get connection() {
    return this.#connection.state;
  }

  get bytesIn() {
    return this.#connection.bytesIn;
  }

  start() {
    this.#connection.start();
  }

  retryNow() {
    this.#connection.retryNow();
  }

  /** @param {string | ArrayBuffer} data */
  #receive(data) {
    this.#heard = this.world.now();
    try {
      if (typeof data === "string") this.#hear(JSON.parse(data));
      else this.#apply(data);
    } catch (error) {
      if (
        !(error instanceof WireError || error instanceof RangeError || error instanceof SyntaxError)
      )
        throw error;
      console.error(error);
      this.#connection.giveUp(`The relay sent what this page cannot use: ${error.message}.`);
    }
  }

  /** @param {ArrayBuffer} data */
  #apply(data) {
    const patch = decodePatch(data);
    const changed = this.model.apply(patch);
    this.patches += 1;
    this.#unpainted = patch.number;
    this.#rest = patch.rest;
    if (!Number.isNaN(patch.time)) this.#published.push(patch.time);
    this.listener.patched(patch.fresh, changed);
  }

  /** @param {any} message */
  #hear(message) {
    switch (message.type) {
      case "hello":
        return this.#greeted(message);
      case "series":
        this.model.setSeries(message.series);
        return this.listener.series();
      case "options":
        return this.#setOptions(message.options);
      case "marks":
        return this.#addMarks(message);
      case "status":
        return this.#setStatus(message);
      case "clock":
        return this.clock.answer(message.sent, message.clock, this.world.now());
      case "read":
      case "measure":
        return this.listener.answered?.(message);
    }
  }

  /** @param {{version: number, plot: string, options: object, clock: number}} hello */
  #greeted({ version, plot, options, clock }) {
    this.#connection.greeted(version);
    if (this.connection.name !== "live") return;
    this.plot = plot;
    this.#told = "";
    this.#unpainted = this.#unacknowledged = 0;
    this.#published.length = 0;
    this.marks = [];
    this.#firstMark = 0;
    this.clock.greet(clock, this.world.now());
    this.#askClock();
    this.#setOptions(options);
    this.listener.connected();
  }

  /** @param {object} options */
  #setOptions(options) {
    this.options = completeOptions(options);
    this.listener.options();
  }

  /** Marks are counted from the plot's first; `first` is the oldest that still stands. @param {{first: number, marks: {x: number, text: string}[]}} message */
  #addMarks({ first, marks }) {
    this.marks = [...this.marks.slice(Math.max(0, first - this.#firstMark)), ...marks];
    this.#firstMark = first;
    this.listener.options();
  }

  /** @param {{counts?: Counts, notices?: string[]}} status */
  #setStatus({ counts = {}, notices = [] }) {
    this.counts = counts;
    this.notices = notices;
    this.listener.changed();
  }

  /** @param {object} question `read` or `measure` @returns {boolean} it is on its way */
  ask(question) {
    return this.connection.name === "live" && this.#connection.send(question);
  }

  #askClock() {
    this.#asked = this.world.now();
    this.#connection.send({ type: "clock", sent: this.#asked });
  }

  /** How many points has the plot? Its patches say so, but none come to a paused page. */
  async askPoints() {
    const answer = await this.world.fetch(this.#addresses.probe).catch(() => null);
    if (answer?.status !== 200) return;
    const plots = new Map(Object.entries(JSON.parse(await answer.text()).plots ?? {}));
    this.announced = plots.get(this.plot)?.points ?? 0;
  }

  /** Now and then: is somebody there? A link that died without a word is given up. */
  check() {
    if (this.connection.name !== "live") return;
    const now = this.world.now();
    if (now - this.#heard > DEAF_AFTER)
      this.#connection.giveUp("Nothing has come from the relay for a while.");
    else if (now - this.#asked > ASK_CLOCK_EVERY) this.#askClock();
  }

  /** Tell the relay what is looked at, if that is news. @param {object} message */
  tellView(message) {
    const said = JSON.stringify(message);
    if (said === this.#told || this.connection.name !== "live") return;
    this.#acknowledge(this.#unacknowledged);
    if (this.#connection.send(message)) this.#told = said;
  }

  /** All that has come is on the screen: say so, when the relay wants to hear it, and note how late it was. */
  painted() {
    if (this.#unpainted === 0) return;
    const patch = (this.#unacknowledged = this.#unpainted);
    this.#unpainted = 0;
    if (this.#rest > 0) this.world.later(() => this.#acknowledge(patch), 1000 * this.#rest);
    else this.#acknowledge(patch);
    const now = this.world.now();
    for (const time of this.#published) this.latencies.add(1000 * (now - this.clock.here(time)));
    this.#published.length = 0;
    this.model.markPainted();
  }

  /** @param {number} patch unless one after it has been, or it was another connection's */
  #acknowledge(patch) {
    if (patch === 0 || patch !== this.#unacknowledged) return;
    this.#unacknowledged = 0;
    this.#connection.send({ type: "ack", patch });
  }
}

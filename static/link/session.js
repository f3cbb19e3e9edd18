/**
 * The dialogue with the relay, without a picture: its messages become the model, and it is sent
 * what is looked at and what has been painted. The acknowledgement after the paint is the only flow
 * control there is.
 */
import { decodeImage, isImage } from "../image/image_wire.js";
import { Connection } from "./connection.js";
import { Clock, Latencies, Silence } from "./meters.js";
import { Model } from "./model.js";
import { completeOptions, DEFAULTS } from "./options.js";
import { decodePatch, WireError } from "./wire.js";
import { OWN, zoneOf } from "../base/zones.js";
import { Sweeps } from "../view/sweeps.js";

/**
 * @typedef {object} SessionListener
 * @property {() => void} connected the relay's hello has come: send it the view
 * @property {() => void} options they are new, or the marks are
 * @property {(by: number) => void} moved so much was added to every x
 * @property {(renamed: [string, string][]) => void} series their list is new; names that have
 *   changed, old and new
 * @property {() => void} changed anything else that shows
 * @property {(fresh: boolean, changed: boolean) => void} patched a patch has come; changed: it has
 *   other vertices
 * @property {(answer: import("./messages.js").Answer) => void} [answered] a request
 * @property {(id: number) => void} [pictured] the relay wants a picture, under that number
 */

export class Session {
  model = new Model();
  sweeps = new Sweeps();
  options = DEFAULTS;
  plot = "";
  patches = 0;
  /** How many connections the relay has answered. */
  greetings = 0;
  /** The relay's name for itself. */
  service = "";
  /** @type {import("./messages.js").Counts} */
  counts = {};
  /** @type {string[]} */
  notices = [];
  /** Options that nobody has said. @type {string[]} */
  guessed = [];
  /** Of times: its origin is from where x are counted. */
  zone = OWN;
  /** @type {import("./messages.js").Mark[]} */
  marks = [];
  #firstMark = 0;
  /** @type {import("./messages.js").Bar[]} */
  progress = [];
  /** @type {import("./messages.js").ControlItem[]} */
  controls = [];
  /** What programs are told of. @type {import("./messages.js").WatchKind[]} */
  listens = [];
  /** The last that was said of them. @type {import("./messages.js").AlertsMessage | null} */
  alerts = null;
  /** The relay does not hear this page for a while. */
  openLoop = false;
  /** Points that the plot had when fetchPoints was last answered. */
  announced = 0;
  clock = new Clock();
  latencies = new Latencies();
  /** May this page rename and remove series, and steer by controls? */
  edits = true;
  #connection;
  #sentView = "";
  #unpainted = 0;
  #unacknowledged = 0;
  /** The newest patch of this connection that is. */
  #painted = 0;
  #rest = 0;
  /** @type {number[]} times of the patches that are not painted */
  #published = [];
  #silence = new Silence();
  /** One question at a time: a kernel that runs a cell answers after it. */
  #isFetching = false;

  /**
   * @param {import("./credentials.js").Access} access
   * @param {SessionListener} listener
   * @param {import("./connection.js").Env} env
   */
  constructor(access, listener, env) {
    this.access = access;
    this.listener = listener;
    this.env = env;
    this.plot = access.plot;
    this.#connection = new Connection(
      access,
      { changed: () => listener.changed(), message: (data) => this.#receive(data) },
      env,
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

  close() {
    this.#connection.close();
  }

  retryNow() {
    this.#connection.retryNow();
  }

  /** @param {string | ArrayBuffer} data */
  #receive(data) {
    this.#silence.heard(this.env.now());
    try {
      if (typeof data === "string") this.#dispatch(JSON.parse(data));
      else if (isImage(data)) this.model.applyImage(decodeImage(data));
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
    this.sweeps.begin(this.model.series, this.options.trigger?.persist ?? 0);
    const changed = this.model.apply(patch);
    this.patches += 1;
    this.#unpainted = patch.number;
    this.#rest = patch.rest;
    if (!Number.isNaN(patch.time)) this.#published.push(patch.time);
    this.listener.patched(patch.fresh, changed);
  }

  /** @param {import("./messages.js").RelayMessage} message */
  #dispatch(message) {
    switch (message.type) {
      case "hello":
        return this.#onHello(message);
      case "series":
        return this.listener.series(this.model.setSeries(message.series));
      case "options":
        return this.#setOptions(message);
      case "marks":
        return this.#addMarks(message);
      case "progress":
        return this.#learn({ progress: message.bars });
      case "controls":
        return this.#learn({ controls: message.controls });
      case "listens":
        return this.#learn({ listens: message.to });
      case "alerts":
        return this.#learn({ alerts: message });
      case "trigger":
        this.sweeps.state = message.state;
        return this.listener.changed();
      case "sweep":
        return this.sweeps.expect(message);
      case "status":
        return this.#setStatus(message);
      case "end":
        return this.#connection.end(message.reason);
      case "clock":
        return this.clock.answer(message.sent, message.clock, this.env.now());
      case "ping":
        return this.#answerPing(message);
      case "pace":
        return this.#setPace(message.open);
      case "picture":
        return this.listener.pictured?.(message.id);
      case "read":
      case "measure":
        return this.listener.answered?.(message);
    }
  }

  /** @param {import("./messages.js").Hello} hello */
  #onHello({ version, plot, service, clock, edits, editor, again, ...said }) {
    this.#connection.accept(version, again);
    if (this.connection.name !== "live") return;
    this.greetings += 1;
    this.plot = plot;
    this.service = service;
    this.edits = edits;
    if (editor !== undefined) this.access.remember(editor);
    this.#sentView = "";
    this.model.expectOthers();
    this.#unpainted = this.#unacknowledged = this.#painted = 0;
    this.#published.length = 0;
    Object.assign(this, { marks: [], progress: [], controls: [], listens: [] });
    this.sweeps.forget();
    this.#firstMark = 0;
    this.openLoop = this.#isFetching = false;
    this.clock.start(clock, this.env.now());
    this.#askClock();
    this.#setOptions(said);
    this.listener.connected();
  }

  /** @param {Omit<import("./messages.js").OptionsMessage, "type">} message */
  #setOptions({ options, guessed = [], origin = 0 }) {
    this.options = completeOptions(options);
    this.guessed = guessed;
    const by = this.zone.origin - origin;
    this.zone = zoneOf(this.options.tz, origin);
    if (by !== 0) this.#move(by);
    this.sweeps.fit(this.options.trigger?.persist ?? 0);
    this.listener.options();
  }

  /** It says once more what may have been lost on the way. @param {import("./messages.js").Ping} ping */
  #answerPing({ number, open }) {
    if (open !== undefined && open !== this.openLoop) this.#setPace(open);
    this.#connection.send({ type: "pong", number, patch: this.#painted });
  }

  /** @param {boolean} open */
  #setPace(open) {
    this.openLoop = open;
    if (!open) this.#acknowledge(this.#unacknowledged);
    this.listener.changed();
  }

  /** What is here stays where it is, though x are counted from elsewhere. @param {number} by */
  #move(by) {
    this.model.move(by);
    this.sweeps.move(by);
    this.marks = this.marks.map((mark) => ({ ...mark, x: mark.x + by }));
    this.listener.moved(by);
  }

  /**
   * Marks are counted from the plot's first; `first` is the oldest that is still there.
   * @param {import("./messages.js").MarksMessage} message
   */
  #addMarks({ first, marks }) {
    this.marks = [...this.marks.slice(Math.max(0, first - this.#firstMark)), ...marks];
    this.#firstMark = first;
    this.listener.options();
  }

  /** @param {Partial<Pick<Session, "progress" | "controls" | "listens" | "alerts">>} news */
  #learn(news) {
    Object.assign(this, news);
    this.listener.changed();
  }

  /** @param {import("./messages.js").StatusMessage} status */
  #setStatus({ counts = {}, notices = [] }) {
    this.counts = counts;
    this.notices = notices;
    this.listener.changed();
  }

  /**
   * @param {import("./messages.js").PageMessage} request
   * @returns {boolean} it is on its way
   */
  request(request) {
    return this.connection.name === "live" && this.#connection.send(request);
  }

  #askClock(now = this.env.now()) {
    this.#silence.asked(now);
    this.#connection.send({ type: "clock", sent: now });
  }

  /** Ask how many points the plot has: its patches hold that, but none come to a paused page. */
  async fetchPoints() {
    // The question brings the key: who has the address of a relay that has gone is not to hear it.
    if (this.#isFetching || this.connection.name !== "live") return;
    this.#isFetching = true;
    const answer = await this.env.fetch(this.access.probe).catch(() => null);
    this.#isFetching = false;
    if (answer?.status === 404) this.announced = 0;
    if (answer?.status !== 200) return;
    this.announced = /** @type {{points: number}} */ (JSON.parse(await answer.text())).points;
  }

  /** Seconds for which the relay has not answered, as it should; a file was never alive. */
  get silence() {
    return this.#isAlive ? this.#silence.noticed(this.env.now(), !this.openLoop) : 0;
  }

  get #isAlive() {
    return this.connection.name === "live" && !this.access.saved;
  }

  /** To be called now and then: a connection on which nothing comes any more is given up. */
  check() {
    if (!this.#isAlive) return;
    const now = this.env.now();
    if (this.#silence.isTooLong(now, !this.openLoop))
      this.#connection.giveUp("Nothing has come from the relay for a while.");
    else if (!this.openLoop && this.#silence.shouldAsk(now)) this.#askClock(now);
  }

  /**
   * Send the relay what is looked at, if that is news.
   * @param {import("./messages.js").ViewMessage} message
   */
  sendView(message) {
    const text = JSON.stringify(message);
    if (text === this.#sentView || this.connection.name !== "live") return;
    this.#acknowledge(this.#unacknowledged);
    if (this.#connection.send(message)) this.#sentView = text;
  }

  /**
   * All that has come is on the screen: acknowledge it, after the rest that the relay asked for,
   * and note how late it was.
   */
  painted() {
    if (this.#unpainted === 0) return;
    const patch = this.#unpainted;
    this.#painted = this.#unacknowledged = patch;
    this.#unpainted = 0;
    // What a kernel cannot hear now it would have to read through before its next cell.
    if (!this.openLoop) this.#acknowledgeRested(patch);
    const now = this.env.now();
    for (const time of this.#published)
      this.latencies.add(1000 * (now - this.clock.here(time)), now);
    this.#published.length = 0;
    this.model.markPainted();
  }

  /** @param {number} patch */
  #acknowledgeRested(patch) {
    if (this.#rest > 0) this.env.later(() => this.#acknowledge(patch), 1000 * this.#rest);
    else this.#acknowledge(patch);
  }

  /** @param {number} patch unless one after it has been, or it was another connection's */
  #acknowledge(patch) {
    if (patch === 0 || patch !== this.#unacknowledged) return;
    this.#unacknowledged = 0;
    this.#connection.send({ type: "ack", patch });
  }
}

/**
 * The WebSocket's states. `transition(state, event)` is all of the logic, without I/O: from what
 * happened to the next state and what to do; the class below does it. A connection that is lost is
 * opened again after growing pauses; one that was refused, or that the relay has ended, is not.
 */
import { askAgain, OTHERS, STRANGE } from "../tab/again.js";
import { VERSION } from "./wire.js";

const SHORTEST_PAUSE = 0.25;
const LONGEST_PAUSE = 8;
const ENDED = 4000;
const OTHER_VERSION = 4002;
const UNOPENED = "The relay answers, but no WebSocket opens: is a proxy in between?";
export const RELOAD_SENTENCE = "This page is of another version than the relay: reload it.";

/**
 * @typedef {"idle" | "connecting" | "live" | "reconnecting" | "ended" | "refused"} StateName
 *
 * @typedef {object} State
 * @property {StateName} name
 * @property {number} attempt failed attempts since the last success
 * @property {number | null} until when the next attempt begins, in seconds; null: now, or never
 * @property {string} reason
 *
 * @typedef {{type: "start"}
 *   | {type: "hello", version: number}
 *   | {type: "closed", code: number, reason: string, opened: boolean, now: number, random: number}
 *   | {type: "probed", status: number, text: string, now: number, random: number}
 *   | ({type: "asked", now: number, random: number} & import("../tab/again.js").Asked)
 *   | {type: "broken", reason: string, now: number, random: number}
 *   | {type: "left"}
 *   | {type: "due"}} ConnectionEvent random: a number in [0, 1)
 *
 * @typedef {{do: "open"} | {do: "connect"} | {do: "close"} | {do: "probe"} | {do: "reload"} | {do: "wait", seconds:
 *   number}} Effect
 */

/** @type {State} */
export const IDLE = { name: "idle", attempt: 0, until: null, reason: "" };

/**
 * @param {State} state
 * @param {ConnectionEvent} event
 * @returns {[State, Effect[]]}
 */
export function transition(state, event) {
  if (state.name === "ended" || state.name === "refused") return [state, []];
  switch (event.type) {
    case "start":
      return state.name === "idle"
        ? [{ ...state, name: "connecting" }, [{ do: "open" }]]
        : [state, []];
    case "hello":
      return greeted(state, event.version);
    case "closed":
      return closed(state, event);
    case "probed":
      return probed(state, event);
    case "asked":
      return event.isOurs
        ? [state, [{ do: "connect" }]]
        : probed(state, { ...event, text: OTHERS }, STRANGE);
    case "broken":
      return pause(state, event.reason, event, [{ do: "close" }]);
    case "left":
      return [{ ...state, name: "ended", until: null, reason: "" }, [{ do: "close" }]];
    case "due":
      return state.until === null ? [state, []] : [{ ...state, until: null }, [{ do: "open" }]];
  }
}

/** @param {State} state @param {number} version @returns {[State, Effect[]]} */
function greeted(state, version) {
  if (version !== VERSION) return outdated(state, [{ do: "close" }]);
  return [{ name: "live", attempt: 0, until: null, reason: "" }, []];
}

/** @param {State} state @param {Effect[]} effects @returns {[State, Effect[]]} */
function outdated(state, effects) {
  return [
    { ...state, name: "refused", until: null, reason: RELOAD_SENTENCE },
    [...effects, { do: "reload" }],
  ];
}

/**
 * @param {State} state
 * @param {Extract<ConnectionEvent, {type: "closed"}>} event
 * @returns {[State, Effect[]]}
 */
function closed(state, event) {
  if (event.code === ENDED)
    return [
      { ...state, name: "ended", until: null, reason: event.reason || "The service has stopped." },
      [],
    ];
  if (event.code === OTHER_VERSION) return outdated(state, []);
  // A browser does not say why a socket failed to open: the same request over HTTP has a status
  // and a sentence.
  if (!event.opened) return [state, [{ do: "probe" }]];
  return pause(
    state,
    event.reason ||
      "The connection is lost: the relay's program was stopped, or the network is down.",
    event,
    [],
  );
}

/**
 * @param {State} state
 * @param {{status: number, text: string, now: number, random: number}} event status 0: no answer at all
 * @param {string} found what is said of an answer with status 200
 * @returns {[State, Effect[]]}
 */
function probed(state, event, found = UNOPENED) {
  if (event.status === 403)
    return [
      { ...state, name: "refused", until: null, reason: event.text.trim() || "The relay refuses." },
      [],
    ];
  const reason =
    event.status === 0
      ? "The relay does not answer: if its program has ended, start it again there."
      : event.status === 200
        ? found
        : UNOPENED;
  return pause(state, reason, event, []);
}

/**
 * @param {State} state
 * @param {string} reason
 * @param {{now: number, random: number}} event
 * @param {Effect[]} effects
 * @returns {[State, Effect[]]}
 */
function pause(state, reason, { now, random }, effects) {
  const longest = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** (state.attempt + 1));
  const seconds = Math.max(SHORTEST_PAUSE, longest * (0.5 + random / 2));
  const next = /** @type {State} */ ({
    name: "reconnecting",
    attempt: state.attempt + 1,
    until: now + seconds,
    reason,
  });
  return [next, [...effects, { do: "wait", seconds }]];
}

/**
 * What the connection needs of the browser; tests bring their own.
 * @typedef {object} Env
 * @property {(address: string, protocols: string[]) => Socket} open
 * @property {(address: string, signal?: AbortSignal, method?: string) => Promise<Answer>} fetch
 * @property {(action: () => void, milliseconds: number) => unknown} later
 * @property {() => number} now in seconds
 * @property {() => number} random in [0, 1)
 * @property {() => void} reload
 *
 * @typedef {object} Socket what is used of a WebSocket
 * @property {string} binaryType
 * @property {number} readyState
 * @property {((event: any) => void) | null} onopen
 * @property {((event: any) => void) | null} onmessage
 * @property {((event: any) => void) | null} onclose
 * @property {(text: string) => void} send
 * @property {(code?: number) => void} close
 *
 * @typedef {Pick<Response, "ok" | "status" | "headers" | "body" | "text">} Answer
 *
 * @typedef {object} Listener
 * @property {(state: State) => void} changed
 * @property {(data: string | ArrayBuffer) => void} message
 */

export class Connection {
  state = IDLE;
  bytesIn = 0;
  /** @type {import("../tab/again.js").Again | null} */
  #again = null;
  /** @type {Socket | null} */
  #socket = null;

  /**
   * @param {import("./credentials.js").Access} access
   * @param {Listener} listener
   * @param {Env} env
   */
  constructor(access, listener, env) {
    this.access = access;
    this.listener = listener;
    this.env = env;
  }

  start() {
    this.#handle({ type: "start" });
  }

  /** The user, or the network's return, does not want to wait. */
  retryNow() {
    this.#handle({ type: "due" });
  }

  /**
   * The relay's hello has come.
   * @param {number} version of its protocol
   * @param {import("../tab/again.js").Again | null} [again] what to ask before the next connection
   */
  accept(version, again = null) {
    this.#again = again;
    this.#handle({ type: "hello", version });
  }

  /** The relay has said that this was all. @param {string} reason */
  end(reason) {
    this.#handle({ type: "closed", code: ENDED, reason, opened: true, ...this.#moment() });
  }

  /** Nobody is there any more to see it. */
  close() {
    this.#handle({ type: "left" });
  }

  /** What came cannot be used: open another connection. @param {string} reason */
  giveUp(reason) {
    this.#handle({ type: "broken", reason, ...this.#moment() });
  }

  /**
   * @param {import("./messages.js").PageMessage} message
   * @returns {boolean} it is on its way
   */
  send(message) {
    if (this.#socket?.readyState !== 1) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** @param {ConnectionEvent} event */
  #handle(event) {
    const [state, effects] = transition(this.state, event);
    const changed = state !== this.state;
    this.state = state;
    for (const effect of effects) this.#perform(effect);
    if (changed) this.listener.changed(state);
  }

  /** @param {Effect} effect */
  #perform(effect) {
    switch (effect.do) {
      case "open":
        return this.#again && this.access.alive ? void this.#ask() : this.#open();
      case "connect":
        return this.#open();
      case "close":
        return this.#close();
      case "probe":
        return void this.#probe();
      case "wait":
        return this.#wait(effect.seconds);
      case "reload":
        return this.env.reload();
    }
  }

  #open() {
    const socket = this.env.open(this.access.socket, this.access.protocols);
    let opened = false;
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      opened = true;
    };
    socket.onmessage = ({ data }) => this.#receive(socket, data);
    socket.onclose = ({ code, reason }) => {
      if (socket === this.#socket)
        this.#handle({ type: "closed", code, reason, opened, ...this.#moment() });
    };
  }

  /** @param {Socket} socket @param {string | ArrayBuffer} data */
  #receive(socket, data) {
    if (socket !== this.#socket) return;
    this.bytesIn += typeof data === "string" ? data.length : data.byteLength;
    this.listener.message(data);
  }

  async #ask() {
    const asked = await this.#asked();
    if (asked) this.#handle({ type: "asked", ...asked, ...this.#moment() });
  }

  /** The key is for nobody else. Null: it is not known yet what to ask. */
  async #asked() {
    const { alive } = this.access;
    return this.#again && alive ? askAgain(this.#again, alive, this.env.fetch) : null;
  }

  #close() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(1000);
  }

  async #probe() {
    const asked = await this.#asked();
    if (asked && !asked.isOurs) return this.#handle({ type: "asked", ...asked, ...this.#moment() });
    const answer = await this.env.fetch(this.access.probe).catch(() => null);
    const text = (await answer?.text().catch(() => "")) ?? "";
    this.#handle({ type: "probed", status: answer?.status ?? 0, text, ...this.#moment() });
  }

  /** @param {number} seconds */
  #wait(seconds) {
    const { until } = this.state;
    // A wait that retryNow has overtaken finds another `until`, and does nothing.
    this.env.later(() => {
      if (this.state.until === until) this.#handle({ type: "due" });
    }, seconds * 1000);
  }

  #moment() {
    return { now: this.env.now(), random: this.env.random() };
  }
}

/**
 * What the user does with one control, said to the relay: of a drag some values a second and the
 * last one, which leaves a mark. Until the relay has said it back, what it says of the control is
 * older than the hand.
 */
import { Alarm } from "../base/scope.js";

/** Milliseconds between two values of a drag. */
const EVERY = 50;
/** After the last press of a key, which is the end of many. */
const KEYS_REST = 500;
/** For which an answer may be on its way. */
const PATIENCE = 2_000;

/**
 * @typedef {Pick<import("../link/session.js").Session, "request" | "openLoop">} Relay
 * @typedef {import("../link/messages.js").ControlValue} Value
 */

export class Voice {
  /** Said, and not said back. @type {Value | undefined} */
  #pending;
  /** To be said. @type {Value | undefined} */
  #next;
  #isResting = false;
  #waiting;
  #rest;
  #release;

  /**
   * @param {Relay} relay
   * @param {string} name of the control
   * @param {AbortSignal} signal
   * @param {() => void} gaveUp the relay has not taken it
   */
  constructor(relay, name, signal, gaveUp) {
    this.relay = relay;
    this.name = name;
    this.gaveUp = gaveUp;
    this.#waiting = new Alarm(signal);
    this.#rest = new Alarm(signal);
    this.#release = new Alarm(signal);
  }

  /** In the middle of a drag. @param {Value} value */
  move(value) {
    this.#release.clear();
    this.#expect(value);
    this.#next = value;
    if (!this.#isResting) this.#say();
  }

  #say() {
    this.#isResting = this.#next !== undefined;
    if (this.#next === undefined) return;
    this.#send(this.#next, false);
    this.#next = undefined;
    this.#rest.set(() => this.#say(), EVERY);
  }

  /** A key goes a step at a time. @param {Value} value */
  releaseSoon(value) {
    this.#release.set(() => this.release(value), KEYS_REST);
  }

  /** @param {Value} value */
  release(value) {
    this.#release.clear();
    this.#next = undefined;
    this.#expect(value);
    this.#send(value, true);
  }

  /** Of a button. */
  press() {
    this.relay.request({ type: "steer", name: this.name });
  }

  /** @param {Value} value @param {boolean} released */
  #send(value, released) {
    this.relay.request({ type: "steer", name: this.name, value, released });
  }

  /** @param {Value} value */
  #expect(value) {
    this.#pending = value;
    this.#waiting.set(() => this.#giveUp(), PATIENCE);
  }

  #giveUp() {
    // A kernel that hears nothing while its cell runs answers when the cell ends.
    if (this.relay.openLoop) return this.#waiting.set(() => this.#giveUp(), PATIENCE);
    this.#pending = undefined;
    this.gaveUp();
  }

  /** Is what the relay says news for the hand? @param {Value} value */
  hears(value) {
    if (this.#pending !== undefined && this.#pending !== value) return false;
    this.#pending = undefined;
    this.#waiting.clear();
    return true;
  }
}

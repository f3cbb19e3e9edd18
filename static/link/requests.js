/**
 * Requests to the relay: one is in flight at a time; while it is, a newer one replaces the one that
 * waits. So a pointer that moves at the screen's rate asks as fast as the relay answers, and no
 * faster.
 */

/** @typedef {import("./messages.js").Request} Request */

/** Seconds: an answer that has not come by then never will, for the connection was lost. */
const LOST_AFTER = 5;

export class Requests {
  #id = 0;
  #sentAt = -Infinity;
  #open = false;
  /** @type {Request | null} */
  #waiting = null;

  /** @param {(message: Request & {id: number}) => boolean} send tells whether it is on its way */
  constructor(send) {
    this.send = send;
  }

  /** @param {Request} request @param {number} now in seconds */
  ask(request, now) {
    this.#waiting = request;
    if (!this.#open || now - this.#sentAt > LOST_AFTER) this.#next(now);
  }

  /**
   * @param {Pick<import("./messages.js").Answer, "id">} answer
   * @param {number} now
   * @returns {boolean} it answers the request in flight
   */
  answered({ id }, now) {
    if (!this.#open || id !== this.#id) return false;
    this.#open = false;
    this.#next(now);
    return true;
  }

  /** A new connection: what was in flight is lost. */
  forget() {
    this.#open = false;
    this.#waiting = null;
  }

  /** @param {number} now */
  #next(now) {
    if (!this.#waiting) return;
    this.#id += 1;
    this.#open = this.send({ ...this.#waiting, id: this.#id });
    if (!this.#open) return;
    this.#sentAt = now;
    this.#waiting = null;
  }
}

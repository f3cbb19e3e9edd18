/**
 * Questions to the relay: one is in flight at a time; while it is, a newer one replaces the one that waits. So a
 * pointer that moves at the screen's rate asks as fast as the relay answers, and no faster.
 */

/**
 * @typedef {object} Point the point of a series whose x is nearest
 * @property {number} id of the series
 * @property {number} x
 * @property {number | null} y null: a gap
 * @property {boolean} exact false: those points are no longer held
 *
 * @typedef {object} Figures of a series in a stretch of x
 * @property {number} id
 * @property {number} count
 * @property {number} gaps
 * @property {number | null} mean
 * @property {number | null} min
 * @property {number | null} max
 * @property {number | null} sd
 * @property {boolean} complete false: some points are no longer held
 *
 * @typedef {{type: "read", id: number, x: number, points: Point[]}} ReadAnswer
 * @typedef {{type: "measure", id: number, from: number, to: number, series: Figures[]}} MeasureAnswer
 * @typedef {ReadAnswer | MeasureAnswer} Answer
 *
 * @typedef {{type: "read", x: number} | {type: "measure", from: number, to: number}} Question
 */

/** An answer that has not come by then never will: the link was lost. */
const LOST_AFTER = 5;

export class Questions {
  #id = 0;
  #asked = -Infinity;
  #open = false;
  /** @type {Question | null} */
  #waiting = null;

  /** @param {(message: object) => boolean} send tells whether it is on its way */
  constructor(send) {
    this.send = send;
  }

  /** @param {Question} question @param {number} now in seconds */
  ask(question, now) {
    this.#waiting = question;
    if (!this.#open || now - this.#asked > LOST_AFTER) this.#next(now);
  }

  /**
   * @param {Answer} answer
   * @param {number} now
   * @returns {boolean} it answers the question in flight
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
    this.#asked = now;
    this.#waiting = null;
  }
}

/**
 * The exact values of what is read: the relay is asked for the points at the crosshair and for the
 * statistics between two marks; at once when those move, and again, now and then, while points
 * come. With the figures of a selection it may tell the program, once: what is asked again, as after
 * a new connection, is the same selection.
 */
import { Requests } from "./requests.js";

/**
 * @typedef {import("./messages.js").ReadAnswer} ReadAnswer
 * @typedef {import("./messages.js").MeasureAnswer} MeasureAnswer
 * @typedef {import("./session.js").Session} Session
 */

const READ_AGAIN = 0.5;
const MEASURE_AGAIN = 1;

export class Queries {
  /** @type {ReadAnswer | null} */
  read = null;
  /** Of the selection; null: not known yet. @type {MeasureAnswer | null} */
  figures = null;
  #reads;
  #measures;
  #asked = { x: NaN, y: /** @type {number | null} */ (null), points: -1, at: -Infinity };
  #measured = { points: -1, at: -Infinity };
  /** The program has not been told of the selection. */
  #isUntold = false;

  /**
   * @param {{model: Pick<Session["model"], "points" | "xMax">, request: Session["request"]}}
   *   session
   */
  constructor(session) {
    this.session = session;
    this.#reads = new Requests((message) => session.request(message));
    this.#measures = new Requests((message) => this.#measure(message));
  }

  /** A new connection: what was asked is asked again. */
  connected() {
    this.#reads.forget();
    this.#measures.forget();
    this.read = null;
    this.#asked.at = this.#measured.at = -Infinity;
    this.#asked.x = NaN;
  }

  /** @param {import("./messages.js").Request & {id: number}} message @returns {boolean} it is sent */
  #measure(message) {
    const isSent = this.session.request(
      this.#isUntold && message.type === "measure" ? { ...message, selected: true } : message,
    );
    if (isSent) this.#isUntold = false;
    return isSent;
  }

  /** The program is to know of the selection: it is measured once more, and told. */
  tell() {
    this.#isUntold = true;
    this.#measured.at = -Infinity;
  }

  /** The selection is another. */
  forgetFigures() {
    this.#isUntold = false;
    this.figures = null;
    this.#measures.forget();
    this.#measured.at = -Infinity;
  }

  /** It is the same one in another sweep: its figures are seen until there are newer ones. */
  renewFigures() {
    this.#measured.at = -Infinity;
  }

  /** @param {import("./messages.js").Answer} answer @param {number} now in seconds */
  answered(answer, now) {
    if (answer.type === "read" && this.#reads.answered(answer, now)) this.read = answer;
    if (answer.type === "measure" && this.#measures.answered(answer, now)) this.figures = answer;
  }

  /**
   * The points at an x, and the cell of the image there at a y; again, when more has come.
   * @param {number} x
   * @param {number} now
   * @param {number | null} [y] null: it is not on the image
   * @returns {number} seconds until they are to be asked again; 0: nothing is to be
   */
  askPoints(x, now, y = null) {
    const { points } = this.session.model;
    const wait = this.#asked.at + READ_AGAIN - now;
    if (x === this.#asked.x && y === this.#asked.y) {
      if (points === this.#asked.points) return 0;
      if (wait > 0) return wait;
    }
    this.#asked = { x, y, points, at: now };
    this.#reads.ask({ type: "read", x, ...(y !== null && { y }) }, now);
    return 0;
  }

  /**
   * The statistics of a selection; again, when more has come into one that reaches beyond the
   * newest point.
   * @param {{from: number, to: number}} selection
   * @param {number} now
   */
  askFigures(selection, now) {
    const { points, xMax } = this.session.model;
    const first = this.#measured.at === -Infinity;
    const grown = points !== this.#measured.points && now - this.#measured.at > MEASURE_AGAIN;
    if (!first && !(grown && (this.figures === null || selection.to >= xMax))) return;
    this.#measured = { points, at: now };
    this.#measures.ask({ type: "measure", ...selection }, now);
  }
}

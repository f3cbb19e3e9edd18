/** What HTTP answers elsewhere, asked of the kernel: each answer comes in pieces, in their order. */
import { copyOf } from "./comm_socket.js";

/**
 * @typedef {object} Piece of an answer
 * @property {number} got which request it answers
 * @property {number} piece 0, 1, 2, ... of that answer
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {boolean} done it is the last
 * @property {string} [failed] why no more comes, where that is not all
 *
 * @typedef {object} Waiting for an answer
 * @property {(answer: Response) => void} resolve
 * @property {(reason: unknown) => void} reject
 * @property {number} next piece
 * @property {ReturnType<typeof setTimeout> | undefined} timer since the last one
 * @property {ReadableStreamDefaultController<Uint8Array> | null} pieces null: none has come
 */

/** Milliseconds after which a piece has been lost, be it the last. */
const NEXT_WITHIN = 60_000;
/** A server of notebooks may drop messages when there are many. */
const LOST = "A part of it was lost on the way. Ask for it once more.";

export class CommAnswers {
  #count = 0;
  /** By the numbers of their requests. @type {Map<number, Waiting>} */
  #waiting = new Map();

  /** @param {(message: object) => void} say to the kernel, in the name of the view */
  constructor(say) {
    this.say = say;
  }

  /**
   * As `fetch`, of an address that is a route and a query.
   * @param {string} address
   * @param {AbortSignal} [signal]
   * @returns {Promise<Response>}
   */
  get(address, signal) {
    const [route, search] = address.split("?", 2);
    const query = Object.fromEntries(new URLSearchParams(search));
    const number = ++this.#count;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      this.#waiting.set(number, { resolve, reject, next: 0, timer: undefined, pieces: null });
      signal?.addEventListener("abort", () => this.#fail(number, signal.reason), { once: true });
      this.say({ get: number, route, query });
    });
  }

  /** @param {Piece} piece @param {import("./comm_socket.js").Buffer[]} buffers */
  receive({ got, piece, status, headers, done, failed }, buffers) {
    const waiting = this.#waiting.get(got);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    if (piece !== waiting.next++) return this.#fail(got, new Error(LOST));
    if (failed !== undefined && waiting.pieces) return this.#fail(got, new Error(failed));
    waiting.pieces ??= begin(waiting, status, headers);
    for (const buffer of buffers) {
      const bytes = new Uint8Array(copyOf(buffer));
      if (bytes.length > 0) waiting.pieces.enqueue(bytes);
    }
    if (!done) {
      waiting.timer = setTimeout(() => this.#fail(got, new Error(LOST)), NEXT_WITHIN);
      return;
    }
    this.#waiting.delete(got);
    waiting.pieces.close();
  }

  /** No answer comes any more. @param {string} reason */
  end(reason) {
    for (const number of this.#waiting.keys()) this.#fail(number, new Error(reason));
  }

  /** The kernel sends no more of it. @param {number} number @param {unknown} reason */
  #fail(number, reason) {
    const waiting = this.#waiting.get(number);
    if (!waiting) return;
    this.#waiting.delete(number);
    this.say({ leave: number });
    clearTimeout(waiting.timer);
    if (waiting.pieces) waiting.pieces.error(reason);
    else waiting.reject(reason);
  }
}

/**
 * @param {Waiting} waiting
 * @param {number} status
 * @param {Record<string, string>} headers
 */
function begin({ resolve }, status, headers) {
  /** @type {ReadableStreamDefaultController<Uint8Array> | undefined} */
  let pieces;
  const body = new ReadableStream({
    start: (controller) => {
      pieces = controller;
    },
  });
  resolve(new Response(body, { status, headers }));
  return /** @type {ReadableStreamDefaultController<Uint8Array>} */ (
    /** @type {unknown} */ (pieces)
  );
}

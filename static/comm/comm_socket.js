/**
 * A connection to the relay by the notebook's own connection to its kernel, with the interface of
 * the WebSocket in whose place it stands (link/connection.js).
 *
 * A Jupyter server drops messages where a kernel says too much: a patch that goes on from one that
 * has not come ends the connection, and the page opens another. So does a text that has not come, as
 * a mark, which nobody would say again.
 */
import { isImage } from "../image/image_wire.js";
import { VERSION } from "../link/wire.js";

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

/**
 * Milliseconds for which an acknowledgement waits for the next one, which says the same of both: to
 * hear a word costs a kernel more than a WebSocket, and what is in flight is more, too.
 */
const ACK_EVERY = 100;

/** As link/connection.js has it: the page opens another one. */
const LOST = 1006;
/** Where a patch has its number and its flags (docs/protocol.md, section 3). */
const NUMBER = 4;
const FLAGS = 12;
const FRESH = 1;
/** Where an image, which has its number there too, says how many columns stay. */
const KEEP = 12;

/**
 * @typedef {ArrayBuffer | ArrayBufferView} Buffer
 *
 * @typedef {object} SocketMessage a text, a patch, or the end
 * @property {string} [text]
 * @property {number} [number] which text of the connection it is; those for everyone have none
 * @property {boolean} [patch]
 * @property {number} [closed] a close code
 * @property {string} [reason]
 */

export class CommSocket {
  binaryType = "arraybuffer";
  readyState = CONNECTING;
  /** @type {((event: any) => void) | null} */
  onopen = null;
  /** @type {((event: any) => void) | null} */
  onmessage = null;
  /** @type {((event: any) => void) | null} */
  onclose = null;
  #isGreeted = false;
  /** An acknowledgement that waits. */
  #ack = "";
  /** The number of the patch that has come last. */
  #last = 0;
  /** That of the text, and whether one before it has not come. */
  #lastText = 0;
  #hasGap = false;
  /** Those of a kernel that hears, before the greeting. */
  #earlyPings = 0;

  /**
   * @param {(message: object) => void} say to the kernel, in the name of the view
   * @param {{isFirst?: boolean}} more is it the first one of that name?
   */
  constructor(say, { isFirst = false } = {}) {
    this.say = say;
    this.isFirst = isFirst;
    say({ open: VERSION });
    queueMicrotask(() => {
      if (this.readyState !== CONNECTING) return;
      this.readyState = OPEN;
      this.onopen?.({});
    });
  }

  /** @param {string} text */
  send(text) {
    if (JSON.parse(text).type === "ack") return this.#hold(text);
    this.#release();
    this.say({ text });
  }

  /** @param {string} ack */
  #hold(ack) {
    if (this.#ack === "") setTimeout(() => this.#release(), ACK_EVERY);
    this.#ack = ack;
  }

  #release() {
    if (this.#ack === "" || this.readyState === CLOSED) return;
    const text = this.#ack;
    this.#ack = "";
    this.say({ text });
  }

  close() {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.say({ close: true });
  }

  /** @param {SocketMessage} message @param {Buffer[]} buffers */
  receive({ text, number, patch, closed, reason = "" }, buffers) {
    if (this.readyState === CLOSED) return;
    if (closed !== undefined) this.end(closed, reason);
    else if (text !== undefined) this.#onText(text, number);
    else if (patch && this.#isGreeted && buffers[0]) this.#onPatch(copyOf(buffers[0]));
  }

  /**
   * Before the greeting comes what an earlier connection was sent; if there was none, the greeting
   * is lost.
   * @param {string} text
   * @param {number} [number]
   */
  #onText(text, number) {
    const { type, open } = JSON.parse(text);
    const isHello = type === "hello";
    this.#isGreeted ||= isHello;
    const isNext = number === undefined || number === this.#lastText + 1;
    this.#hasGap = !isHello && (this.#hasGap || !isNext);
    this.#lastText = number ?? 0;
    if (!this.#isGreeted) return type === "ping" ? this.#onEarlyPing(open) : undefined;
    // A ping says whether the kernel hears: while it does not, nobody would open another connection.
    if (this.#hasGap && open === false) return this.#lose();
    this.onmessage?.({ data: text });
  }

  /** @param {boolean} isDeaf the kernel, as it says itself */
  #onEarlyPing(isDeaf) {
    // The second one of a kernel that hears is of no connection before: it has heard of their ends.
    const isOwn = this.isFirst ? this.#hasGap : !isDeaf && this.#earlyPings++ > 0;
    if (isOwn) this.#lose();
  }

  #lose() {
    this.say({ close: true });
    this.end(LOST, "Messages were lost on the way.");
  }

  /**
   * One before the greeting belongs to what was sent before. An image comes before the patch of its
   * number.
   * @param {ArrayBuffer} data
   */
  #onPatch(data) {
    const header = new DataView(data);
    const number = header.getUint32(NUMBER, true);
    const image = isImage(data);
    const goesOn = image
      ? header.getUint32(KEEP, true) > 0
      : !(header.getUint32(FLAGS, true) & FRESH);
    if (goesOn && number !== this.#last + 1) return this.#lose();
    if (!image) this.#last = number;
    this.onmessage?.({ data });
  }

  /** From the other side. @param {number} code @param {string} reason */
  end(code, reason) {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.onclose?.({ code, reason });
  }
}

/**
 * The bytes alone, from 0 on: a notebook hands over a part of a larger message, at any offset, and
 * vertices are read in place.
 * @param {Buffer} buffer
 */
export function copyOf(buffer) {
  if (!ArrayBuffer.isView(buffer)) return buffer;
  const { byteOffset, byteLength } = buffer;
  return /** @type {ArrayBuffer} */ (buffer.buffer).slice(byteOffset, byteOffset + byteLength);
}

/** A connection to the file, with the interface of the WebSocket in whose place it stands. */

const [CONNECTING, OPEN, CLOSED] = [0, 1, 3];

export class SavedSocket {
  binaryType = "arraybuffer";
  readyState = CONNECTING;
  /** @type {((event: any) => void) | null} */
  onopen = null;
  /** @type {((event: any) => void) | null} */
  onmessage = null;
  /** @type {((event: any) => void) | null} */
  onclose = null;

  /**
   * @param {string[]} greeting what comes first
   * @param {(message: import("../link/messages.js").PageMessage) => (string | ArrayBuffer)[]}
   *   answer
   */
  constructor(greeting, answer) {
    this.answer = answer;
    // Not at once: nobody listens yet.
    queueMicrotask(() => {
      if (this.readyState !== CONNECTING) return;
      this.readyState = OPEN;
      this.onopen?.({});
      for (const message of greeting) this.#hand(message);
    });
  }

  /** @param {string} text */
  send(text) {
    queueMicrotask(() => {
      if (this.readyState !== OPEN) return;
      for (const message of this.answer(JSON.parse(text))) this.#hand(message);
    });
  }

  close() {
    this.readyState = CLOSED;
  }

  /** @param {string | ArrayBuffer} data */
  #hand(data) {
    if (this.readyState === OPEN) this.onmessage?.({ data });
  }
}

/**
 * The latency of refining: how long a picture is only scaled, from a gesture to the paint of all its
 * vertices, which the relay sends, or has sent before. Of several gestures before that, the first
 * counts.
 */
export class RefineLatency {
  /** Milliseconds, of the last gesture that was answered; NaN: of none yet. */
  last = NaN;
  /** Gestures that were answered. */
  count = 0;
  #since = NaN;
  #answered = false;

  /** A gesture has changed what the relay is asked for. @param {number} now in seconds */
  asked(now) {
    if (Number.isNaN(this.#since)) this.#since = now;
  }

  /** A gesture has found what it needs. @param {number} now in seconds */
  found(now) {
    if (!Number.isNaN(this.#since)) return;
    this.#since = now;
    this.#answered = true;
  }

  /** A fresh patch has come. */
  answered() {
    this.#answered = !Number.isNaN(this.#since);
  }

  /** @param {number} now */
  painted(now) {
    if (!this.#answered) return;
    this.last = 1000 * (now - this.#since);
    this.count += 1;
    this.#since = NaN;
    this.#answered = false;
  }

  /** What was asked for does not come any more. */
  forget() {
    this.#since = NaN;
    this.#answered = false;
  }
}

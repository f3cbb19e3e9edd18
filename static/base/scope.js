/**
 * Where a page is, and until when: what it begins outside its root (listeners, observers, timers)
 * ends with its signal, so that nothing is left in a document that lasts longer.
 */

/**
 * @typedef {object} Scope
 * @property {HTMLElement} root that holds what the body of index.html does: that body, or an
 *   element in a shadow root
 * @property {AbortSignal} signal aborted when the page is closed
 */

/** @param {ResizeObserver | IntersectionObserver} observer @param {Element} element @param {AbortSignal} signal */
export function observe(observer, element, signal) {
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}

/** @param {() => void} action @param {number} milliseconds @param {AbortSignal} signal */
export function every(action, milliseconds, signal) {
  const timer = setInterval(action, milliseconds);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

/** One action that is due later, if no other is set before. */
export class Alarm {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {AbortSignal} signal */
  constructor(signal) {
    this.signal = signal;
    signal.addEventListener("abort", () => this.clear(), { once: true });
  }

  /** @param {() => void} action @param {number} milliseconds */
  set(action, milliseconds) {
    this.clear();
    if (!this.signal.aborted) this.#timer = setTimeout(action, milliseconds);
  }

  clear() {
    clearTimeout(this.#timer);
  }
}

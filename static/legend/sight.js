/** Which rows are in sight: of a thousand the others need not be written anew. */

export class Sight {
  /** @type {WeakMap<Element, (isSeen: boolean) => void>} */
  #tell = new WeakMap();
  #observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) this.#tell.get(target)?.(isIntersecting);
  });

  /** @param {AbortSignal} signal */
  constructor(signal) {
    signal.addEventListener("abort", () => this.#observer.disconnect(), { once: true });
  }

  /** @param {Element} element @param {(isSeen: boolean) => void} tell */
  watch(element, tell) {
    this.#tell.set(element, tell);
    this.#observer.observe(element);
  }

  /** @param {Element} element */
  forget(element) {
    this.#observer.unobserve(element);
  }
}

/**
 * What linked plots share: the range of x that is looked at, and where the crosshair is. Their pages
 * tell each other by a channel of the browser, which all pages of one origin hear, be they frames,
 * widgets or tabs; the relay knows nothing of it. x go as they are counted there, with the origin
 * from which they are. What was heard is not said again.
 */

/**
 * @typedef {import("./state.js").View} View
 * @typedef {Partial<Pick<View, "mode" | "window" | "from" | "to">>} Looked at in x
 * @typedef {Pick<BroadcastChannel, "postMessage" | "close"> & {onmessage: unknown}} Channel
 *
 * @typedef {object} Listener
 * @property {() => number} origin from where x are counted here
 * @property {(looked: Looked) => void} looked another plot looks there
 * @property {(x: number | null) => void} pointed its crosshair is there; null: it has none
 */

export class SharedX {
  #name = "";
  /** @type {Channel | null} */
  #channel = null;
  /** What was said last of the crosshair. @type {number | null} */
  #pointed = null;
  #listener;
  #open;

  /**
   * @param {AbortSignal} signal
   * @param {Listener} listener
   * @param {(name: string) => Channel} open
   */
  constructor(signal, listener, open = (name) => new BroadcastChannel(name)) {
    this.#listener = listener;
    this.#open = open;
    signal.addEventListener("abort", () => this.#join(""), { once: true });
    globalThis.addEventListener?.("pagehide", () => this.point(null), { signal });
  }

  /**
   * Share with the plots of a service whose x are of the same kind, or with none.
   * @param {string} service
   * @param {{link: string | null, time: boolean}} options of the plot
   */
  join(service, { link, time }) {
    this.#join(link === "x" ? `${service} ${time ? "times" : "numbers"}` : "");
  }

  /** @param {string} name of those that share; empty: with none */
  #join(name) {
    if (name === this.#name) return;
    this.point(null);
    this.#channel?.close();
    this.#listener.pointed(null);
    this.#name = name;
    this.#channel = name ? this.#tryToOpen(`zwsnb ${name}`) : null;
    if (this.#channel)
      this.#channel.onmessage = (/** @type {MessageEvent} */ { data }) => this.#hear(data);
  }

  /** Browsers that keep nothing for a frame of another site have no channels there. @param {string} name */
  #tryToOpen(name) {
    try {
      return this.#open(name);
    } catch {
      return null;
    }
  }

  /** @param {{origin: number, looked?: Looked, pointed?: number | null}} said */
  #hear({ origin, looked, pointed }) {
    const by = origin - this.#listener.origin();
    if (looked) this.#listener.looked(movedBy(looked, by));
    if (pointed !== undefined) this.#listener.pointed(pointed === null ? null : pointed + by);
  }

  /** What the user looks at is another. @param {View} before @param {View} view */
  look(before, view) {
    const looked = lookedIn(view);
    if (JSON.stringify(looked) !== JSON.stringify(lookedIn(before))) this.#say({ looked });
  }

  /** The crosshair is there. @param {number | null} x null: there is none, or it is another plot's */
  point(x) {
    if (x === this.#pointed) return;
    this.#pointed = x;
    this.#say({ pointed: x });
  }

  /** @param {object} said */
  #say(said) {
    this.#channel?.postMessage({ origin: this.#listener.origin(), ...said });
  }
}

/** @param {View} view @returns {Looked} */
function lookedIn({ mode, window, from, to }) {
  if (mode === "range") return { mode, from, to };
  return mode === "follow" ? { mode, window } : { mode };
}

/** @param {Looked} looked @param {number} by @returns {Looked} */
function movedBy(looked, by) {
  const { from, to } = looked;
  return from === undefined || to === undefined
    ? looked
    : { ...looked, from: from + by, to: to + by };
}

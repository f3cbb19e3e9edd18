/**
 * One plot on the page of all plots: a handle to move it by, a link to its own tab, and its page in
 * a frame.
 */
import { make, setText } from "../base/dom.js";

/** What its frame is called: the page in it (main.js) leaves the title to the card. */
const CARD = "zwsnb-card";

/**
 * @typedef {object} CardListener
 * @property {(card: PlotCard, x: number, y: number) => void} dragged in CSS pixels of the window
 * @property {(card: PlotCard, key: string) => boolean} keyed tells whether the key does something
 */

export class PlotCard {
  #handle = make("button", "handle");
  #frame;
  #isLoaded = false;
  element;

  /**
   * @param {string} name
   * @param {string} address of the plot's page
   * @param {CardListener} listener
   */
  constructor(name, address, listener) {
    this.name = name;
    this.address = address;
    this.listener = listener;
    this.#frame = frameOf(name, address);
    this.#frame.addEventListener("load", () => {
      this.#isLoaded = this.#frame.hasAttribute("src");
    });
    this.#handle.type = "button";
    this.#handle.title = "Drag to move; with the keyboard: the arrows, Home, End";
    this.#handle.setAttribute("aria-roledescription", "movable plot");
    this.element = make(
      "li",
      "card",
      make("div", "bar", this.#handle, linkTo(name, address)),
      this.#frame,
    );
    this.#listen();
  }

  /** @param {string} title */
  setTitle(title) {
    setText(this.#handle, title);
  }

  /**
   * Load the plot's page when it is in sight, as a frame does by itself, or not: who has the
   * service's address may be somebody else. What is loaded stays.
   * @param {boolean} may
   */
  mayLoad(may) {
    if (this.#isLoaded || may === this.#frame.hasAttribute("src")) return;
    if (may) this.#frame.src = this.address;
    else this.#frame.removeAttribute("src");
  }

  #listen() {
    const handle = this.#handle;
    handle.addEventListener("pointerdown", (event) => this.#hold(event));
    handle.addEventListener("pointermove", (event) => {
      if (handle.hasPointerCapture(event.pointerId))
        this.listener.dragged(this, event.clientX, event.clientY);
    });
    handle.addEventListener("lostpointercapture", () => this.element.classList.remove("held"));
    handle.addEventListener("keydown", (event) => {
      if (this.listener.keyed(this, event.key)) event.preventDefault();
    });
  }

  /** @param {PointerEvent} event */
  #hold(event) {
    if (event.button !== 0) return;
    this.#handle.setPointerCapture(event.pointerId);
    this.element.classList.add("held");
  }
}

/**
 * A page that is printed, copied, or saved by the browser has its links in it: so this one has the
 * key while it is used.
 * @param {string} name
 * @param {string} address
 */
function linkTo(name, address) {
  const link = make("a", "", document.createTextNode("↗"));
  const bare = withoutKey(address);
  const lead = (/** @type {string} */ to, /** @type {string[]} */ when) => {
    for (const type of when) link.addEventListener(type, () => link.setAttribute("href", to));
  };
  lead(address, ["pointerdown", "contextmenu", "click"]);
  lead(bare, ["pointerleave", "blur"]);
  // It has been followed then, and may keep the focus, in which the user prints or copies.
  link.addEventListener("click", () => setTimeout(() => link.setAttribute("href", bare)));
  link.href = bare;
  link.target = "_blank";
  link.rel = "noopener";
  link.title = "Open in its own tab";
  link.setAttribute("aria-label", `Open ${name} in its own tab`);
  return link;
}

/** @param {string} address */
function withoutKey(address) {
  const bare = new URL(address);
  bare.searchParams.delete("token");
  return bare.href;
}

/** @param {string} name @param {string} address */
function frameOf(name, address) {
  const frame = make("iframe", "");
  frame.name = CARD;
  frame.title = `Plot ${name}`;
  frame.loading = "lazy";
  frame.allow = "fullscreen; clipboard-write";
  frame.src = address;
  return frame;
}

/**
 * Where a widget's page lives: a shadow root, so that neither the notebook's styles nor the page's
 * own reach further than they should.
 */
import { make } from "../base/dom.js";

const PLAIN = { all: "initial", direction: "ltr", display: "block" };

/** Of a document: a style sheet belongs to one. @type {WeakMap<Document, CSSStyleSheet>} */
const sheets = new WeakMap();

/**
 * @param {HTMLElement} el the output's
 * @param {string} document a whole page, whose body is shown
 * @param {string} styles
 * @returns {{host: HTMLElement, root: HTMLElement}}
 */
export function makeShell(el, document, styles) {
  const host = make("div", "zwsnb-widget");
  // What the notebook says of all its elements, this one included, ends here.
  for (const [name, value] of Object.entries(PLAIN))
    host.style.setProperty(name, value, "important");
  // JupyterLab's commands have keys for themselves.
  host.dataset.lmSuppressShortcuts = "true";
  const root = make("div", "page");
  root.innerHTML = /<body[^>]*>([\s\S]*)<\/body>/.exec(document)?.[1] ?? "";
  const shadow = host.attachShadow({ mode: "open" });
  shadow.append(root);
  addStyles(shadow, styles);
  el.append(host);
  return { host, root };
}

/**
 * The height of a host: as much as its page has asked for, from its first points on all, and more
 * for its panels where it may have that.
 */
export class ShellHeight {
  #whole;
  #most;
  #asked;
  #panels = 0;

  /**
   * @param {HTMLElement} host
   * @param {number} whole in pixels
   * @param {number} [begin]
   * @param {number} [most]
   */
  constructor(host, whole, begin = whole, most = whole) {
    this.host = host;
    this.#whole = whole;
    this.#most = most;
    this.#asked = begin < whole ? begin : null;
    this.#update();
  }

  /** @param {number} pixels @param {number} [most] */
  setWhole(pixels, most = pixels) {
    this.#whole = pixels;
    this.#most = most;
    this.#update();
  }

  /** What was there once is not taken away. @param {import("../embed/room.js").Wish} wish */
  ask({ bare, panels }) {
    if (this.#asked !== null) this.#asked = bare === null ? null : Math.max(bare, this.#asked);
    this.#panels = Math.max(this.#panels, panels);
    this.#update();
  }

  #update() {
    const pixels = this.#asked ?? Math.max(this.#whole, Math.min(this.#most, this.#panels));
    this.host.style.setProperty("height", `${pixels}px`, "important");
  }
}

/** @param {ShadowRoot} shadow @param {string} styles */
function addStyles(shadow, styles) {
  const page = shadow.ownerDocument;
  try {
    const sheet = sheets.get(page) ?? new CSSStyleSheet();
    if (!sheets.has(page)) sheet.replaceSync(styles);
    shadow.adoptedStyleSheets = [sheet];
    sheets.set(page, sheet);
  } catch {
    // It cannot construct any, or made it for another document.
    const style = make("style", "");
    style.textContent = styles;
    shadow.prepend(style);
  }
}

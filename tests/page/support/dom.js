/**
 * A window without a browser, put where the page's modules look for it: import this module before
 * them. What a browser does by itself stands still here until a test says so: frames (`paint`),
 * sizes (`layOut`), what the user prefers (`prefer`), who sees the page (`observers`).
 */
import { readFileSync } from "node:fs";
import { FakeContext } from "./canvas.js";
import { Window } from "./window.js";

const ADDRESS = "http://relay.test/hub/?token=secret&plot=run";
const STATIC = new URL("../../../static/", import.meta.url);

const browser = new Window({
  url: ADDRESS,
  settings: {
    disableCSSFileLoading: true,
    disableJavaScriptFileLoading: true,
    disableIframePageLoading: true,
    handleDisabledFileLoadingAsSuccess: true,
    navigation: {
      disableMainFrameNavigation: true,
      disableChildFrameNavigation: true,
      disableChildPageNavigation: true,
    },
  },
});

// -- Its names, where modules look for them -----------------------------------------------------

const FROM_NODE = new Set(["URL", "URLSearchParams", "Blob", "Response", "Headers", "Request"]);
const FROM_BROWSER = /Event|^navigator$|^localStorage$|^sessionStorage$/;

for (const name of new Set([
  ...Object.getOwnPropertyNames(browser),
  ...Object.getOwnPropertyNames(Object.getPrototypeOf(browser)),
])) {
  if (FROM_NODE.has(name) || (name in globalThis && !FROM_BROWSER.test(name))) continue;
  const value = browser[name];
  const isMethod = typeof value === "function" && /^[a-z]/.test(name);
  define(globalThis, name, isMethod ? value.bind(browser) : value);
}
for (const name of ["window", "self", "top", "parent"]) define(globalThis, name, globalThis);

// The page's clocks go on for ever, Flot's for a month: neither keeps a test from ending.
for (const name of ["setTimeout", "setInterval"]) {
  const begin = globalThis[name];
  define(globalThis, name, (...words) => begin(...words).unref());
}

export const { document } = browser;

/** @param {object} target @param {string} name @param {unknown} value */
function define(target, name, value) {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

/** A getter of every element. @param {string} name @param {(element: Element) => unknown} get */
function derive(name, get) {
  Object.defineProperty(browser.HTMLElement.prototype, name, {
    configurable: true,
    get() {
      return get(this);
    },
  });
}

// -- Pages --------------------------------------------------------------------------------------

/** Show one of the pages, as it stands in static/. @param {"index.html" | "plots.html"} name */
export function showPage(name) {
  const text = readFileSync(new URL(name, STATIC), "utf8");
  const [, attributes, body] = /<body([^>]*)>([\s\S]*)<\/body>/.exec(text);
  document.body.className = /class="([^"]*)"/.exec(attributes)?.[1] ?? "";
  document.body.innerHTML = body;
}

/** @param {string} id @returns {HTMLElement} */
export const byId = (id) => document.getElementById(id);

/** Where a page is, and for how long: for ever, if a test does not end it. @param {HTMLElement} root */
export const scopeOf = (root = document.body, leaving = new AbortController()) => ({
  root,
  signal: leaving.signal,
});

/**
 * The texts of the elements that a selector finds.
 * @param {string} selector
 * @param {ParentNode} within
 */
export const textsOf = (selector, within = document) =>
  [...within.querySelectorAll(selector)].map(({ textContent }) => textContent);

/**
 * @param {EventTarget} target
 * @param {string} type
 * @param {object} more
 * @returns {Event} as it is after all have heard it
 */
export function send(target, type, more = {}) {
  const kinds = [
    [/^key/, browser.KeyboardEvent],
    [/^wheel/, browser.WheelEvent],
    [/^pointer|^lostpointer/, browser.PointerEvent],
    [/click|^mouse/, browser.MouseEvent],
    [/^focus/, browser.FocusEvent],
  ];
  const Kind = kinds.find(([pattern]) => pattern.test(type))?.[1] ?? browser.Event;
  const event = new Kind(type, { bubbles: true, cancelable: true, ...more });
  for (const [name, value] of Object.entries(more))
    if (event[name] !== value) Object.defineProperty(event, name, { value });
  target.dispatchEvent(event);
  return event;
}

/** @param {EventTarget} target @param {string} key @param {object} modifiers */
export const press = (target, key, modifiers = {}) =>
  send(target, "keydown", { key, ...modifiers });

// -- Layout -------------------------------------------------------------------------------------

/** @type {WeakMap<Element, {left: number, top: number, width: number, height: number}>} */
const boxes = new WeakMap();
const NOWHERE = { left: 0, top: 0, width: 0, height: 0 };

/**
 * Give an element its place; what is in it has the same, if its style does not say another height.
 */
export function layOut(element, { left = 0, top = 0, width, height }) {
  boxes.set(element, { left, top, width, height });
}

/** @param {Element | null} element */
function boxOf(element) {
  if (!element) return NOWHERE;
  const own = boxes.get(element);
  if (own) return own;
  const around = boxOf(element.parentElement);
  const height = Number.parseFloat(element.style?.height);
  return { ...around, height: Number.isNaN(height) ? around.height : height };
}

derive("clientWidth", (element) => boxOf(element).width);
derive("clientHeight", (element) => boxOf(element).height);
derive("offsetWidth", (element) => boxOf(element).width);
derive("offsetHeight", (element) => boxOf(element).height);
derive("offsetTop", () => 0);
derive("scrollHeight", (element) => boxOf(element).height);
browser.HTMLElement.prototype.getBoundingClientRect = function () {
  const { left, top, width, height } = boxOf(this);
  return { left, top, width, height, right: left + width, bottom: top + height, x: left, y: top };
};
// jQuery asks whether an element has any boxes before it says how wide it is.
browser.HTMLElement.prototype.getClientRects = function () {
  return [this.getBoundingClientRect()];
};

// jQuery asks the style for its sizes, a window for the style.
const computed = browser.getComputedStyle.bind(browser);
for (const target of [globalThis, browser])
  define(target, "getComputedStyle", (element) => sized(computed(element), boxOf(element)));

/** @param {CSSStyleDeclaration} style @param {{width: number, height: number}} box */
function sized(style, { width, height }) {
  const sizes = { width: `${width}px`, height: `${height}px` };
  const own = { ...sizes, getPropertyValue: (name) => sizes[name] ?? style.getPropertyValue(name) };
  return new Proxy(style, { get: (_, name) => own[name] ?? style[name] });
}

// -- Canvases -----------------------------------------------------------------------------------

/** @type {WeakMap<Element, FakeContext>} */
const contexts = new WeakMap();

/** @param {HTMLCanvasElement} canvas @returns {FakeContext} */
export function contextOf(canvas) {
  if (!contexts.has(canvas)) contexts.set(canvas, new FakeContext(canvas));
  return contexts.get(canvas);
}

browser.HTMLCanvasElement.prototype.getContext = function () {
  return contextOf(this);
};

define(
  globalThis,
  "OffscreenCanvas",
  class {
    constructor(width, height) {
      Object.assign(this, { width, height, context: new FakeContext(this) });
    }

    getContext() {
      return this.context;
    }

    async convertToBlob({ type }) {
      return new Blob([JSON.stringify([this.width, this.height])], { type });
    }
  },
);

// -- Popovers and dialogs, pointers -------------------------------------------------------------

/** @param {HTMLElement} element @param {"open" | "closed"} newState */
function toggle(element, newState) {
  element.toggleAttribute("data-open", newState === "open");
  send(element, "toggle", { newState });
}
const matches = browser.Element.prototype.matches;
browser.HTMLElement.prototype.showPopover = function () {
  toggle(this, "open");
};
browser.HTMLElement.prototype.hidePopover = function () {
  toggle(this, "closed");
};
browser.Element.prototype.matches = function (selector) {
  return selector === ":popover-open"
    ? this.hasAttribute("data-open")
    : matches.call(this, selector);
};

/** @type {Map<number, Element>} */
const captured = new Map();
browser.HTMLElement.prototype.setPointerCapture = function (id) {
  captured.set(id, this);
};
browser.HTMLElement.prototype.hasPointerCapture = function (id) {
  return captured.get(id) === this;
};
browser.HTMLElement.prototype.releasePointerCapture = function (id) {
  captured.delete(id);
  send(this, "lostpointercapture", { pointerId: id });
};

// -- What the user prefers ----------------------------------------------------------------------

/** @type {Map<string, EventTarget & {matches: boolean, media: string}>} */
const queries = new Map();

define(globalThis, "matchMedia", (media) => {
  if (!queries.has(media))
    queries.set(media, Object.assign(new browser.EventTarget(), { media, matches: false }));
  return queries.get(media);
});

/** Change what a media query says. @param {string} media @param {boolean} value */
export function prefer(media, value) {
  const query = matchMedia(media);
  query.matches = value;
  query.dispatchEvent(new browser.Event("change"));
}

// -- Who sees what ------------------------------------------------------------------------------

/** All that have been made, newest last: `observers.resize.at(-1).tell(entries)`. */
export const observers = { resize: [], intersection: [] };

function observerOf(list) {
  return class {
    observed = [];

    constructor(tell) {
      this.tell = tell;
      list.push(this);
    }

    observe(element) {
      this.observed.push(element);
    }

    unobserve(element) {
      this.observed = this.observed.filter((one) => one !== element);
    }

    disconnect() {
      this.observed.length = 0;
    }
  };
}
define(globalThis, "ResizeObserver", observerOf(observers.resize));
define(globalThis, "IntersectionObserver", observerOf(observers.intersection));

/** Somebody sees the tab, or nobody. @param {boolean} hidden */
export function hideTab(hidden) {
  define(document, "hidden", hidden);
  send(document, "visibilitychange");
}

// -- Frames -------------------------------------------------------------------------------------

/** @type {(() => void)[]} */
let frames = [];
define(globalThis, "requestAnimationFrame", (draw) => frames.push(draw));

/** Let the browser draw; tells how many had asked for it. */
export function paint() {
  const due = frames;
  frames = [];
  for (const draw of due) draw(performance.now());
  return due.length;
}

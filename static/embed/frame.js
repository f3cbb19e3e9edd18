/** The frame that shows the page, and what it does to the notebook around it. */
import { ROOM } from "./room.js";

const CHILD = ".jp-OutputArea-child";
const LIVE = "zwsnb-live";
const LEADS = "zwsnb-leads";
const ALONE = "zwsnb-alone";
const STYLE = "zwsnb-style";

/**
 * Of an output that leads, the widget that may stand behind it, and the picture, the first one that
 * is live is seen, and else the picture; one alone has a picture only. A frame's `prefers-color-scheme` is the color-scheme of its
 * element: the notebook's theme reaches the page so, and changes at once.
 */
const RULES = `
${CHILD}.${ALONE}.${LIVE} + ${CHILD},
${CHILD}.${LEADS} + ${CHILD}:not(.${LIVE}),
${CHILD}.${LEADS}.${LIVE} + ${CHILD},
${CHILD}.${LEADS}.${LIVE} + ${CHILD} + ${CHILD},
${CHILD}.${LEADS} + ${CHILD}.${LIVE} + ${CHILD} { display: none }
.zwsnb-lower, ${CHILD}:has(+ ${CHILD}.${LIVE}) .zwsnb-none { display: none }
${CHILD}:has(+ ${CHILD}.${LIVE}) .zwsnb-lower { display: inline }
[data-jp-theme-light="true"] iframe.zwsnb { color-scheme: light }
[data-jp-theme-light="false"] iframe.zwsnb { color-scheme: dark }
.zwsnb-lost { margin: 4px 0; font-size: 12px; opacity: 0.75 }
.zwsnb-lost button { all: unset; cursor: pointer; text-decoration: underline }
.zwsnb-lost button:focus-visible { outline: 1px solid }
`;

const ASKED_WITHIN = 5_000;
const ATTACHED_EVERY = 50;
const ATTACHED_WITHIN = 2_000;

const GROWN = Symbol.for("zwsnb.grown");

/**
 * @param {HTMLElement} element the output's
 * @param {Pick<import("./places.js").Output, "plot" | "height" | "begin" | "most">} output
 * @param {string} address
 * @param {() => void} again look once more for a way
 */
export function showFrame(element, output, address, again) {
  const { plot, height, begin = height, most = height } = output;
  addStyle(element.ownerDocument);
  const frame = element.ownerDocument.createElement("iframe");
  frame.className = "zwsnb";
  frame.title = `zwsnb plot ${plot}`;
  frame.width = "100%";
  frame.height = String(Math.max(begin, grown().get(address) ?? 0));
  frame.style.border = "0";
  frame.style.display = "block";
  // Chrome asks for loopback-network before a page may connect to this machine.
  frame.allow = "loopback-network; fullscreen; clipboard-write";
  const lead = leading(address, again);
  const keep = (/** @type {number} */ pixels) => grown().set(address, pixels);
  const grow = growing(frame, { height, most, keep });
  frame.addEventListener("load", () => lead(frame) || grow());
  element.append(frame);
}

/**
 * A notebook whose output is moved loads its frame anew, when another program may have the port, of
 * which a proxy would make a page of the notebook's own server. So the element has no address: it
 * comes back empty, and the way is looked for again.
 * @param {string} address
 * @param {() => void} again
 * @returns {(frame: HTMLIFrameElement) => boolean} what is done to one that has loaded, if it is empty
 */
function leading(address, again) {
  let isLed = false;
  return ({ contentDocument, contentWindow }) => {
    if (contentDocument?.URL !== "about:blank") return false;
    if (isLed) again();
    else contentWindow?.location.replace(address);
    isLed = true;
    return true;
  };
}

/**
 * The page is of another origin: it says by a port how many pixels it takes (room.js). None are ever
 * taken away; and it has all where it says nothing.
 * @param {HTMLIFrameElement} frame
 * @param {{height: number, most: number, keep: (pixels: number) => void}} room most: pixels for
 *   several panels; keep: what it has grown to
 * @returns {() => void} to be called when it has loaded
 */
function growing(frame, { height, most, keep }) {
  const grow = (/** @type {number} */ pixels) => {
    if (pixels <= Number(frame.height)) return;
    frame.height = String(pixels);
    keep(pixels);
  };
  return () => {
    const { port1, port2 } = new MessageChannel();
    const silence = setTimeout(() => grow(height), ASKED_WITHIN);
    port1.onmessage = ({ data: { bare, panels } }) => {
      clearTimeout(silence);
      grow(bare ?? Math.max(height, Math.min(most, panels)));
    };
    frame.contentWindow?.postMessage(ROOM, "*", [port2]);
  };
}

/**
 * By their addresses, which each output has for itself, the pixels to which frames have grown. A
 * notebook makes the output of a cell that is moved anew, with this script: so its page keeps them,
 * and what is around the frame does not jump.
 * @returns {Map<string, number>}
 */
function grown() {
  const page = /** @type {{[GROWN]?: Map<string, number>}} */ (globalThis);
  page[GROWN] ??= new Map();
  return page[GROWN];
}

/** @param {Document} page */
export function addStyle(page) {
  if (page.getElementById(STYLE)) return;
  const style = page.createElement("style");
  style.id = STYLE;
  style.textContent = RULES;
  page.head.append(style);
}

/**
 * Mark the output as one behind which a picture stands, and before that what may be a widget.
 * @param {HTMLElement} element
 * @param {boolean} hasWidget
 */
export function markLeading(element, hasWidget) {
  addStyle(element.ownerDocument);
  mark(element, hasWidget ? LEADS : ALONE);
}

/** Mark the output as live. @param {HTMLElement} element */
export function markLive(element) {
  mark(element, LIVE);
}

/**
 * It may not be in the notebook yet: scripts run before.
 * @param {HTMLElement} element
 * @param {string} name
 */
function mark(element, name, patience = ATTACHED_WITHIN) {
  const child = element.closest(CHILD);
  if (child) child.classList.add(name);
  else if (patience > 0)
    setTimeout(() => mark(element, name, patience - ATTACHED_EVERY), ATTACHED_EVERY);
}

/** It is not live any more. @param {HTMLElement} element */
export function removeMark(element) {
  element.closest(CHILD)?.classList.remove(LIVE);
}

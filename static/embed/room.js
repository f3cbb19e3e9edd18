/**
 * How many pixels the page of a plot without points takes: those of its bars and controls. It tells
 * what shows it in a notebook, a frame (frame.js) or the place of a widget (comm/shell.js), which
 * grows, and has its whole height from the first points on.
 */
import { byId } from "../base/dom.js";

/**
 * @callback Tell
 * @param {number | null} pixels null: the plot has points, and takes what it is given
 */

/** What the notebook sends to the page in a frame, with the port by which it is told. */
export const ROOM = "zwsnb-room";

/** Pixels; controls that take more scroll. */
const MOST = 360;

export class Room {
  /** @type {number | null | undefined} */
  #told;

  /** @param {HTMLElement} root of the page @param {Tell} tell */
  constructor(root, tell) {
    this.root = root;
    this.tell = tell;
  }

  /** @param {boolean} isEmpty the plot has no points @param {boolean} hasParts bars or controls */
  update(isEmpty, hasParts) {
    this.root.classList.toggle("bare", isEmpty && hasParts);
    const pixels = isEmpty ? pixelsOf(this.root) : null;
    if (pixels === this.#told) return;
    this.#told = pixels;
    this.tell(pixels);
  }
}

/** Of all that stands around the plot, also of what is cut off. @param {HTMLElement} root */
function pixelsOf(root) {
  const controls = byId(root, "controls");
  const scrolled = controls.scrollHeight - controls.clientHeight;
  const plot = byId(root, "plot").clientHeight;
  return Math.min(MOST, root.scrollHeight - plot + scrolled);
}

/** Tell the notebook around a frame, as soon as it asks. @param {Window} frame @returns {Tell} */
export function tellingNotebook(frame) {
  /** @type {MessagePort | undefined} */
  let notebook;
  /** @type {number | null | undefined} */
  let told;
  const tell = (/** @type {number | null} */ pixels) => {
    told = pixels;
    notebook?.postMessage(pixels);
  };
  frame.addEventListener("message", ({ data, source, ports: [port] }) => {
    if (data !== ROOM || source !== frame.parent || !port) return;
    notebook = port;
    if (told !== undefined) tell(told);
  });
  return tell;
}

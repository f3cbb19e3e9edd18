/**
 * How many pixels the page of a plot takes: without points those of its bars and controls, and with
 * several panels as many as these can be read in. It tells what shows it in a notebook, a frame
 * (frame.js) or the place of a widget (comm/shell.js), which grows; it has its whole height from the
 * first points on, and where its user has said no height, more for its panels.
 */
import { byId } from "../base/dom.js";

/**
 * @typedef {object} Wish in pixels
 * @property {number | null} bare null: the plot has points, and takes what it is given
 * @property {number} panels in which all panels are seen; 0: any
 *
 * @callback Tell
 * @param {Wish} wish
 */

/** What the notebook sends to the page in a frame, with the port by which it is told. */
export const ROOM = "zwsnb-room";

/** Pixels; controls that take more scroll. */
const MOST = 360;

export class Room {
  /** @type {Wish | undefined} */
  #told;

  /** @param {HTMLElement} root of the page @param {Tell} tell */
  constructor(root, tell) {
    this.root = root;
    this.tell = tell;
  }

  /**
   * @param {boolean} isEmpty the plot has no points
   * @param {boolean} hasParts bars or controls
   * @param {number} panels pixels that these are to have; 0: any
   */
  update(isEmpty, hasParts, panels = 0) {
    this.root.classList.toggle("bare", isEmpty && hasParts);
    const bare = isEmpty ? Math.min(MOST, aroundPlot(this.root)) : null;
    const wish = { bare, panels: panels && !isEmpty ? aroundPlot(this.root) + panels : 0 };
    if (bare === this.#told?.bare && wish.panels === this.#told.panels) return;
    this.#told = wish;
    this.tell(wish);
  }
}

/** Of all that stands around the plot, also of what is cut off. @param {HTMLElement} root */
function aroundPlot(root) {
  const controls = byId(root, "controls");
  const scrolled = controls.scrollHeight - controls.clientHeight;
  const plot = byId(root, "plot").clientHeight;
  return root.scrollHeight - plot + scrolled;
}

/** Tell the notebook around a frame, as soon as it asks. @param {Window} frame @returns {Tell} */
export function tellingNotebook(frame) {
  /** @type {MessagePort | undefined} */
  let notebook;
  /** @type {Wish | undefined} */
  let told;
  const tell = (/** @type {Wish} */ wish) => {
    told = wish;
    notebook?.postMessage(wish);
  };
  frame.addEventListener("message", ({ data, source, ports: [port] }) => {
    if (data !== ROOM || source !== frame.parent || !port) return;
    notebook = port;
    if (told !== undefined) tell(told);
  });
  return tell;
}

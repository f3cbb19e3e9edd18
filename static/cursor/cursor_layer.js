/** Shows what is read: over the picture at once, as figures not more often than they can be read. */
import { ReadoutAnchor, roomOver } from "./readout_anchor.js";
import { contentOf } from "./readout_text.js";
import { Overlay } from "./overlay.js";
import { Readout } from "./readout.js";
import { seconds } from "../base/clock.js";
import { geometryOf } from "./overlay_geometry.js";

/** @typedef {import("./readout_text.js").Read} Read */

const TEXT_EVERY = 0.03;

export class CursorLayer {
  #overlay;
  #readout;
  #anchor = new ReadoutAnchor();
  /** What is shown. @type {Read | null} */
  #read = null;
  #writtenAt = -Infinity;

  /** @param {Element} host that holds #plot */
  constructor(host) {
    this.host = host;
    this.#overlay = new Overlay(host);
    this.#readout = new Readout(host, () => this.#resized());
  }

  /** All that the figures say. */
  get text() {
    return this.#readout.text;
  }

  /**
   * @param {Read} read
   * @param {import("../base/shapes.js").Box | null} drawn the rectangle that is being drawn
   * @param {number} now in seconds
   * @returns {boolean} not all of it: it wants another frame
   */
  show(read, drawn, now) {
    this.#read = read;
    this.#overlay.update({ ...geometryOf(read), drawn });
    if (!read.target && !read.marks.a) return (this.#readout.hide(), false);
    if (now - this.#writtenAt < TEXT_EVERY) return true;
    this.#writtenAt = now;
    this.#readout.show(contentOf(read), this.#roomFor(read));
    this.#place(read, now);
    return false;
  }

  /** @param {Read} read @param {number} now */
  #place(read, now) {
    this.#anchor.hold(this.#readout, read, this.#roomFor(read), now);
  }

  /** @param {Read} read */
  #roomFor({ panels }) {
    return roomOver(panels, this.host.clientWidth);
  }

  /** The figures are others: they may leap. */
  free() {
    this.#anchor.free();
  }

  #resized() {
    this.free();
    if (this.#read) this.#place(this.#read, seconds());
  }
}

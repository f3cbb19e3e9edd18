/** Shows what is read: over the picture at once, as text not more often than it can be read. */
import { ReadoutAnchor, areaOver } from "./readout_anchor.js";
import { contentOf } from "./readout_text.js";
import { Overlay } from "./overlay.js";
import { Readout } from "./readout.js";
import { seconds } from "../base/clock.js";
import { guarded } from "../base/guard.js";
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

  /** @param {Element} host that holds #plot @param {AbortSignal} signal */
  constructor(host, signal) {
    this.host = host;
    this.#overlay = new Overlay(host);
    this.#readout = new Readout(host, () => this.#resized(), signal);
  }

  /** All that the readout shows. */
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
    guarded("the crosshair", () => this.#overlay.update({ ...geometryOf(read), drawn }));
    if (!read.target && !read.marks.a) {
      this.#readout.hide();
      return false;
    }
    if (now - this.#writtenAt < TEXT_EVERY) return true;
    this.#writtenAt = now;
    if (!guarded("the readout", () => this.#write(read, now), false)) this.#readout.hide();
    return false;
  }

  /** @param {Read} read @param {number} now @returns {true} it is written */
  #write(read, now) {
    this.#readout.show(contentOf(read), this.#areaFor(read));
    this.#position(read, now);
    return true;
  }

  /** @param {Read} read @param {number} now */
  #position(read, now) {
    this.#anchor.hold(this.#readout, read, this.#areaFor(read), now);
  }

  /** @param {Read} read */
  #areaFor({ panels }) {
    return areaOver(panels, this.host.clientWidth);
  }

  /** The content is another: the readout may jump. */
  free() {
    this.#anchor.free();
  }

  #resized() {
    this.free();
    if (this.#read) this.#position(this.#read, seconds());
  }
}

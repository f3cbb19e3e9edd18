/**
 * The mark of an output that is live (embed/frame.js), which hides the picture behind it. One that
 * nobody has answered is not marked: it may stand in a notebook without a kernel, or the kernel may
 * not hear it before its cell ends.
 */
import { addStyle, markLive, removeMark } from "../embed/frame.js";

/** @typedef {import("../link/connection.js").StateName} StateName */

export class OutputMark {
  /** Kept, for an element that has been taken away finds it no more. @type {HTMLElement | null} */
  #output = null;

  /** @param {HTMLElement} el */
  constructor(el) {
    this.el = el;
    addStyle(el.ownerDocument);
  }

  /** @param {StateName} state */
  update(state) {
    if (state === "ended" || state === "refused") this.remove();
    if (state !== "live") return;
    this.#output = this.el.closest(".jp-OutputArea-child") ?? this.#output;
    markLive(this.el);
  }

  remove() {
    removeMark(this.#output ?? this.el);
  }
}

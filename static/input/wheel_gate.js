/**
 * Whose the wheel is where the page stands in a notebook: the notebook's, which scrolls, until the
 * plot is clicked, or as long as Ctrl or Cmd is held. A click elsewhere, or Escape, gives it back. A
 * turn that is not taken is said in a hint. No screen reader reads it: it is of no use without a
 * wheel. The click that takes the wheel does no more than that: who wants to zoom has set no mark.
 *
 * Nothing else is needed for the notebook to scroll, around a frame of any origin too: a wheel that
 * nobody prevents scrolls the innermost of what can scroll.
 */
import { byId, setText } from "../base/dom.js";
import { Alarm } from "../base/scope.js";

const HINTED_FOR = 1_400;

export class WheelGate {
  #open = false;
  /** The last press has taken the wheel. */
  #taken = false;
  /** So has the first click of those that are going on. */
  #isEntry = false;
  #hint;
  #closing;

  /**
   * @param {import("../base/scope.js").Scope} scope
   * @param {boolean} embedded in a notebook, or on a page of others; else the wheel is the plot's
   */
  constructor({ root, signal }, embedded) {
    this.embedded = embedded;
    this.#hint = byId(root, "wheel-hint");
    this.#closing = new Alarm(signal);
    if (embedded) this.#listen(root, signal);
  }

  /** @param {HTMLElement} root @param {AbortSignal} signal */
  #listen(root, signal) {
    const around = { capture: true, signal };
    document.addEventListener(
      "pointerdown",
      (event) => this.#press(event.composedPath().includes(root)),
      around,
    );
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.#set(false), around);
    // To a frame's document, a click elsewhere is nothing but this.
    addEventListener("blur", () => this.#set(false), { signal });
  }

  /** @param {boolean} inside */
  #press(inside) {
    this.#taken = inside && !this.#open && !document.fullscreenElement;
    this.#set(inside);
  }

  /** @param {boolean} open */
  #set(open) {
    this.#open = open;
    if (open) this.#hide();
  }

  /** Is it the plot's? If not, say how it becomes that. @param {WheelEvent} event */
  takes({ ctrlKey, metaKey }) {
    const takes =
      !this.embedded || this.#open || ctrlKey || metaKey || Boolean(document.fullscreenElement);
    if (takes) this.#hide();
    else this.#show(`Click, or ${modifier()} + wheel, to zoom`);
    return takes;
  }

  /**
   * May a click mark? If it has taken the wheel, say what the next one does.
   * @param {number} count the second of a double-click counts 2, and goes with the first
   */
  marks(count) {
    if (count <= 1) this.#isEntry = this.#taken;
    if (this.#isEntry) this.#show("The wheel zooms now; the next click marks");
    return !this.#isEntry;
  }

  /** @param {string} text */
  #show(text) {
    setText(this.#hint, text);
    this.#hint.classList.add("shown");
    this.#closing.set(() => this.#hide(), HINTED_FOR);
  }

  #hide() {
    this.#closing.clear();
    this.#hint.classList.remove("shown");
  }
}

/** On a Mac, Ctrl and the wheel are the system's. */
function modifier() {
  return /Mac/.test(navigator.platform) ? "⌘" : "Ctrl";
}

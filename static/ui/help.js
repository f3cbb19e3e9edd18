/** What `?` shows: the keys, the gestures, and what the words of the status line mean. */
import { make } from "../base/dom.js";
import { GESTURES, KEYS } from "../input/keymap.js";
import { WORDS } from "./status_line.js";

export class Help {
  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.dialog = dialog;
    const close = make("button", "close", document.createTextNode("Close"));
    close.type = "button";
    close.addEventListener("click", () => dialog.close());
    const title = make("h2", "", document.createTextNode("Keys and words"));
    title.id = "help-title";
    const sections = [
      section("Keys", KEYS, "kbd"),
      section("Hands", GESTURES, "kbd"),
      ...WORDS.map(({ title, rows }) => section(title, rows, "b")),
    ];
    dialog.append(make("div", "head", title, close), make("div", "columns", ...sections));
    dialog.addEventListener("click", (event) => void (event.target === dialog && dialog.close()));
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
  }

  /** The browser gives the focus back when the dialog closes. */
  show() {
    if (!this.dialog.open) this.dialog.showModal();
  }
}

/**
 * @param {string} title
 * @param {import("../input/keymap.js").Row[]} rows
 * @param {"kbd" | "b"} tag
 */
function section(title, rows, tag) {
  const list = make("dl", "");
  for (const [words, what] of rows) {
    const terms = words.map((word) => make(tag, "", document.createTextNode(word)));
    list.append(make("dt", "", ...terms), make("dd", "", document.createTextNode(what)));
  }
  return make("section", "", make("h3", "", document.createTextNode(title)), list);
}

/**
 * The row of one series in the legend: a button with its colour, name and newest value, or, while
 * the user renames it, a field in its place.
 */
import { make, setText, setTitle } from "../base/dom.js";
import { NameField } from "./name_field.js";
import { SmoothField } from "./smooth_field.js";

/** @typedef {import("../ui/status_board.js").Item} Item */

const HELP =
  "Click or Enter hides or shows it, with Alt it is shown alone;\n" +
  "right click or Shift+F10: smooth, rename, remove";

/** The line's dashes, side by side, as a background. @param {number[]} dashes */
function patternOf(dashes) {
  let at = 0;
  const stops = dashes.map((length, index) => {
    const color = index % 2 === 0 ? "var(--color)" : "transparent";
    const from = at;
    at += length;
    return `${color} ${from}px ${at}px`;
  });
  return `repeating-linear-gradient(to right, ${stops.join(", ")})`;
}

export class Row {
  id = -1;
  name = "";
  /** What is shown in place of the name. */
  whole = "";
  label = "";
  points = 0;
  /** The weight by which it is smoothed. */
  #smooth = 0;
  /** False: nobody can see it, so its value need not be written. */
  isSeen = true;
  #swatch = make("span", "swatch");
  #name = make("span", "name");
  #tag = make("span", "tag");
  #value = make("span", "value");
  #button = make("button", "series", this.#swatch, this.#name, this.#tag, this.#value);
  element = make("li", "", this.#button);
  #width = 0;
  #painted = "";
  /** @type {boolean | null} */
  #isPressed = null;

  /** @param {(row: Row, alone: boolean) => void} click */
  constructor(click) {
    this.#button.type = "button";
    this.#button.setAttribute("aria-keyshortcuts", "Shift+F10 F2 Delete");
    this.#button.addEventListener("click", (event) => click(this, event.altKey));
    // Not every browser sends a click for Alt+Enter, or one with altKey set.
    this.#button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.altKey || event.repeat) return;
      event.preventDefault();
      click(this, true);
    });
  }

  get isStop() {
    return this.#button.tabIndex === 0;
  }

  set isStop(stops) {
    this.#button.tabIndex = stops ? 0 : -1;
  }

  /** That which has the focus, is named, and opens the menu. */
  get button() {
    return this.#button;
  }

  get isRenamed() {
    return this.#button.hidden;
  }

  focus() {
    this.#button.focus();
  }

  /**
   * Have the user write another name.
   * @param {(name: string) => string} objectionTo what is wrong with a name; empty: nothing
   * @param {(name: string) => void} keep
   */
  rename(objectionTo, keep) {
    const field = new NameField(this.name, objectionTo, keep, (isLeft) => {
      this.#button.hidden = false;
      if (!isLeft) this.focus();
    });
    this.element.append(field.element);
    field.element.focus();
    field.element.select();
    this.#button.hidden = true;
  }

  /**
   * Have the user smooth it.
   * @param {AbortSignal} signal
   * @param {(weight: number) => void} say
   */
  smooth(signal, say) {
    const field = new SmoothField(this.name, this.#smooth, signal, say, (isLeft) => {
      if (!isLeft) this.focus();
    });
    this.element.append(field.element);
    field.focus();
  }

  /** @param {Item} item @param {boolean} hidden */
  update(item, hidden) {
    this.id = item.id;
    this.name = item.name;
    this.whole = item.whole;
    this.points = item.points;
    this.#smooth = item.smooth;
    if (item.label !== this.label) setText(this.#name, item.label);
    this.label = item.label;
    this.#press(!hidden);
    this.#paint(item);
    if (this.isSeen) this.#write(item);
  }

  /** What changes with the points. @param {Item} item */
  #write({ name, whole, tag, value, note }) {
    setText(this.#tag, tag);
    setText(this.#value, value);
    const names = whole === name ? name : `${whole} (${name})`;
    setTitle(this.#button, `${names}: ${note}\n${HELP}`);
    this.#widen(value.length);
  }

  /** @param {boolean} isShown */
  #press(isShown) {
    if (isShown === this.#isPressed) return;
    this.#isPressed = isShown;
    this.#button.setAttribute("aria-pressed", String(isShown));
  }

  /** @param {Item} item */
  #paint({ color, dashes, opacity }) {
    const wanted = `${color} ${dashes} ${opacity}`;
    if (wanted === this.#painted) return;
    this.#painted = wanted;
    this.#swatch.classList.toggle("dashed", dashes.length > 0);
    this.#swatch.style.setProperty("--color", color);
    this.#swatch.style.opacity = String(opacity);
    this.#swatch.style.setProperty(
      "--line",
      dashes.length > 0 ? patternOf(dashes) : "var(--color)",
    );
  }

  /**
   * A value never gives back room that it once had, so that its neighbours stand still.
   * @param {number} length
   */
  #widen(length) {
    if (length <= this.#width) return;
    this.#width = length;
    this.#value.style.minWidth = `${length}ch`;
  }
}

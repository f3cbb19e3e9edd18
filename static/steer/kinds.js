/** One control each, in the browser's own elements: a label, and what is set. */
import { make, setText } from "../base/dom.js";
import { formatAll } from "../base/numbers.js";
import { lastPosition, positionOf, valueAt } from "./slider_scale.js";

/**
 * @typedef {import("../link/messages.js").ControlItem} ControlItem
 * @typedef {import("./voice.js").Voice} Voice
 *
 * @typedef {object} Shown a control on the page
 * @property {HTMLElement} element
 * @property {HTMLInputElement | HTMLSelectElement | HTMLButtonElement} input
 * @property {(control: any) => void} show its value
 */

/** @param {string} kind @param {string} name @param {HTMLElement[]} parts */
function labelled(kind, name, ...parts) {
  const label = make("span", "control-name");
  setText(label, name);
  return make("label", `control ${kind}`, label, ...parts);
}

/** @param {string} type */
function inputOf(type) {
  const input = make("input", "");
  input.type = type;
  return input;
}

/** @param {import("../link/messages.js").SliderItem} control @param {Voice} voice @returns {Shown} */
function slider(control, voice) {
  const input = inputOf("range");
  const output = make("output", "");
  input.max = String(lastPosition(control));
  const value = () => valueAt(control, Number(input.value));
  const write = (/** @type {number} */ number) => {
    setText(output, formatAll(number));
    input.setAttribute("aria-valuetext", output.textContent);
  };
  let byKey = false;
  input.addEventListener("keydown", () => {
    byKey = true;
  });
  input.addEventListener("pointerdown", () => {
    byKey = false;
  });
  input.addEventListener("input", () => {
    write(value());
    voice.move(value());
  });
  input.addEventListener("change", () =>
    byKey ? voice.releaseSoon(value()) : voice.release(value()),
  );
  const show = (/** @type {import("../link/messages.js").SliderItem} */ its) => {
    input.value = String(positionOf(control, its.value));
    write(its.value);
  };
  return { element: labelled("slider", control.name, input, output), input, show };
}

/** @param {import("../link/messages.js").SwitchItem} control @param {Voice} voice @returns {Shown} */
function toggle(control, voice) {
  const input = inputOf("checkbox");
  input.setAttribute("role", "switch");
  input.addEventListener("change", () => voice.release(input.checked));
  const show = (/** @type {import("../link/messages.js").SwitchItem} */ its) => {
    input.checked = its.value;
  };
  return { element: labelled("switch", control.name, input), input, show };
}

/** @param {import("../link/messages.js").ChoiceItem} control @param {Voice} voice @returns {Shown} */
function choice(control, voice) {
  const input = make("select", "");
  for (const text of control.choices) {
    const option = make("option", "");
    option.value = text;
    setText(option, text);
    input.append(option);
  }
  input.addEventListener("change", () => voice.release(input.value));
  const show = (/** @type {import("../link/messages.js").ChoiceItem} */ its) => {
    input.value = its.value;
  };
  return { element: labelled("choice", control.name, input), input, show };
}

/** @param {import("../link/messages.js").ButtonItem} control @param {Voice} voice @returns {Shown} */
function button(control, voice) {
  const input = make("button", "control");
  input.type = "button";
  setText(input, control.name);
  input.addEventListener("click", () => voice.press());
  return { element: input, input, show: () => {} };
}

/** @type {Record<string, (control: any, voice: Voice) => Shown>} */
const KINDS = { slider, switch: toggle, choice, button };

/** One of a kind that this page does not know is not shown. @param {ControlItem} control */
export function isKnown({ kind }) {
  return kind in KINDS;
}

/** @param {ControlItem} control @param {Voice} voice @returns {Shown | undefined} */
export function shownOf(control, voice) {
  return KINDS[control.kind]?.(control, voice);
}

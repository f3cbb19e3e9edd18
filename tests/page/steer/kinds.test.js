import "../support/dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { isKnown, shownOf } from "../../../static/steer/kinds.js";

function shown(control) {
  const said = [];
  const voice = Object.fromEntries(
    ["move", "release", "releaseSoon", "press"].map((word) => [
      word,
      (value) => said.push(value === undefined ? [word] : [word, value]),
    ]),
  );
  const made = shownOf(control, voice);
  made.show(control);
  const fire = (type) => made.input.dispatchEvent(new Event(type));
  return { ...made, said, fire };
}

const LR = { kind: "slider", name: "lr", value: 0.01, low: 1e-5, high: 1, step: 0, log: true };

test("a slider says the number that it shows", () => {
  const { element, input, said, fire, show } = shown(LR);
  assert.equal(element.tagName, "LABEL");
  assert.equal(element.querySelector("span").textContent, "lr");
  assert.deepEqual([input.type, input.max, input.value], ["range", "250", "150"]);
  const output = () => element.querySelector("output").textContent;
  assert.equal(output(), "0.01");
  input.value = "0";
  fire("input");
  assert.deepEqual([output(), input.getAttribute("aria-valuetext")], ["10⁻⁵", "10⁻⁵"]);
  fire("change");
  fire("keydown");
  input.value = "50";
  fire("input");
  fire("change");
  fire("pointerdown");
  fire("change");
  assert.deepEqual(said, [
    ["move", 1e-5],
    ["release", 1e-5],
    ["move", 1e-4],
    ["releaseSoon", 1e-4],
    ["release", 1e-4],
  ]);
  show({ ...LR, value: 0.0123 });
  assert.deepEqual([output(), input.value], ["0.0123", "154"]);
});

test("a switch is on or off", () => {
  const control = { kind: "switch", name: "noise", value: true };
  const { element, input, said, fire, show } = shown(control);
  assert.deepEqual([input.checked, input.getAttribute("role")], [true, "switch"]);
  assert.ok(element.contains(input), "its label is around it");
  input.checked = false;
  fire("change");
  assert.deepEqual(said, [["release", false]]);
  show(control);
  assert.equal(input.checked, true);
});

test("a choice has its texts, whatever they are", () => {
  const choices = ["sgd", "<b>adam</b>"];
  const { input, said, fire } = shown({ kind: "choice", name: "how", value: "sgd", choices });
  assert.deepEqual(
    [...input.options].map((one) => one.textContent),
    choices,
  );
  assert.equal(input.value, "sgd");
  input.value = choices[1];
  fire("change");
  assert.deepEqual(said, [["release", choices[1]]]);
});

test("a button is pressed", () => {
  const { element, input, said, fire } = shown({ kind: "button", name: "go", value: 0 });
  assert.equal(element, input);
  assert.deepEqual([input.type, input.textContent], ["button", "go"]);
  fire("click");
  assert.deepEqual(said, [["press"]]);
});

test("a kind of another version is not known", () => {
  assert.equal(isKnown(LR), true);
  assert.equal(isKnown({ kind: "dial" }), false);
});

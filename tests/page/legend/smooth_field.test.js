import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { byId, document, press, scopeOf, send, showPage } from "../support/dom.js";
import { positionOf, SmoothField, weightAt } from "../../../static/legend/smooth_field.js";

/** A slider for a series "loss", what it has said, and how it has closed. */
function fieldOf(weight = 0) {
  showPage("index.html");
  const said = [];
  const closed = [];
  const field = new SmoothField(
    "loss",
    weight,
    scopeOf().signal,
    (its) => said.push(its),
    (isLeft) => closed.push(isLeft),
  );
  byId("legend").append(field.element);
  field.focus();
  const slider = field.element.querySelector("input");
  const move = (position) => {
    slider.value = String(position);
    send(slider, "input");
  };
  return { slider, said, closed, move, text: () => field.element.textContent };
}

test("a step of the slider smooths over so much more, wherever it is", () => {
  assert.deepEqual([0, 9, 30, 60, 90].map(weightAt), [0, 0.499, 0.9, 0.99, 0.999]);
  assert.deepEqual([0, 0.499, 0.9, 0.99, 0.999, 0.9999].map(positionOf), [0, 9, 30, 60, 90, 90]);
  for (let position = 0; position <= 90; position++)
    assert.equal(weightAt(positionOf(weightAt(position))), weightAt(position));
});

test("it says what it stands at, and off at 0", () => {
  const { move, slider, text } = fieldOf(0.99);
  assert.deepEqual([slider.value, text(), document.activeElement], ["60", "0.99", slider]);
  move(0);
  assert.deepEqual([text(), slider.getAttribute("aria-valuetext")], ["off", "off"]);
});

test("of a drag some values are said, and the last one", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { move, said } = fieldOf();
  for (const position of [1, 2, 3]) move(position);
  assert.deepEqual(said, [weightAt(1)]);
  t.mock.timers.tick(150);
  assert.deepEqual(said, [weightAt(1), weightAt(3)]);
  t.mock.timers.tick(1000);
  move(4);
  move(5);
  assert.deepEqual(said.slice(2), [weightAt(4)]);
  t.mock.timers.tick(150);
  assert.deepEqual(said.slice(2), [weightAt(4), weightAt(5)]);
});

for (const [how, isLeft] of [
  ["Enter", false],
  ["Escape", false],
  ["blur", true],
])
  test(`${how} closes it, once, and says what was not said`, () => {
    const { slider, move, said, closed } = fieldOf();
    move(30);
    move(60);
    if (how === "blur") send(slider, "blur");
    else assert.equal(press(slider, how).defaultPrevented, true);
    send(slider, "blur");
    assert.deepEqual([said, closed, slider.isConnected], [[0.9, 0.99], [isLeft], false]);
  });

test("other keys are the slider's, and not the plot's", () => {
  const { slider } = fieldOf();
  const heard = mock.fn();
  document.body.addEventListener("keydown", heard);
  assert.equal(press(slider, "ArrowRight").defaultPrevented, false);
  assert.equal(heard.mock.callCount(), 0);
});

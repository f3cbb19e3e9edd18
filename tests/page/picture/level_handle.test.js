import assert from "node:assert/strict";
import { test } from "node:test";
import { document, paint } from "../support/dom.js";
import { LevelHandle, rounded } from "../../../static/picture/level_handle.js";
import { axisView, LINEAR, LOG } from "../../../static/view/scale.js";

const BOX = { left: 40, top: 10, width: 300, height: 100 };
const PLACE = { box: BOX, axis: axisView(LINEAR, [1, -1], 100, "V"), y: 0.5, text: "500 mV" };

/** A handle, and the levels that it has said. */
function handleOf(may = true) {
  const said = [];
  const handle = new LevelHandle(document.body, {
    say: (level) => said.push(level),
    may: () => may,
  });
  handle.element.setPointerCapture = () => {};
  return { handle, said };
}

/** @param {HTMLElement} element @param {string} type @param {object} more */
function send(element, type, more) {
  const event = new Event(type, { bubbles: true, cancelable: true });
  const { at = event.timeStamp, ...members } = more;
  Object.defineProperty(event, "timeStamp", { value: at });
  element.dispatchEvent(Object.assign(event, { pointerId: 1, ...members }));
}

test("it stands at the level, and says it to who does not see", () => {
  const { handle } = handleOf();
  handle.show(PLACE);
  assert.equal(handle.element.style.transform, "translate(340px, 35px)");
  assert.equal(handle.element.getAttribute("aria-valuetext"), "500 mV");
  handle.show({ ...PLACE, y: 7 });
  assert.equal(handle.element.style.transform, "translate(340px, 10px)");
  handle.show(null);
  assert.equal(handle.element.hidden, true);
});

test("arrows move it, with Shift by more", () => {
  const { handle, said } = handleOf();
  handle.show(PLACE);
  send(handle.element, "keydown", { key: "ArrowUp", at: 1000 });
  send(handle.element, "keydown", { key: "ArrowDown", shiftKey: true, at: 5000 });
  send(handle.element, "keydown", { key: "x", at: 9000 });
  assert.deepEqual(said, [0.52, 0.3]);
});

test("fast keys go on from the level that was said last, slow ones from the one that holds", () => {
  const { handle, said } = handleOf();
  handle.show(PLACE);
  for (const at of [1000, 1030, 1060]) send(handle.element, "keydown", { key: "ArrowUp", at });
  handle.show({ ...PLACE, y: -0.5 });
  send(handle.element, "keydown", { key: "ArrowUp", at: 3000 });
  assert.deepEqual(said, [0.52, 0.54, 0.56, -0.48]);
});

for (const [what, scale, ends, y, key, level] of [
  ["a level above the axis goes on above it", LINEAR, [1, -1], 5, "ArrowUp", 5.02],
  ["a level below it comes nearer", LINEAR, [1, -1], -5, "ArrowUp", -4.98],
  ["on a logarithmic axis by a part of its decades", LOG, [2, 0], 10, "ArrowUp", 10.5],
  ["one that has no logarithm begins at the lower edge", LOG, [2, 0], 0, "ArrowUp", 1.05],
  ["and goes on below it", LOG, [2, 0], -3, "ArrowDown", 0.95],
])
  test(`keys: ${what}`, () => {
    const { handle, said } = handleOf();
    handle.show({ box: BOX, axis: axisView(scale, ends, 100), y, text: "" });
    send(handle.element, "keydown", { key });
    assert.deepEqual(said, [level]);
  });

test("what is no number is never said", () => {
  const { handle, said } = handleOf();
  handle.show({ ...PLACE, axis: axisView(LINEAR, [NaN, NaN], 100) });
  send(handle.element, "keydown", { key: "ArrowUp" });
  assert.deepEqual(said, []);
});

test("one without a logarithm stands at the lower edge", () => {
  const { handle } = handleOf();
  handle.show({ ...PLACE, axis: axisView(LOG, [2, 0], 100), y: 0 });
  assert.equal(handle.element.style.transform, "translate(340px, 110px)");
});

test("a hand drags it within its panel, and says one level a frame and the last one", () => {
  const { handle, said } = handleOf();
  handle.show(PLACE);
  send(handle.element, "pointermove", { clientY: 60 });
  send(handle.element, "pointerdown", {});
  for (const clientY of [30, 40, 60]) send(handle.element, "pointermove", { clientY });
  paint();
  send(handle.element, "pointermove", { clientY: 80 });
  send(handle.element, "pointermove", { clientY: 900 });
  send(handle.element, "pointerup", {});
  paint();
  send(handle.element, "pointermove", { clientY: 60 });
  assert.deepEqual(said, [0, -1]);
});

test("who may only look has none", () => {
  const { handle } = handleOf(false);
  handle.show(PLACE);
  assert.equal(handle.element.hidden, true);
});

test("a level has as many digits as a pixel deserves", () => {
  assert.deepEqual(
    [
      rounded(0.123456, 0.02),
      rounded(123.456, 3),
      rounded(1 / 3, 1e-5),
      rounded(5, 0),
      rounded(1e-30, 1e-32),
    ],
    [0.12, 123, 0.33333, 5, 1e-30],
  );
});

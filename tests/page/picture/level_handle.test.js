import assert from "node:assert/strict";
import { test } from "node:test";
import { document } from "../support/dom.js";
import { LevelHandle, rounded } from "../../../static/picture/level_handle.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";

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
  element.dispatchEvent(Object.assign(event, { pointerId: 1, ...more }));
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
  send(handle.element, "keydown", { key: "ArrowUp" });
  send(handle.element, "keydown", { key: "ArrowDown", shiftKey: true });
  send(handle.element, "keydown", { key: "x" });
  assert.deepEqual(said, [0.52, 0.3]);
});

test("a hand drags it within its panel", () => {
  const { handle, said } = handleOf();
  handle.show(PLACE);
  send(handle.element, "pointermove", { clientY: 60 });
  send(handle.element, "pointerdown", {});
  send(handle.element, "pointermove", { clientY: 60 });
  send(handle.element, "pointermove", { clientY: 900 });
  send(handle.element, "pointerup", {});
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
    [rounded(0.123456, 0.02), rounded(123.456, 3), rounded(1 / 3, 1e-5), rounded(5, 0)],
    [0.12, 123, 0.33333, 5],
  );
});

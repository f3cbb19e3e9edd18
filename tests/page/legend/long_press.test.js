import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, scopeOf, send, showPage } from "../support/dom.js";
import { onLongPress } from "../../../static/legend/long_press.js";

/** The legend under a finger, with a clock of the test's. */
function pressed(t, pointerType = "touch") {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  showPage("index.html");
  const element = byId("legend");
  const acts = [];
  onLongPress(element, ({ clientX }) => acts.push(clientX), scopeOf().signal);
  const clicks = [];
  element.addEventListener("click", () => clicks.push(1));
  send(element, "pointerdown", { pointerType, clientX: 20, clientY: 5 });
  return { element, acts, clicks, wait: (milliseconds) => t.mock.timers.tick(milliseconds) };
}

test("a finger that rests acts once, and its lifting clicks nothing", (t) => {
  const { element, acts, clicks, wait } = pressed(t);
  wait(499);
  assert.deepEqual(acts, []);
  send(element, "pointermove", { clientX: 23, clientY: 6 });
  wait(1);
  send(element, "pointerup");
  assert.equal(send(element, "click").defaultPrevented, true);
  wait(1000);
  assert.deepEqual([acts, clicks], [[20], []]);
  send(element, "pointerdown", { pointerType: "touch" });
  send(element, "pointerup");
  send(element, "click");
  assert.deepEqual(clicks, [1]);
});

for (const [what, type, more] of [
  ["moves", "pointermove", { clientX: 20, clientY: 20 }],
  ["is lifted", "pointerup", {}],
  ["scrolls", "pointercancel", {}],
])
  test(`a finger that ${what} does not rest`, (t) => {
    const { element, acts, clicks, wait } = pressed(t);
    wait(200);
    send(element, type, more);
    wait(1000);
    send(element, "click");
    assert.deepEqual([acts, clicks], [[], [1]]);
  });

test("a mouse has another button for that", (t) => {
  const { acts, wait } = pressed(t, "mouse");
  wait(1000);
  assert.deepEqual(acts, []);
});

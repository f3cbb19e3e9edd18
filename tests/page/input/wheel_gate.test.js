import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, press, scopeOf, send, showPage } from "../support/dom.js";
import { WheelGate } from "../../../static/input/wheel_gate.js";

/** A page between a notebook's elements, and whether a turn of the wheel is its own. */
function gateOf(t, { embedded = true } = {}) {
  showPage("index.html");
  const root = document.body.appendChild(document.createElement("div"));
  root.append(...[...document.body.children].filter((one) => one !== root));
  const beside = document.body.appendChild(document.createElement("div"));
  const leaving = new AbortController();
  t.after(() => leaving.abort());
  const gate = new WheelGate(scopeOf(root, leaving), embedded);
  const takes = (modifiers = {}) => gate.takes({ ctrlKey: false, metaKey: false, ...modifiers });
  const marks = (count) => {
    send(byId("plot"), "pointerdown");
    return gate.marks(count);
  };
  return { takes, beside, leaving, marks, click: () => send(byId("plot"), "pointerdown") };
}
const isHinted = () => byId("wheel-hint").classList.contains("shown");

test("in its own tab the wheel is the plot's", (t) => {
  assert.equal(gateOf(t, { embedded: false }).takes(), true);
});

test("in a notebook it is after a click, or with Ctrl or Cmd", (t) => {
  const { takes, click } = gateOf(t);
  assert.deepEqual(
    [takes(), takes({ ctrlKey: true }), takes({ metaKey: true })],
    [false, true, true],
  );
  assert.equal(takes(), false);
  click();
  assert.equal(takes(), true);
});

const LEAVINGS = [
  ["a click elsewhere in the notebook", ({ beside }) => send(beside, "pointerdown")],
  ["a click on a page around the frame", () => window.dispatchEvent(new Event("blur"))],
  ["Escape", () => press(byId("plot"), "Escape")],
];
for (const [what, leave] of LEAVINGS)
  test(`it is the notebook's again after ${what}`, (t) => {
    const gate = gateOf(t);
    gate.click();
    leave(gate);
    assert.equal(gate.takes(), false);
  });

test("in its own tab every click marks", (t) => {
  const { marks } = gateOf(t, { embedded: false });
  assert.deepEqual([marks(1), marks(1)], [true, true]);
});

test("the click that takes the wheel only says that the next one marks", (t) => {
  const { marks, takes, beside } = gateOf(t);
  assert.deepEqual([marks(1), takes()], [false, true]);
  assert.deepEqual([marks(1), marks(1)], [true, true]);
  send(beside, "pointerdown");
  assert.equal(marks(1), false);
  assert.equal(isHinted(), true);
  assert.match(byId("wheel-hint").textContent, /the next click marks$/);
});

test("the second of a double-click that takes the wheel takes back no mark", (t) => {
  const { marks } = gateOf(t);
  assert.deepEqual([marks(1), marks(2), marks(1)], [false, false, true]);
});

test("what fills the screen has nothing to scroll around it", (t) => {
  const { takes, marks } = gateOf(t);
  Object.defineProperty(document, "fullscreenElement", {
    configurable: true,
    value: document.body,
  });
  t.after(() => delete document.fullscreenElement);
  assert.deepEqual([takes(), marks(1)], [true, true]);
});

test("a turn that is not taken is hinted at, for a moment or until the plot is clicked", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { takes, click } = gateOf(t);
  assert.equal(isHinted(), false);
  takes();
  assert.equal(isHinted(), true);
  assert.match(byId("wheel-hint").textContent, /^Click, or (Ctrl|⌘) \+ wheel, to zoom$/);
  t.mock.timers.tick(5000);
  assert.equal(isHinted(), false);
  takes();
  click();
  assert.equal(isHinted(), false);
});

test("a page that is closed listens no more", (t) => {
  const { takes, click, leaving } = gateOf(t);
  leaving.abort();
  click();
  assert.equal(takes(), false);
});

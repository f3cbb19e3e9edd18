import assert from "node:assert/strict";
import { test } from "node:test";
import { commandOf, KEYS } from "../../../static/input/keymap.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";

const y = axisView(LINEAR, [10, 0], 100);
const PANELS = [0, 110].map((top) => ({
  box: { left: 0, top, width: 100, height: 100 },
  x: axisView(LINEAR, [0, 10], 100),
  left: y,
  right: null,
  series: [],
}));

/** What a key does: the calls of the view and of the cursor. */
function pressed(key, { shiftKey = false, altKey = false, keyed = false, begun = false } = {}) {
  const did = [];
  const note =
    (name, answer) =>
    (...args) => {
      did.push([name, ...args]);
      return answer;
    };
  const cursor = {
    toggle: note("toggle"),
    markHere: note("mark"),
    step: (...args) => keyed && note("step", true)(...args),
    change: (...args) => keyed && note("change", true)(...args),
  };
  const act = ({ now, ...event }) => did.push(event);
  commandOf({ key, shiftKey, altKey })?.({
    panels: () => PANELS,
    act,
    cursor,
    cancel: () => begun && note("cancel", true)(),
    help: note("help"),
  });
  return did;
}

test("what is shown as a key does something, but for the browser's and the legend's own", () => {
  assert.deepEqual(
    KEYS.filter(([, , commands]) => !commands).map(([keys]) => keys),
    [["Tab"], ["Shift + F10"], ["F2", "Delete"]],
  );
  for (const [words, , commands] of KEYS)
    if (commands) assert.ok(Object.keys(commands).length >= words.length, `${words}`);
});

test("letters are keys in any case, and Shift alone takes nothing away", () => {
  assert.deepEqual(pressed("F", { shiftKey: true }), [{ type: "follow" }]);
  assert.deepEqual(
    [pressed("+", { shiftKey: true }), pressed("=")],
    [[{ type: "zoom", at: 0.5, factor: 0.8 }], [{ type: "zoom", at: 0.5, factor: 0.8 }]],
  );
  assert.deepEqual(pressed("?", { shiftKey: true }), [["help"]]);
});

test("Alt has keys of its own", () => {
  assert.deepEqual(
    [pressed("ArrowLeft", { altKey: true }), pressed("f", { altKey: true })],
    [[{ type: "back" }], []],
  );
});

test("what is not a key does nothing", () => {
  for (const key of ["x", "constructor", "Shift", "F5"]) assert.deepEqual(pressed(key), []);
});

test("Escape gives up what was begun, and then leads to live", () => {
  assert.deepEqual(
    [pressed("Escape", { begun: true }), pressed("Escape")],
    [[["cancel"]], [{ type: "live" }]],
  );
});

test("arrows move the view, or the crosshair if keys have it", () => {
  assert.deepEqual(pressed("ArrowLeft"), [{ type: "pan", by: -0.1 }]);
  assert.deepEqual(pressed("ArrowRight", { shiftKey: true }), [{ type: "pan", by: 0.1 }]);
  assert.deepEqual(
    [pressed("ArrowLeft", { keyed: true }), pressed("ArrowRight", { keyed: true, shiftKey: true })],
    [[["step", -1, false]], [["step", 1, true]]],
  );
  assert.deepEqual(
    [pressed("ArrowDown", { keyed: true }), pressed("ArrowUp", { keyed: true, shiftKey: true })],
    [[["change", 1]], [["change", -1]]],
  );
});

test("up and down are of all panels", () => {
  assert.deepEqual(pressed("ArrowUp"), [
    { type: "y", ranges: { "0:left": [1, 11], "1:left": [1, 11] } },
  ]);
  assert.deepEqual(pressed("ArrowUp", { shiftKey: true }), [
    { type: "y", ranges: { "0:left": [1, 9], "1:left": [1, 9] } },
  ]);
});

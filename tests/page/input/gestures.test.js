import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, layOut, send, showPage } from "../support/dom.js";
import { listen } from "../../../static/input/gestures.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";

const AREA = { left: 40, top: 10, width: 400, height: 100 };
/** The plot stands at 100, 50 on the screen. */
const PLACE = { left: 100, top: 50, width: 500, height: 150 };

/** A plot with one panel, and what the page was told; `is` says what the page knows. */
function plotOf(is = {}) {
  showPage("index.html");
  const told = [];
  const left = axisView(LINEAR, [1, 0], 100);
  const right = is.right ? axisView(LINEAR, [200, 100], 100) : null;
  const x = axisView(LINEAR, [0, 10], 400);
  const handlers = {
    panels: () => [{ box: AREA, x, left, right, series: [] }],
    takes: () => is.takes ?? true,
    act({ now: _, ...event }) {
      told.push(event);
      return is.acts ?? true;
    },
    isFixed: (key) => (is.fixed ?? []).includes(key),
    point: (spot) => told.push({ type: "point", ...spot }),
    click: (spot, count) => told.push({ type: "click", ...spot, count }),
    draw: (box) => told.push({ type: "draw", ...box }),
  };
  const plot = byId("plot");
  layOut(plot, PLACE);
  const gestures = listen(plot, handlers);
  const at = (x, y, more = {}) => ({
    clientX: PLACE.left + x,
    clientY: PLACE.top + y,
    pointerId: 1,
    isPrimary: true,
    button: 0,
    pointerType: "mouse",
    ...more,
  });
  const wheel = (x, y, more) =>
    send(plot, "wheel", { ...at(x, y), deltaX: 0, deltaY: 0, deltaMode: 0, ...more });
  const hand = (type, x, y, more) => send(plot, type, at(x, y, more));
  return { plot, gestures, wheel, hand, told: () => told.splice(0) };
}
const only = (types, events) => events.filter(({ type }) => types.includes(type));
const near = (value, expected) =>
  assert.ok(Math.abs(value - expected) < 1e-9, `${value} is not ${expected}`);

// -- Wheel and pinch ----------------------------------------------------------------------------

test("a wheel zooms about the pointer", () => {
  const { wheel, told } = plotOf();
  wheel(140, 50, { deltaY: -100 });
  const [event] = told();
  assert.deepEqual([event.type, event.at], ["zoom", 0.25]);
  near(event.factor, Math.exp(-0.18));
});

const WHEELS = [
  ["lines are sixteen pixels", { deltaY: 3, deltaMode: 1 }, Math.exp(48 * 0.0018)],
  ["a pinch is finer", { deltaY: 10, ctrlKey: true }, Math.exp(0.12)],
  ["the strongest turn", { deltaY: 10_000 }, Math.exp(0.7)],
  ["and the other way", { deltaY: -10_000 }, Math.exp(-0.7)],
];
for (const [what, turn, factor] of WHEELS)
  test(`a wheel: ${what}`, () => {
    const { wheel, told } = plotOf();
    wheel(140, 50, turn);
    near(told()[0].factor, factor);
  });

test("beside the plot area the nearest end of it is meant", () => {
  const { wheel, told } = plotOf();
  wheel(450, 50, { deltaY: 1 });
  wheel(490, 50, { deltaY: 1 });
  assert.deepEqual(
    told().map(({ at }) => at),
    [1, 1],
  );
});

test("a wheel to the side moves in x", () => {
  const { wheel, told } = plotOf();
  wheel(140, 50, { deltaX: 80, deltaY: 10 });
  assert.deepEqual(told(), [{ type: "pan", by: 0.1 }]);
});

test("with Shift, or on an axis of y, it zooms in y", () => {
  const { wheel, told } = plotOf({ right: true });
  wheel(140, 60, { deltaY: -100, shiftKey: true });
  wheel(140, 60, { deltaX: -100, shiftKey: true });
  wheel(20, 60, { deltaY: -100 });
  wheel(445, 60, { deltaY: -100 });
  const keys = told().map(({ type, ranges }) => [type, ...Object.keys(ranges)]);
  assert.deepEqual(keys, [
    ["y", "0:left", "0:right"],
    ["y", "0:left", "0:right"],
    ["y", "0:left"],
    ["y", "0:right"],
  ]);
});

test("a wheel that Shift has turned to the side zooms as much", () => {
  const { wheel, told } = plotOf();
  wheel(140, 60, { deltaX: -100, shiftKey: true });
  const [low, high] = told()[0].ranges["0:left"];
  near(high - low, Math.exp(-0.18));
});

test("the y under the pointer stays", () => {
  const { wheel, told } = plotOf();
  wheel(20, 60, { deltaY: -100 });
  const [low, high] = told()[0].ranges["0:left"];
  near((low + high) / 2, 0.5);
  near(high - low, Math.exp(-0.18));
});

test("a wheel that has nothing left to do scrolls the page around the plot", () => {
  for (const acts of [true, false]) {
    const { wheel } = plotOf({ acts });
    assert.equal(wheel(140, 50, { deltaY: 100 }).defaultPrevented, acts);
    assert.equal(wheel(140, 50, { deltaY: 100, ctrlKey: true }).defaultPrevented, true);
    assert.equal(wheel(140, 50, { deltaY: 100, shiftKey: true }).defaultPrevented, true);
  }
});

// -- Pointers -----------------------------------------------------------------------------------

test("a drag presses, moves and releases, in fractions of the width", () => {
  const { hand, told } = plotOf();
  hand("pointerdown", 140, 50);
  hand("pointermove", 240, 50);
  hand("pointerup", 240, 50);
  assert.deepEqual(told(), [
    { type: "point", x: 140, y: 50 },
    { type: "press", id: 1, at: 0.25 },
    { type: "point", x: 240, y: 50 },
    { type: "move", id: 1, at: 0.5 },
    { type: "release", id: 1 },
  ]);
});

test("only the first button presses", () => {
  const { hand, told } = plotOf();
  hand("pointerdown", 140, 50, { button: 2 });
  assert.deepEqual(told(), []);
});

test("a click is a press that has not moved", () => {
  const { hand, told } = plotOf();
  const clicked = (by) => {
    hand("pointerdown", 140, 50);
    hand("pointermove", 140 + by, 50);
    hand("pointerup", 140 + by, 50);
    hand("click", 140 + by, 50, { detail: 1 });
    return only(["click"], told());
  };
  assert.deepEqual(clicked(3), [{ type: "click", x: 143, y: 50, count: 1 }]);
  assert.deepEqual(clicked(5), []);
});

test("a double-click shows everything", () => {
  const { hand, told } = plotOf();
  hand("dblclick", 140, 50);
  assert.deepEqual(told(), [{ type: "everything" }]);
});

test("a mouse that leaves points at nothing, a finger stays", () => {
  const { hand, told } = plotOf();
  hand("pointerleave", 600, 50, { pointerType: "touch" });
  assert.deepEqual(told(), []);
  hand("pointerleave", 600, 50);
  assert.deepEqual(told(), [{ type: "point" }]);
});

test("the style sheet is told what is pointed at", () => {
  const { plot, hand } = plotOf();
  const zones = [
    [140, 50],
    [20, 50],
    [140, 140],
  ].map(([x, y]) => {
    hand("pointermove", x, y);
    return plot.dataset.zone;
  });
  assert.deepEqual(zones, ["plot", "left", "x"]);
});

test("two fingers press both, and only the first one points", () => {
  const { hand, told } = plotOf();
  const second = { pointerId: 2, isPrimary: false };
  hand("pointerdown", 140, 50);
  hand("pointerdown", 340, 50, second);
  hand("pointermove", 360, 50, second);
  assert.deepEqual(only(["press", "move"], told()), [
    { type: "press", id: 1, at: 0.25 },
    { type: "press", id: 2, at: 0.75 },
    { type: "move", id: 2, at: 0.8 },
  ]);
});

test("with Shift a box is drawn, and looked at when it is done", () => {
  const { hand, told } = plotOf();
  hand("pointerdown", 140, 35, { shiftKey: true });
  hand("pointermove", 240, 85);
  hand("pointerup", 240, 85);
  assert.deepEqual(told(), [
    { type: "point", x: 140, y: 35 },
    { type: "draw", left: 140, width: 100, top: 35, height: 50 },
    { type: "draw" },
    { type: "release", id: 1 },
    { type: "box", x: [0.25, 0.5], y: { "0:left": [0.25, 0.75] } },
  ]);
});

test("a box so small that it is a click is none", () => {
  const { hand, told } = plotOf();
  hand("pointerdown", 140, 35, { shiftKey: true });
  hand("pointermove", 142, 36);
  hand("pointerup", 142, 36);
  assert.deepEqual(only(["draw", "box"], told()), [{ type: "draw" }, { type: "draw" }]);
});

test("on an axis a part of it is drawn", () => {
  const { hand, told } = plotOf();
  hand("pointerdown", 20, 35);
  hand("pointermove", 20, 85);
  hand("pointerup", 20, 85);
  assert.deepEqual(only(["box"], told()), [
    { type: "box", x: null, y: { "0:left": [0.25, 0.75] } },
  ]);
});

test("a box can be given up, and a second finger gives it up too", () => {
  const { gestures, hand, told } = plotOf();
  assert.equal(gestures.cancel(), false);
  hand("pointerdown", 140, 35, { shiftKey: true });
  assert.equal(gestures.cancel(), true);
  hand("pointerup", 240, 85);
  assert.deepEqual(only(["box"], told()), []);
  hand("pointerdown", 140, 35, { shiftKey: true });
  hand("pointermove", 240, 85);
  told();
  hand("pointerdown", 340, 50, { pointerId: 2, isPrimary: false });
  assert.deepEqual(told(), [
    { type: "draw" },
    { type: "press", id: 1, at: 0.5 },
    { type: "press", id: 2, at: 0.75 },
  ]);
});

test("a pointer that is taken away is released", () => {
  for (const type of ["pointercancel", "lostpointercapture"]) {
    const { hand, told } = plotOf();
    hand("pointerdown", 140, 35, { shiftKey: true });
    told();
    hand(type, 140, 35);
    assert.deepEqual(told(), [{ type: "draw" }, { type: "release", id: 1 }], type);
  }
});

test("a y-axis that the user has fixed moves with the hand", () => {
  const { hand, told } = plotOf({ fixed: ["0:left"] });
  hand("pointerdown", 140, 50);
  hand("pointermove", 140, 52);
  assert.deepEqual(only(["y"], told()), [], "a tremble moves nothing");
  hand("pointermove", 140, 75);
  const [{ ranges }] = only(["y"], told());
  assert.deepEqual(ranges, { "0:left": [0.25, 1.25] });
  hand("pointerup", 140, 75);
  hand("pointermove", 140, 95);
  assert.deepEqual(only(["y"], told()), []);
});

test("a finger scrolls the page, but not while it moves something here", () => {
  const { plot, hand } = plotOf();
  const scrolls = () => !send(plot, "touchmove").defaultPrevented;
  hand("pointerdown", 140, 50);
  assert.equal(scrolls(), true);
  hand("pointerup", 140, 50);
  hand("pointerdown", 140, 50, { shiftKey: true });
  assert.equal(scrolls(), false);
});

test("a wheel that is not the plot's is left to the page around it", () => {
  const { wheel, told } = plotOf({ takes: false });
  assert.equal(wheel(140, 50, { deltaY: -100 }).defaultPrevented, false);
  assert.deepEqual(told(), []);
});

test("a wheel with Ctrl is no pinch: it is as strong as without", () => {
  const { wheel, told } = plotOf();
  wheel(140, 50, { deltaY: 100, ctrlKey: true });
  near(told()[0].factor, Math.exp(0.18));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { axisView, LINEAR, LOG } from "../../../static/view/scale.js";
import { chosenOf, rectangleOf } from "../../../static/input/box_select.js";
import {
  axesOf,
  isInside,
  isOver,
  movedRanges,
  zoneAt,
  zoomedRanges,
} from "../../../static/view/hit_test.js";

const linear = (high, low, height) => axisView(LINEAR, [high, low], height);
const panelAt = (top, right = null) => ({
  box: { left: 40, top, width: 400, height: 100 },
  x: axisView(LINEAR, [0, 10], 400),
  left: linear(1, 0, 100),
  right,
  series: [],
});
const ONE = [panelAt(10)];
const TWO = [panelAt(10), panelAt(150, linear(200, 100, 100))];
const at = (x, y) => ({ x, y });

const ZONES = [
  ["the plot area", ONE, at(50, 50), { panel: 0, part: "plot" }],
  ["the axis at the left", ONE, at(20, 50), { panel: 0, part: "left" }],
  ["the axis below", ONE, at(100, 130), { panel: 0, part: "x" }],
  ["the margin at the right, without an axis", ONE, at(445, 50), { panel: 0, part: "plot" }],
  ["the axis at the right", TWO, at(445, 200), { panel: 1, part: "right" }],
  ["the nearer panel", TWO, at(100, 135), { panel: 1, part: "plot" }],
  ["no x-axis between panels", TWO, at(20, 115), { panel: 0, part: "left" }],
];
for (const [name, panels, spot, expected] of ZONES) {
  test(`zones: ${name}`, () => assert.deepEqual(zoneAt(panels, spot), expected));
}

test("only plot areas are inside", () => {
  assert.deepEqual(
    [at(50, 50), at(20, 50), at(100, 125), at(50, 200)].map((spot) => isInside(TWO, spot)),
    [true, false, false, true],
  );
});

test("between panels is over the plot too", () => {
  assert.deepEqual(
    [at(50, 125), at(20, 125), at(100, 260)].map((spot) => isOver(TWO, spot)),
    [true, false, false],
  );
});

test("both axes of the plot area, one of its own gutter", () => {
  const keys = (part) => axesOf(TWO, { panel: 1, part }).map(({ key }) => key);
  assert.deepEqual(
    [keys("plot"), keys("left"), keys("right")],
    [["1:left", "1:right"], ["1:left"], ["1:right"]],
  );
});

test("y is zoomed about the pixel that is pointed at", () => {
  const axes = axesOf(TWO, { panel: 1, part: "plot" });
  assert.deepEqual(zoomedRanges(axes, 25, 0.5), {
    "1:left": [0.375, 0.875],
    "1:right": [137.5, 187.5],
  });
});

test("a logarithmic axis keeps the value under the pointer too", () => {
  const axis = axisView(LOG, [4, 0], 100);
  const { "0:left": range } = zoomedRanges([{ key: "0:left", axis, height: 100 }], 50, 0.5);
  assert.deepEqual(range.map(Math.log10), [1, 3]);
});

test("closer than doubles can tell, y stays", () => {
  const axis = linear(1 + 1e-15, 1, 100);
  assert.deepEqual(zoomedRanges([{ key: "0:left", axis, height: 100 }], 50, 0.5), {});
});

test("a drag moves y with the hand", () => {
  assert.deepEqual(movedRanges(axesOf(ONE, { panel: 0, part: "left" }), 50), {
    "0:left": [0.5, 1.5],
  });
});

const drawn = (panel, part, from, to) => ({ zone: { panel, part }, from, to });
const BOXES = [
  [
    "x and y",
    ONE,
    drawn(0, "plot", at(140, 35), at(240, 85)),
    { x: [0.25, 0.5], y: { "0:left": [0.25, 0.75] } },
  ],
  [
    "from any corner",
    ONE,
    drawn(0, "plot", at(240, 85), at(140, 35)),
    { x: [0.25, 0.5], y: { "0:left": [0.25, 0.75] } },
  ],
  [
    "a flat one means x",
    ONE,
    drawn(0, "plot", at(140, 50), at(240, 55)),
    { x: [0.25, 0.5], y: {} },
  ],
  [
    "a narrow one means y",
    ONE,
    drawn(0, "plot", at(140, 35), at(145, 85)),
    { x: null, y: { "0:left": [0.25, 0.75] } },
  ],
  ["a tiny one means nothing", ONE, drawn(0, "plot", at(140, 35), at(145, 40)), null],
  [
    "on the x-axis only x",
    TWO,
    drawn(1, "x", at(140, 260), at(240, 200)),
    { x: [0.25, 0.5], y: {} },
  ],
  [
    "on a y-axis only y",
    TWO,
    drawn(1, "right", at(445, 175), at(200, 225)),
    { x: null, y: { "1:right": [125, 175] } },
  ],
  [
    "clipped to its panel",
    ONE,
    drawn(0, "plot", at(240, 60), at(900, 900)),
    { x: [0.5, 1], y: { "0:left": [0, 0.5] } },
  ],
];
for (const [name, panels, box, expected] of BOXES) {
  test(`a box: ${name}`, () => assert.deepEqual(chosenOf(box, panels), expected));
}

test("a box along x runs through all panels", () => {
  assert.deepEqual(rectangleOf(drawn(1, "x", at(140, 260), at(240, 200)), TWO), {
    left: 140,
    width: 100,
    top: 10,
    height: 240,
  });
});

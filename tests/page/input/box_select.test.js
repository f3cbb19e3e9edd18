import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenOf, rectangleOf } from "../../../static/input/box_select.js";
import { at, ONE, TWO } from "../support/zones.js";

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

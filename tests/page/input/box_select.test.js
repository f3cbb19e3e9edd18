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

const ROUND = ONE.map((panel) => ({ ...panel, isEqual: true }));
const SHAPED = [
  ["a tall one takes in more of x", at(140, 20), at(180, 100), [0.25 + 0.05 - 0.4, 0.3 + 0.4]],
  ["a wide one is as it was drawn", at(140, 35), at(340, 60), [0.25, 0.75]],
  ["one of y alone is about the middle", at(140, 35), at(145, 85), [0.25, 0.75]],
];
for (const [name, from, to, x] of SHAPED) {
  test(`where a unit of x is as long as one of y, ${name}`, () => {
    const found = chosenOf(drawn(0, "plot", from, to), ROUND);
    for (const [i, one] of x.entries()) assert.ok(Math.abs(found.x[i] - one) < 1e-9, `${found.x}`);
    assert.ok(found.y["0:left"]);
  });
}
test("there what is drawn along x alone leaves y free", () =>
  assert.deepEqual(chosenOf(drawn(0, "plot", at(140, 50), at(240, 55)), ROUND), {
    x: [0.25, 0.5],
    y: {},
  }));

test("a box along x runs through all panels", () => {
  assert.deepEqual(rectangleOf(drawn(1, "x", at(140, 260), at(240, 200)), TWO), {
    left: 140,
    width: 100,
    top: 10,
    height: 240,
  });
});

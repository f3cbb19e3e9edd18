import assert from "node:assert/strict";
import { test } from "node:test";
import {
  axesOf,
  isInside,
  isOver,
  movedRanges,
  zoneAt,
  zoomedRanges,
} from "../../../static/view/hit_test.js";
import { axisView, LOG } from "../../../static/view/scale.js";
import { at, linear, ONE, TWO } from "../support/zones.js";

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

test("from end to end of doubles y is zoomed, but not beyond them", () => {
  const held = (high, low) => [{ key: "0:left", axis: linear(high, low, 100), height: 100 }];
  const ends = held(Number.MAX_VALUE, -Number.MAX_VALUE);
  assert.deepEqual(zoomedRanges(ends, 50, 2), {});
  const [low, high] = zoomedRanges(ends, 50, 0.5)["0:left"];
  for (const [end, part] of [
    [low, -0.5],
    [high, 0.5],
  ])
    assert.ok(Math.abs(end / Number.MAX_VALUE - part) < 1e-12, `${end}`);
  assert.deepEqual(zoomedRanges(held(2e-307, -2e-307), 50, 0.2), {});
});

test("a drag moves y with the hand", () => {
  assert.deepEqual(movedRanges(axesOf(ONE, { panel: 0, part: "left" }), 50), {
    "0:left": [0.5, 1.5],
  });
});

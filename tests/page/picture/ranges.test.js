import assert from "node:assert/strict";
import { test } from "node:test";
import { Ranges } from "../../../static/picture/ranges.js";
import { LINEAR, LOG } from "../../../static/view/scale.js";
import { initialView } from "../../../static/view/state.js";

const VIEW = initialView(null);
const BACK = { ...VIEW, mode: "range", from: 0, to: 1 };
const BOXES = [{ left: 0, top: 0, width: 200, height: 100 }];
const lineOf = (axis, ...points) => ({
  axis,
  style: "line",
  band: null,
  points: Float64Array.from(points.flat()),
});

/** Of one panel, whose axes have the ranges that are said. */
function rangesOf({ left = null, right = null, y = LINEAR } = {}) {
  return new Ranges({
    xScale: LINEAR,
    yScaleOf: () => y,
    lookOfPanel: () => ({ left: { range: left }, right: { range: right } }),
  });
}

test("each axis fits its own lines, in the range of x that is asked for", () => {
  const ranges = rangesOf();
  const lines = [lineOf("left", [0, 0], [10, 10]), lineOf("right", [0, -100], [10, 100])];
  ranges.fit([0, 10], [lines], VIEW, 0);
  const [low, high] = ranges.of(0, "left");
  assert.ok(low <= 0 && high >= 10 && high < 20);
  assert.ok(ranges.of(0, "right")[0] <= -100);
  assert.deepEqual(
    [ranges.x, ranges.asked],
    [
      [0, 10],
      [0, 10],
    ],
  );
});

test("an option, and the reader, fix a range", () => {
  const ranges = rangesOf({ left: [1, 2] });
  ranges.fit([0, 10], [[lineOf("left", [0, 0], [10, 10])]], VIEW, 0);
  assert.deepEqual(ranges.of(0, "left"), [1, 2]);
  ranges.lookAt([4, 5], { ...VIEW, y: { "0:left": [3, 4] } });
  assert.deepEqual(
    [ranges.x, ranges.of(0, "left")],
    [
      [4, 5],
      [3, 4],
    ],
  );
});

test("one that has become too wide is as wide as before, unless something else is looked at", () => {
  const ranges = rangesOf();
  const fit = (high, now) => ranges.fit([0, 10], [[lineOf("left", [0, 0], [10, high])]], VIEW, now);
  fit(1000, 0);
  fit(1, 1);
  assert.ok(ranges.of(0, "left")[1] >= 1000);
  ranges.refit(1);
  for (let now = 1; now < 1.6; now += 0.05) fit(1, now);
  assert.ok(ranges.of(0, "left")[1] < 1000);
});

test("with an equal aspect a unit of x is as long as one of y", () => {
  const ranges = rangesOf({ left: [0, 1] });
  ranges.fit([0, 10], [[]], VIEW, 0);
  assert.equal(ranges.equalize(BOXES, VIEW), true);
  assert.deepEqual(
    [ranges.x, ranges.asked, ranges.of(0, "left")],
    [
      [0, 10],
      [0, 10],
      [-2, 3],
    ],
  );
  ranges.fit([0, 1], [[]], BACK, 0);
  ranges.equalize(BOXES, BACK);
  assert.deepEqual(
    [ranges.x, ranges.of(0, "left")],
    [
      [0, 1],
      [0.25, 0.75],
    ],
  );
});

test("a logarithmic axis has no equal aspect", () => {
  const ranges = rangesOf({ y: LOG });
  assert.equal(ranges.equalize(BOXES, VIEW), false);
});

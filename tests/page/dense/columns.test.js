import assert from "node:assert/strict";
import { test } from "node:test";
import { ink, paintColumns } from "../../../static/dense/columns.js";
import { FakeContext } from "../support/canvas.js";
import { golden } from "../support/rules.js";

const axis = (min, max, length, up = false) => ({
  options: { min, max },
  p2c: (value) => (up ? max - value : value - min) * (length / (max - min)),
});

/** Upright strokes, on 4 x 100 pixels at a corner. */
function strokesOf(points, ratio = 1, left = 40) {
  const context = new FakeContext();
  const box = { left, top: 10, width: 4, height: 100 };
  const place = { context, box, ratio, x: axis(0, 4, 4), y: axis(0, 100, 100, true) };
  paintColumns(place, { points: Float64Array.from(points.flat()), color: "#123", opacity: 1 });
  const ends = context.of("lineTo");
  return context.of("moveTo").map(([x, y], i) => [x, y, ends[i][1]]);
}

test("a column is inked from its lowest to its highest, and half a pixel more", () => {
  assert.deepEqual(
    strokesOf([
      [0.2, 20],
      [0.4, 80],
      [0.6, 50],
    ]),
    [[40.5, 29.5, 90.5]],
  );
});

test("a stretch inks all columns that it passes", () => {
  assert.deepEqual(
    strokesOf([
      [0.5, 0],
      [2.5, 100],
    ]),
    [
      [40.5, 84.5, 110.5],
      [41.5, 34.5, 85.5],
      [42.5, 9.5, 35.5],
    ],
  );
});

test("columns are device pixels, wherever the plot area begins", () => {
  const xs = (ratio, left) =>
    strokesOf(
      [
        [0, 5],
        [4, 5],
      ],
      ratio,
      left,
    ).map(([x]) => x * ratio);
  assert.deepEqual(xs(1, 40.3), [40.5, 41.5, 42.5, 43.5, 44.5]);
  assert.deepEqual(xs(2, 40), [80.5, 81.5, 82.5, 83.5, 84.5, 85.5, 86.5, 87.5, 88.5]);
});

test("what is drawn before is not in the next", () => {
  strokesOf([
    [0, 0],
    [4, 100],
  ]);
  assert.equal(strokesOf([[1.5, 5]]).length, 1);
});

test("however often it goes up and down in a column, its ink is the same", () => {
  const pixels = { from: 0, zero: 0, scale: 1 };
  const inkOf = (points) => {
    const inked = new Float64Array(20);
    ink(Float64Array.from(points.flat()), pixels, pixels, inked);
    return [...inked];
  };
  const all = Array.from({ length: 1000 }, (_, i) => [i / 100, Math.sin(i * i)]);
  const extremes = all.filter(([x, y]) => {
    const its = all
      .filter(([other]) => Math.floor(2 * other) === Math.floor(2 * x))
      .map(([, v]) => v);
    return y === Math.min(...its) || y === Math.max(...its);
  });
  const [of, few] = [inkOf(all), inkOf(extremes)];
  for (const [i, value] of of.entries()) assert.ok(Math.abs(value - few[i]) < 0.02, `${i}`);
});

const LARGEST = Number.MAX_VALUE;

test("an axis may reach from the least double to the largest", () => {
  const context = new FakeContext();
  const box = { left: 40, top: 10, width: 4, height: 100 };
  const y = {
    options: { min: -LARGEST, max: LARGEST },
    p2c: (value) => (0.5 - value / LARGEST / 2) * 100,
  };
  const points = Float64Array.of(0.5, 0, 0.6, LARGEST, 0.7, -LARGEST / 2);
  paintColumns(
    { context, box, ratio: 1, x: axis(0, 4, 4), y },
    { points, color: "#1", opacity: 1 },
  );
  assert.deepEqual(
    [...context.of("moveTo"), ...context.of("lineTo")].map((at) => at.map(Math.round)),
    [
      [41, 10],
      [41, 86],
    ],
  );
});

test("what lies far away is painted to the edge: no canvas has it", () => {
  const far = [LARGEST, 1e40].map((value) =>
    strokesOf([
      [0.5, 50],
      [1.5, value],
      [2.5, 50],
      [3.5, 50],
    ]),
  );
  for (const strokes of far) {
    assert.deepEqual(
      strokes.map(([x]) => x),
      [40.5, 42.5, 43.5],
    );
    for (const [, from, to] of strokes) assert.ok(from > 5 && to < 115 && from < to);
  }
});

test("from beyond what a double has it comes in", () => {
  assert.deepEqual(
    strokesOf([
      [-LARGEST, 50],
      [LARGEST, 50],
    ]).length,
    6,
  );
});

golden("filled");

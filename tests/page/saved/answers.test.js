import assert from "node:assert/strict";
import { test } from "node:test";
import { measured, nearest } from "../../../static/saved/answers.js";
import { heldOf, waves } from "../support/saved.js";

const POINTS = [[0, 1], [1, NaN], [2, 3], [3, 8]]; // biome-ignore format: a table

test("the nearest point is exact where the file has all", () => {
  const held = heldOf(POINTS);
  assert.deepEqual(nearest(held, 1.8), [{ id: 0, x: 2, y: 3, exact: true }]);
  assert.deepEqual(nearest(held, 1.2), [{ id: 0, x: 1, y: null, exact: true }]);
  assert.deepEqual(nearest(heldOf(POINTS, { xy: true }), 1), []);
  assert.deepEqual(nearest(heldOf([]), 1), []);
});

test("beside columns it is what the file has, which says so; its own points are true ones", () => {
  const held = waves(100, { exact: 50 });
  const exact = (x) => nearest(held, x)[0].exact;
  assert.deepEqual(
    [exact(20.3), exact(50.3), exact(51.3), exact(20), exact(1e9)],
    [false, true, true, true, true],
  );
  assert.equal(exact(49.7), false, "between the last column and the first point");
});

test("a selection of points is measured as the relay does", () => {
  assert.deepEqual(measured(heldOf(POINTS), 0, 3), {
    id: 0,
    count: 3,
    gaps: 1,
    mean: 4,
    min: 1,
    max: 8,
    sd: Math.sqrt((9 + 1 + 16) / 2),
    complete: true,
  });
  const one = measured(heldOf(POINTS), 2, 2);
  assert.deepEqual([one.count, one.mean, one.sd], [1, 3, null]);
  const none = measured(heldOf(POINTS), 8, 9);
  assert.deepEqual([none.count, none.mean, none.min, none.complete], [0, null, null, true]);
});

test("of columns the extremes are known, and nothing else", () => {
  const its = measured(waves(100, { exact: 50 }), 10, 80);
  assert.deepEqual([its.min, its.max, its.mean, its.sd, its.complete], [0, 12, null, null, false]);
});

test("of a curve those in the range are measured, wherever they stand", () => {
  const its = measured(heldOf([[3, 1], [0, 5], [2, 9]], { xy: true }), 1, 3); // biome-ignore format: a table
  assert.deepEqual([its.count, its.min, its.max], [2, 1, 9]);
});

test("of a density the points are counted, not the cells", () => {
  const more = { xy: true, exact: 3, marks: { cell: [1, 1] } };
  const dots = Float64Array.of(0, NaN, Math.log10(7), NaN, 2, NaN);
  const its = measured(heldOf([[3, 1], [0, 5], [2, 9]], { ...more, dots }), 1, 3); // biome-ignore format: a table
  assert.deepEqual([its.count, its.min, its.max, its.mean], [101, 1, 9, null]);
});

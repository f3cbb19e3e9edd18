import assert from "node:assert/strict";
import { test } from "node:test";
import {
  firstFrom,
  firstYIn,
  nearestInPixels,
  nearestInX,
  nextInX,
} from "../../../static/view/vertex_search.js";

const flat = (...points) => Float64Array.from(points.flat());
const LINE = flat([0, 0], [1, 5], [1, 7], [4, NaN], [9, 2]);

test("the first vertex from an x on", () =>
  assert.deepEqual(
    [-1, 0, 0.5, 1, 5, 10].map((x) => firstFrom(LINE, x)),
    [0, 0, 1, 1, 4, 5],
  ));

for (const [range, y] of [
  [[0, 9], 0],
  [[0.5, 9], 5],
  [[2, 9], 2],
  [[2, 5], NaN],
  [[10, 11], NaN],
])
  test(`the first y from ${range[0]} to ${range[1]}`, () =>
    assert.equal(firstYIn(LINE, /** @type {[number, number]} */ (range)), y));

test("the nearest vertex in x, against a slow search", () => {
  const points = Float64Array.from({ length: 400 }, (_, i) =>
    i % 2 ? 1 : Math.floor(i / 6) ** 1.5,
  );
  for (let x = -5; x < 600; x += 0.7) {
    const slow = Math.min(...Array.from({ length: 200 }, (_, i) => Math.abs(points[2 * i] - x)));
    assert.equal(Math.abs(points[2 * nearestInX(points, x)] - x), slow);
  }
  assert.equal(nearestInX(flat(), 1), -1);
});

const PLACE = { xAt: (x) => 10 * x, yAt: (y) => 100 - 10 * y, valueAt: (pixel) => pixel / 10 };

test("the nearest vertex in pixels, within reach, gaps apart", () => {
  const found = (x, y, reach = 14) => nearestInPixels(LINE, true, { x, y }, PLACE, reach)?.index;
  assert.deepEqual(
    [found(12, 33), found(12, 48), found(40, 50), found(90, 70), found(90, 79)],
    [2, 1, undefined, 4, 4],
  );
});

test("an XY series is searched as a whole", () => {
  const loop = flat([5, 5], [0, 0], [9, 9]);
  assert.equal(nearestInPixels(loop, false, { x: 1, y: 99 }, PLACE, Infinity).index, 1);
});

test("the next point to either side is another x, and no gap", () => {
  const next = (x, direction, least = 0) => nextInX(LINE, x, direction, least);
  assert.deepEqual(
    [next(0, 1), next(1, 1), next(9, 1), next(9, -1), next(1, -1), next(0, -1)],
    [1, 4, -1, 2, 0, -1],
  );
  assert.deepEqual([next(0, 1, 3), next(9, -1, 8)], [4, 1]);
});

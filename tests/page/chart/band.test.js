import assert from "node:assert/strict";
import { test } from "node:test";
import { common, outline, stretchesOf } from "../../../static/chart/band.js";
import { golden } from "../support/rules.js";

const floats = (...values) => Float64Array.from(values, (value) => value ?? NaN);

const STRETCHES = [
  [[0, 1, 1, 1, 2, 1], [[0, 2]]],
  [
    [0, 1, 1, null, 2, 1, 3, 1],
    [
      [0, 0],
      [2, 3],
    ],
  ],
  [[0, null, 1, null], []],
  [[], []],
];
for (const [points, expected] of STRETCHES) {
  test(`stretches of ${JSON.stringify(points)}`, () =>
    assert.deepEqual(stretchesOf(floats(...points)), expected));
}

test("an area is where both ends are", () => {
  assert.deepEqual(
    common(
      [
        [0, 5],
        [6, 10],
      ],
      [
        [1, 2],
        [4, 7],
        [9, 20],
      ],
    ),
    [
      [1, 2],
      [4, 5],
      [6, 7],
      [9, 10],
    ],
  );
});

test("the ends of an outline are interpolated", () => {
  assert.deepEqual(outline(floats(0, 0, 10, 10), [2, 4], 100, Math.max), [2, 2, 4, 4]);
});

test("of vertices within a pixel the extreme counts", () => {
  const points = floats(0, 0, 1, 1, 1.001, 9, 1.002, 2, 2, 0);
  assert.deepEqual(outline(points, [0, 2], 100, Math.max), [0, 0, 1, 9, 2, 0]);
  assert.deepEqual(outline(points, [0, 2], 100, Math.min), [0, 0, 1, 1, 2, 0]);
});

test("a million vertices make as many as there are pixels", () => {
  const points = new Float64Array(200_000);
  for (let i = 0; i < points.length; i += 2)
    [points[i], points[i + 1]] = [i / points.length, Math.sin(i)];
  assert.ok(outline(points, [0, 1], 800, Math.max).length / 2 <= 1700);
});

golden("band");

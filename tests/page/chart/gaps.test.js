import assert from "node:assert/strict";
import { test } from "node:test";
import { lonelyIn, narrowestStep, sparse } from "../../../static/chart/gaps.js";
import { golden } from "../support/rules.js";

const flat = (...values) => Float64Array.from(values);
const wave = (count, of) =>
  Float64Array.from({ length: 2 * count }, (_, i) => (i % 2 ? of(i >> 1) : i >> 1));

const LONELY = [
  [[0, 1], [0]],
  [[0, 1, 1, 1], []],
  [[0, 1, 1, NaN, 2, 1, 3, 1], [0]],
  [[0, 1, 1, 1, 2, NaN, 3, 1], [6]],
  [[0, NaN, 1, 1, 2, NaN], [2]],
  [[], []],
];
for (const [points, expected] of LONELY) {
  test(`lonely in ${JSON.stringify(points)}: ${expected}`, () =>
    assert.deepEqual([...lonelyIn(flat(...points))], expected));
}

test("dots need room", () => {
  assert.ok(
    sparse(
      wave(10, () => 0),
      [0, 9],
      500,
      18,
    ),
  );
  assert.ok(
    !sparse(
      wave(100, () => 0),
      [0, 99],
      500,
      18,
    ),
  );
  assert.ok(
    sparse(
      wave(100, () => 0),
      [0, 9],
      500,
      18,
    ),
  );
});

test("the narrowest step sets the width of bars", () => {
  assert.equal(narrowestStep(flat(0, 0, 5, 0, 7, 0, 7, 0)), 2);
  assert.equal(narrowestStep(flat(0, 0)), Infinity);
});

golden("lonely");

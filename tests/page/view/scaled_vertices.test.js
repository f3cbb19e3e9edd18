import assert from "node:assert/strict";
import { test } from "node:test";
import { ScaledVertices } from "../../../static/view/scaled_vertices.js";
import { LINEAR, LOG } from "../../../static/view/scale.js";
import { golden } from "../support/rules.js";

const POINTS = Float64Array.of(-1, 5, 0, 5, 1, 10, 10, -3, 100, 0.1, 1000, NaN);
const places = (x, y, points = POINTS) => {
  const made = new ScaledVertices();
  return { of: [...made.of(points, x, y)], impossible: made.impossible };
};

test("linear places are the values themselves", () =>
  assert.equal(new ScaledVertices().of(POINTS, LINEAR, LINEAR), POINTS));

test("what has no logarithm on y is a gap, and counted", () => {
  assert.deepEqual(places(LINEAR, LOG), {
    of: [-1, Math.log10(5), 0, Math.log10(5), 1, 1, 10, NaN, 100, -1, 1000, NaN],
    impossible: 1,
  });
});

test("what has none on x is left out before, and a gap between", () => {
  assert.deepEqual(places(LOG, LINEAR), { of: [0, 10, 1, -3, 2, 0.1, 3, NaN], impossible: 2 });
  assert.deepEqual(places(LOG, LINEAR, Float64Array.of(1, 1, -1, 2, 10, 3)), {
    of: [0, 1, 0, NaN, 1, 3],
    impossible: 1,
  });
});

test("places are made once for the same vertices", () => {
  const made = new ScaledVertices();
  const first = made.of(POINTS, LINEAR, LOG);
  assert.equal(made.of(POINTS, LINEAR, LOG), first);
  assert.deepEqual([...made.of(POINTS.subarray(4, 6), LINEAR, LOG)], [1, 1]);
});

golden("positions");

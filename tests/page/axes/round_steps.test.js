import assert from "node:assert/strict";
import { test } from "node:test";
import { multiples, niceStep, partsOf } from "../../../static/axes/round_steps.js";
import { golden } from "../support/rules.js";

for (const [raw, step] of [
  [1, 1],
  [1.1, 2],
  [2, 2],
  [3, 5],
  [7, 10],
  [0.03, 0.05],
  [4e-7, 5e-7],
  [123, 200],
  [1e-12, 1e-12],
]) {
  test(`the round step for ${raw} is ${step}`, () =>
    assert.ok(Math.abs(niceStep(raw) / step - 1) < 1e-9));
}

test("multiples are exact decimals, and zero is not minus zero", () => {
  assert.deepEqual(multiples(-0.3, 0.3, 0.1), [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
});

test("they are the nearest doubles far away too", () => {
  assert.deepEqual(multiples(1e30, 1.5e30, 5e29), [1e30, 1.5e30]);
  assert.deepEqual(multiples(1e6, 1e6 + 2e-9, 1e-9), [1e6, 1000000.000000001, 1000000.000000002]);
  assert.deepEqual(multiples(-Number.MAX_VALUE, Number.MAX_VALUE, 1e308), [-1e308, 0, 1e308]);
});

test("they come to an end, whatever is asked", () => {
  assert.equal(multiples(0, 1, 1e-9).length, 199);
  assert.deepEqual(multiples(NaN, NaN, 1), []);
});

test("a step is a whole number times a power of ten", () => {
  assert.deepEqual(partsOf(21600), { count: 216, exponent: 2 });
  assert.deepEqual(partsOf(5e-307), { count: 5, exponent: -307 });
});

golden("nice_step");

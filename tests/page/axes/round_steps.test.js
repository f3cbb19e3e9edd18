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

golden("nice_step");

import assert from "node:assert/strict";
import { test } from "node:test";
import { axisView, LINEAR, LOG, scaleFor } from "../../../static/view/scale.js";
import { golden } from "../support/rules.js";

test("an axis on the screen, both ways", () => {
  const axis = axisView(LOG, [3, 1], 200);
  assert.deepEqual(
    [axis.low, axis.high, axis.pixelOf(100), axis.valueAt(100), axis.pixelOf(-1)],
    [10, 1000, 100, 100, NaN],
  );
});

test("a scaled value is the value, or its decadic logarithm", () => {
  assert.deepEqual([scaleFor(false), scaleFor(true)], [LINEAR, LOG]);
  assert.deepEqual([-5, 0, 7].map(LINEAR.scaledOf), [-5, 0, 7]);
  assert.deepEqual([-5, 0, 1, 1000].map(LOG.scaledOf), [NaN, NaN, 0, 3]);
  assert.deepEqual([LINEAR.valueAt(3), LOG.valueAt(3)], [3, 1000]);
});

test("an axis knows how its values are written, if it is said", () => {
  const unit = { power: 0, decimals: 1, scientific: false };
  const axis = axisView(LINEAR, [0, 10], 100, { unit, suffix: "V" });
  assert.deepEqual([axis.unit, axis.suffix, axis.low, axis.high], [unit, "V", 0, 10]);
  const bare = axisView(LINEAR, [0, 10], 100);
  assert.deepEqual([bare.unit, bare.suffix, bare.log], [null, "", false]);
});

golden("position");
golden("widened");
golden("x_range");

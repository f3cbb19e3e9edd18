import assert from "node:assert/strict";
import { test } from "node:test";
import { axisView, LOG } from "../../../static/view/scale.js";

test("an axis on the screen, both ways", () => {
  const axis = axisView(LOG, [3, 1], 200);
  assert.deepEqual(
    [axis.low, axis.high, axis.pixelOf(100), axis.valueAt(100), axis.pixelOf(-1)],
    [10, 1000, 100, 100, NaN],
  );
});

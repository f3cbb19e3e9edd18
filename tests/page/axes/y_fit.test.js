import assert from "node:assert/strict";
import { test } from "node:test";
import { YFit } from "../../../static/axes/y_fit.js";
import { roundDecades } from "../../../static/axes/y_range.js";
import { LOG } from "../../../static/view/scale.js";

const line = (points) => ({
  points: Float64Array.from(points),
  band: null,
  style: "line",
  axis: "left",
});
const fit = (said, points = [0, -2, 1, 2], held) => {
  const made = new YFit();
  made.fit([line(points)], [0, 1], { held, said, scale: LOG, eager: false }, 0);
  return made.scaled;
};

test("a log axis is fitted in decades", () =>
  assert.deepEqual(fit(null), Object.values(roundDecades(-2, 2))));
test("fixed by values", () => assert.deepEqual(fit([10, 1000]), [1, 3]));
test("a range down to 0 shows three decades", () => assert.deepEqual(fit([0, 1000]), [0, 3]));
test("a range without any logarithm is passed over", () =>
  assert.deepEqual(fit([-5, 0]), fit(null)));
test("the hand comes before the option", () =>
  assert.deepEqual(fit([10, 1000], [0, 0], [1, 10]), [0, 1]));
test("one decade is shown around a single value", () =>
  assert.deepEqual(roundDecades(2, 2), { low: 1.5, high: 2.5 }));

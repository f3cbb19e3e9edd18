import assert from "node:assert/strict";
import { test } from "node:test";
import { leftmostOf, wholeOf, xRangeOf } from "../../../static/picture/x_range.js";
import { LINEAR, LOG } from "../../../static/view/scale.js";
import { initialView } from "../../../static/view/state.js";

const flat = (...points) => Float64Array.from(points.flat());
const lineOf = (points, more = {}) => ({ kind: "points", style: "line", points, ...more });

test("a view that follows has its window, and all that there is without one", () => {
  assert.deepEqual(xRangeOf(initialView(4), [0, 10], [], LINEAR), [6, 10]);
  assert.deepEqual(xRangeOf(initialView(null), [0, 10], [], LINEAR), [0, 10]);
});

test("bars and candles are seen whole while the newest points are followed", () => {
  const points = flat([0, 1], [2, 1], [4, 1]);
  const bars = lineOf(points, { style: "bars" });
  assert.deepEqual(xRangeOf(initialView(null), [0, 4], [bars], LINEAR), [-1, 5]);
  const candles = lineOf(flat([-1, 1], [1, 2], [1, 0], [3, 1]), { kind: "candles" });
  assert.deepEqual(xRangeOf(initialView(null), [0, 2], [candles], LINEAR), [-1, 3]);
  const back = { ...initialView(null), mode: "range", live: false, from: 1, to: 2 };
  assert.deepEqual(xRangeOf(back, [0, 4], [bars], LINEAR), [1, 2]);
});

test("on a logarithmic axis what has no logarithm is left out", () => {
  const lines = [lineOf(flat([1, 5], [2, 5])), lineOf(flat([3, 1], [0.5, 1]), { kind: "xy" })];
  assert.equal(leftmostOf(lines), 0.5);
  assert.deepEqual(xRangeOf(initialView(null), [0, 1000], lines, LOG), [0.5, 3]);
  assert.equal(leftmostOf([lineOf(flat())]), Infinity);
});

test("a range that is to be filled is all that is seen, at least", () => {
  const all = initialView(null);
  assert.deepEqual(xRangeOf(all, [2, 4], [], LINEAR, [0, 3]), [0, 4]);
  assert.deepEqual(xRangeOf(initialView(1), [2, 4], [], LINEAR, [0, 30]), [3, 4]);
  assert.deepEqual(wholeOf([2, 4], [], LINEAR, [0, null]), [0, 4]);
  assert.equal(wholeOf([2, 4], [], LINEAR, null), null);
});

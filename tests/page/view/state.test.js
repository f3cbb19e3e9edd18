import assert from "node:assert/strict";
import { test } from "node:test";
import { FITTING, initialView, isLive, visibleRange } from "../../../static/view/state.js";

const range = { ...initialView(10), mode: "range", from: 3, to: 5 };

test("a single point stands in the middle", () =>
  assert.deepEqual(visibleRange(initialView(null), 7, 7), [6.5, 7.5]));

test("a window that is not full stands still", () =>
  assert.deepEqual(visibleRange(initialView(50), 10, 30), [10, 60]));

test("a plot without a window shows everything, one with a window follows", () => {
  const [all, follow] = [initialView(null), initialView(30)];
  assert.deepEqual([all.mode, all.home, all.window], ["all", "all", null]);
  assert.deepEqual([follow.mode, follow.home, follow.window], ["follow", "follow", 30]);
  assert.equal(follow.y, FITTING);
  assert.deepEqual([follow.past, follow.future, follow.paused], [[], [], false]);
});

const SEEN = [
  ["everything", initialView(null), [0, 100]],
  ["the window up to the edge", initialView(30), [70, 100]],
  ["a range", range, [3, 5]],
  ["a paused picture", { ...initialView(30), paused: true, from: 20, to: 50 }, [20, 50]],
  ["one that was paused before anything came", { ...initialView(30), paused: true }, [70, 100]],
];
for (const [what, view, expected] of SEEN)
  test(`on the screen is ${what}`, () => assert.deepEqual(visibleRange(view, 0, 100), expected));

test("of an empty plot a unit is seen, or the window", () => {
  assert.deepEqual(visibleRange(initialView(null), NaN, NaN), [0, 1]);
  assert.deepEqual(visibleRange(initialView(30), NaN, NaN), [0, 30]);
  assert.deepEqual(visibleRange(range, NaN, NaN), [3, 5]);
});

test("live is what moves with the points", () =>
  assert.deepEqual(
    [initialView(null), initialView(30), range, { ...initialView(30), paused: true }].map(isLive),
    [true, true, false, false],
  ));

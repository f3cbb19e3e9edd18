import assert from "node:assert/strict";
import { test } from "node:test";
import { changed, stepped } from "../../../static/view/history.js";
import { initialView } from "../../../static/view/state.js";

const START = initialView(null);
const range = (from, to) => ({ mode: "range", from, to });
const spans = (list) => list.map(({ mode, from, to }) => (mode === "range" ? [from, to] : mode));

test("what was seen before is remembered, and what was gone back from is not", () => {
  const view = changed({ ...START, future: [START] }, range(1, 2), 5);
  assert.deepEqual([view.mode, view.from, view.to, view.touched], ["range", 1, 2, 5]);
  assert.deepEqual([spans(view.past), view.future], [["all"], []]);
});

test("the same view again is no step", () => {
  const view = changed(START, range(1, 2), 5);
  assert.equal(changed(view, range(1, 2), 9), view);
});

test("a gesture that goes on within a moment is one step", () => {
  const first = changed(START, range(1, 2), 5);
  const second = changed(first, range(1, 3), 5.6);
  assert.deepEqual(spans(second.past), ["all"]);
  const third = changed(second, range(1, 4), 6.4);
  assert.deepEqual(spans(third.past), ["all", [1, 3]]);
});

test("a step of its own ends the one before, and is not gone on with", () => {
  const wheel = changed(START, range(1, 2), 5);
  const key = changed(wheel, range(3, 4), 5.1, "a step");
  assert.deepEqual([spans(key.past), key.open], [["all", [1, 2]], false]);
  assert.deepEqual(spans(changed(key, range(5, 6), 5.2).past), ["all", [1, 2], [3, 4]]);
});

test("fifty steps are remembered", () => {
  let view = START;
  for (let i = 0; i < 60; i++) view = changed(view, range(i, i + 1), i, "a step");
  assert.deepEqual([view.past.length, spans(view.past)[0]], [50, [9, 10]]);
});

test("back to live leads where the user was last, if that was no range", () => {
  const follow = changed(START, { mode: "follow", window: 5 }, 1);
  assert.equal(follow.home, "follow");
  assert.equal(changed(follow, range(1, 2), 2).home, "follow");
});

test("steps lead back and forward again, and end a pause", () => {
  const there = { ...changed(START, range(1, 2), 5), paused: true };
  const back = stepped(there, "past", "future", 6);
  assert.deepEqual([back.mode, back.paused, spans(back.future)], ["all", false, [[1, 2]]]);
  const again = stepped(back, "future", "past", 7);
  assert.deepEqual([again.from, again.to, spans(again.past)], [1, 2, ["all"]]);
});

test("where there is no step nothing changes", () =>
  assert.equal(stepped(START, "past", "future", 1), START));

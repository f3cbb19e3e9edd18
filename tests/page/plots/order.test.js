import assert from "node:assert/strict";
import { test } from "node:test";
import { arranged, movedTo, positionAfter, readMemory } from "../../../static/plots/order.js";

test("new plots come at the end, and those that have gone keep their places", () => {
  assert.deepEqual(arranged(["b", "gone", "a"], ["a", "new", "b"]), ["b", "gone", "a", "new"]);
  assert.equal(
    arranged(
      [],
      Array.from({ length: 600 }, (_, i) => String(i)),
    ).length,
    500,
  );
});

const many = (/** @type {string} */ of, count = 500) =>
  Array.from({ length: count }, (_, i) => `${of} ${i}`);

test("a plot that comes is remembered, however many have gone", () => {
  const order = arranged(many("gone"), ["new"]);
  assert.equal(order.length, 500);
  assert.deepEqual([order[0], order.at(-1)], ["gone 1", "new"]);
});

test("more than are remembered do not change places at each look", () => {
  const order = arranged(many("gone", 3), many("here", 600));
  assert.deepEqual(order, many("here"));
  assert.deepEqual(arranged(order, many("here", 600)), order);
});

test("a plot takes the place of another, from both sides", () => {
  assert.deepEqual(movedTo(["a", "b", "c"], "a", "c"), ["b", "c", "a"]);
  assert.deepEqual(movedTo(["a", "b", "c"], "c", "a"), ["c", "a", "b"]);
  assert.deepEqual(movedTo(["a", "b", "c"], "b", "nobody"), ["a", "b", "c"]);
});

const KEYS = [
  ["ArrowRight", 0, 1],
  ["ArrowLeft", 0, null],
  ["ArrowDown", 1, 3],
  ["ArrowDown", 3, null],
  ["ArrowUp", 3, 1],
  ["Home", 3, 0],
  ["End", 0, 4],
  ["End", 4, null],
  ["a", 0, null],
];
for (const [key, at, expected] of KEYS)
  test(`grid: ${key} at ${at} of 5 in 2 columns leads to ${expected}`, () =>
    assert.equal(positionAfter(key, at, 5, 2), expected));

const MEMORIES = [
  null,
  "",
  "{",
  "null",
  "[]",
  '{"order": [1], "columns": 2}',
  '{"order": ["a"], "columns": 9}',
  '{"columns": 3}',
];
for (const text of MEMORIES)
  test(`what is no memory is nothing: ${text}`, () =>
    assert.deepEqual(readMemory(text), { order: [], columns: 2 }));
test("a memory", () =>
  assert.deepEqual(readMemory('{"order": ["a"], "columns": 3}'), { order: ["a"], columns: 3 }));

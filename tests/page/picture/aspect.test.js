import assert from "node:assert/strict";
import { test } from "node:test";
import { equalized } from "../../../static/picture/aspect.js";
import { golden } from "../support/rules.js";

const SIZES = [{ width: 200, height: 100 }];

test("what would be longer gets more of its axis, about the same middle", () => {
  assert.deepEqual(equalized([0, 10], [[0, 1]], SIZES, false), { x: [0, 10], ys: [[-2, 3]] });
  assert.deepEqual(equalized([0, 1], [[0, 10]], SIZES, false), { x: [-9.5, 10.5], ys: [[0, 10]] });
});

test("x that the reader has chosen stays, and y is as long, be it less", () => {
  assert.deepEqual(equalized([0, 1], [[0, 10]], SIZES, true), { x: [0, 1], ys: [[4.75, 5.25]] });
});

test("at the ends of doubles, and without a panel, nothing changes", () => {
  const x = [-Number.MAX_VALUE, Number.MAX_VALUE];
  assert.deepEqual(equalized(x, [[0, 1]], SIZES, false), { x, ys: [[0, 1]] });
  assert.deepEqual(equalized([0, 1], [], [], false), { x: [0, 1], ys: [] });
});

golden("equalized");

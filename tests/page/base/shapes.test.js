import assert from "node:assert/strict";
import { test } from "node:test";
import { touches } from "../../../static/base/shapes.js";

const box = (left, top) => ({ left, top, width: 10, height: 10 });

const PAIRS = [
  ["that overlap do", box(5, 5), 0, true],
  ["side by side do not", box(10, 0), 0, false],
  ["one above the other do not", box(0, 10), 0, false],
  ["with less than a gap between them do", box(15, 0), 6, true],
  ["with a gap between them do not", box(16, 0), 6, false],
];
for (const [what, other, gap, expected] of PAIRS)
  test(`boxes ${what}`, () => {
    assert.equal(touches(box(0, 0), other, gap), expected);
    assert.equal(touches(other, box(0, 0), gap), expected);
  });

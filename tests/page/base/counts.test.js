import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCount, formatRate } from "../../../static/base/counts.js";
import { plain } from "../support/text.js";

for (const [count, written] of [
  [0, "0"],
  [1, "1"],
  [9999, "9999"],
  [12_345, "12 345"],
  [123_456, "123 k"],
  [2.5e6, "2.50 M"],
  [1e9, "1.00 G"],
]) {
  test(`${count} points are ${written}`, () => assert.equal(plain(formatCount(count)), written));
}

for (const [rate, written] of [
  [0.2, "0.200"],
  [12.34, "12.3"],
  [60, "60.0"],
  [999, "999"],
  [1234, "1.23 k"],
  [999_600, "1.00 M"],
]) {
  test(`a rate of ${rate} is ${written}`, () => assert.equal(plain(formatRate(rate)), written));
}

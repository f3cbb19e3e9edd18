import assert from "node:assert/strict";
import { test } from "node:test";
import { differenceFrom, offsetOf, offsetText } from "../../../static/axes/offset.js";
import { golden } from "../support/rules.js";

test("a wide range has none", () => {
  assert.equal(offsetOf(1e6, 1e6 + 1), null);
  assert.equal(offsetOf(-Number.MAX_VALUE, Number.MAX_VALUE), null);
  assert.equal(offsetText(null, "V"), "");
});

test("a range that slides keeps it for ten spans", () => {
  const found = Array.from({ length: 40 }, (_, i) => offsetOf(1e12 + i, 1e12 + i + 1).value);
  assert.deepEqual([...new Set(found)], [1e12]);
});

test("it is a double, at the end of them too", () => {
  const { value } = offsetOf(Number.MAX_VALUE * (1 - 1e-14), Number.MAX_VALUE);
  assert.ok(value < Number.MAX_VALUE && value > 1.79e308);
});

test("differences are decimals, without the rounding of the values", () => {
  const offset = offsetOf(1e6, 1e6 + 3e-9);
  assert.equal(differenceFrom(offset, 1e6 + 2e-9, 1e-9), 2e-9);
  assert.notEqual(1e6 + 2e-9 - 1e6, 2e-9);
});

golden("offset");

import assert from "node:assert/strict";
import { test } from "node:test";
import { seconds, timeText } from "../../../static/base/clock.js";

test("the clock counts seconds", (t) => {
  t.mock.method(performance, "now", () => 1500);
  assert.equal(seconds(), 1.5);
});

test("a time is that of the reader's clock", () =>
  assert.equal(timeText(new Date(2026, 10, 9, 3, 40, 12)), "2026-11-09 03:40:12"));

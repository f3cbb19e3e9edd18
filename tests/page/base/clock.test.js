import assert from "node:assert/strict";
import { test } from "node:test";
import { seconds } from "../../../static/base/clock.js";

test("the clock counts seconds", (t) => {
  t.mock.method(performance, "now", () => 1500);
  assert.equal(seconds(), 1.5);
});

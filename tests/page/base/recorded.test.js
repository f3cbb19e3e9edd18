import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeContext } from "../support/canvas.js";
import { recorded } from "../../../static/base/recorded.js";
import { record } from "../../../static/export/svg_recorder.js";

test("a canvas is recorded while it is drawn for a picture, even if that fails", () => {
  const context = new FakeContext();
  record(context, 1, "p", () => assert.ok(recorded.has(context)));
  assert.ok(!recorded.has(context));
  assert.throws(() => record(context, 1, "p", () => assert.fail("no picture")));
  assert.ok(!recorded.has(context));
});

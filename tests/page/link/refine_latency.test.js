import assert from "node:assert/strict";
import { test } from "node:test";
import { RefineLatency } from "../../../static/link/refine_latency.js";

test("a refinement lasts from the first gesture to the paint of the answer", () => {
  const refinement = new RefineLatency();
  refinement.painted(1);
  refinement.asked(2);
  refinement.asked(2.01);
  refinement.painted(2.02);
  assert.ok(Number.isNaN(refinement.last));
  refinement.answered();
  refinement.painted(2.03);
  assert.ok(Math.abs(refinement.last - 30) < 1e-6);
});

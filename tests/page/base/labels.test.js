import assert from "node:assert/strict";
import { test } from "node:test";
import { Labels } from "../../../static/base/labels.js";
import { golden } from "../support/rules.js";

test("a name is shown as a whole, beside others, and where there is hardly any room", () => {
  const labels = new Labels();
  labels.update([
    ["w", "model.encoder.layers.0.self_attn.weight"],
    ["b", "model.encoder.layers.0.self_attn.bias"],
  ]);
  assert.equal(labels.of("w"), "model.encoder.layers.0.self_attn.weight");
  assert.equal(labels.shortOf("w"), "model.encod…_attn.weight");
  assert.deepEqual([labels.briefOf("w"), labels.briefOf("b")], ["model…weight", "model…n.bias"]);
});

test("a name that nobody has shown yet is itself", () => {
  const labels = new Labels();
  assert.deepEqual([labels.of("a"), labels.shortOf("a"), labels.briefOf("a")], ["a", "a", "a"]);
});

golden("shown_name");
golden("short_names");

import assert from "node:assert/strict";
import { test } from "node:test";
import { interleaved, unpack } from "../../../static/saved/packed.js";
import { golden } from "../support/rules.js";

golden("unpacked");

test("a file that ends early says so", () => {
  assert.throws(() => unpack(new Uint8Array(15), [2]), /it was not saved whole/);
});

test("x and y stand beside one another", () => {
  const points = interleaved(Float64Array.of(1, 2), Float64Array.of(3, NaN));
  assert.deepEqual([...points], [1, 3, 2, NaN]);
});

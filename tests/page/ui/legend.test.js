import assert from "node:assert/strict";
import { test } from "node:test";
import { nextHidden, nextRow } from "../../../static/ui/legend.js";

const hide = (hidden, name, alone = false) => [
  ...nextHidden(new Set(hidden), ["a", "b", "c"], name, alone),
];
test("a click hides and shows, Alt-click shows alone and then all", () => {
  assert.deepEqual(hide([], "b"), ["b"]);
  assert.deepEqual(hide(["b"], "b"), []);
  assert.deepEqual(hide([], "b", true), ["a", "c"]);
  assert.deepEqual(hide(["a", "c"], "b", true), []);
  assert.deepEqual(hide(["b"], "b", true), ["a", "c"]);
});

test("the arrows go from series to series in the legend", () => {
  assert.deepEqual(
    ["ArrowRight", "ArrowDown", "ArrowLeft", "Home", "End", "a", "constructor"].map((key) =>
      nextRow(key, 1, 5),
    ),
    [2, 2, 0, 0, 4, -1, -1],
  );
});

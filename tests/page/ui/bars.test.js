import "../support/dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Bars } from "../../../static/ui/bars.js";

function shown(element) {
  const rows = [...element.querySelectorAll(".bar")];
  return rows.map((row) => {
    const bar = row.querySelector("progress");
    return [row.querySelector("span").textContent, bar.getAttribute("value")];
  });
}

test("a slim line for each loop, and none where there are none", () => {
  const element = document.createElement("div");
  element.hidden = true;
  const bars = new Bars(element);
  bars.update([]);
  assert.equal(element.hidden, true);
  bars.update([
    { text: "epoch 3 of 10", part: 0.3 },
    { text: "5", part: null },
  ]);
  assert.equal(element.hidden, false);
  assert.deepEqual(shown(element), [
    ["epoch 3 of 10", "0.3"],
    ["5", null],
  ]);
  const [row] = element.children;
  assert.equal(row.querySelector("progress").getAttribute("aria-label"), "epoch 3 of 10");
  bars.update([{ text: "epoch 4 of 10", part: null }]);
  assert.equal(element.children[0], row, "it is not made anew");
  assert.deepEqual(shown(element), [["epoch 4 of 10", null]]);
  bars.update([]);
  assert.deepEqual([element.hidden, element.children.length], [true, 0]);
});

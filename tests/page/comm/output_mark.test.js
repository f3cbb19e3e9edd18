import assert from "node:assert/strict";
import { test } from "node:test";
import { document } from "../support/dom.js";
import { OutputMark } from "../../../static/comm/output_mark.js";

/** The mark of an output, and whether it is to be seen. */
function markOf() {
  const output = document.createElement("div");
  output.className = "jp-OutputArea-child";
  const el = document.createElement("div");
  const mark = new OutputMark(el);
  return { mark, output, el, isLive: () => output.classList.contains("zwsnb-live") };
}

test("the rules that hide the picture are in the document", () => {
  markOf();
  assert.ok(document.getElementById("zwsnb-style"));
});

test("an output that is live is marked until it ends, also while it connects again", () => {
  const { mark, output, el, isLive } = markOf();
  mark.update("connecting");
  output.append(el);
  mark.update("connecting");
  assert.equal(isLive(), false, "nobody has answered");
  for (const state of ["live", "reconnecting", "live"]) {
    mark.update(state);
    assert.equal(isLive(), true, state);
  }
});

for (const state of ["ended", "refused"])
  test(`one that has ${state} is marked no more`, () => {
    const { mark, output, el, isLive } = markOf();
    output.append(el);
    mark.update("live");
    mark.update(state);
    assert.equal(isLive(), false);
  });

test("the mark goes, also when its element has been taken out of the output before", () => {
  const { mark, output, el, isLive } = markOf();
  output.append(el);
  mark.update("live");
  el.remove();
  mark.remove();
  assert.equal(isLive(), false);
});

test("where there is no such output there is nothing to mark", () => {
  const { mark } = markOf();
  mark.update("live");
  mark.remove();
});

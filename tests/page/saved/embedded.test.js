import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { document } from "../support/dom.js";
import { readEmbedded } from "../../../static/saved/embedded.js";

const { cases } = JSON.parse(
  readFileSync(new URL("../../shared/unpacked.json", import.meta.url), "utf8"),
);
/** Of one series of three points, as the golden table has it. */
const [[PACKED]] = cases.find(([[, lengths]]) => lengths.join() === "3,3");

function write(head, vertices) {
  document.body.innerHTML = "";
  for (const [id, text] of [
    ["saved-head", JSON.stringify(head)],
    ["saved-vertices", vertices],
  ]) {
    const block = document.createElement("div");
    block.id = id;
    block.textContent = text;
    document.body.append(block);
  }
}

test("head and vertices come out of their blocks", async () => {
  write({ saved: 5, held: [{ id: 7, vertices: 3, candles: [] }] }, PACKED);
  const { head, series } = await readEmbedded(document);
  assert.equal(head.saved, 5);
  assert.equal(series[0].id, 7);
  assert.deepEqual([...series[0].curve], [1, 0.1, 2, NaN, 3, -5e-324]);
});

test("behind a series are its candles", async () => {
  const candles = [{ width: 2, vertices: 0 }];
  write({ held: [{ id: 7, vertices: 3, candles }] }, PACKED);
  const [its] = (await readEmbedded(document)).series;
  assert.deepEqual(its.candles, [{ width: 2, vertices: 0, curve: new Float64Array(0) }]);
});

test("what was cut off is an error", async () => {
  write({ held: [{ id: 7, vertices: 30, candles: [] }] }, PACKED);
  await assert.rejects(readEmbedded(document), /not saved whole/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { document } from "../support/dom.js";
import { readEmbedded } from "../../../static/saved/embedded.js";

const { cases } = JSON.parse(
  readFileSync(new URL("../../shared/unpacked.json", import.meta.url), "utf8"),
);
/** Of one series of three points, as the golden table has it. */
const [[PACKED]] = cases.find(([[, lengths]]) => lengths.join() === "3,3");

function write(head, vertices, image = "") {
  document.body.innerHTML = "";
  for (const [id, text] of [
    ["saved-head", JSON.stringify(head)],
    ["saved-vertices", vertices],
    ["saved-image", image],
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

test("an image has a block of its own", async () => {
  const bytes = new Uint8Array(20);
  new Float64Array(bytes.buffer, 0, 2).set([1, 2.5]);
  bytes.set([1, 2, 3, 4], 16);
  const image = { name: "image", columns: 2, bins: 3, factor: 2 };
  write(
    { held: [], image },
    deflateSync("").toString("base64"),
    deflateSync(bytes).toString("base64"),
  );
  const found = (await readEmbedded(document)).image;
  assert.deepEqual(
    [found.name, [...found.x], [...found.colors]],
    ["image", [1, 2.5], [1, 2, 3, 4]],
  );
  write({ held: [], image: null }, deflateSync("").toString("base64"));
  assert.equal((await readEmbedded(document)).image, null);
});

test("what was cut off is an error", async () => {
  write({ held: [{ id: 7, vertices: 30, candles: [] }] }, PACKED);
  await assert.rejects(readEmbedded(document), /not saved whole/);
});

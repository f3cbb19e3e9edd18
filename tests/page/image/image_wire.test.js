import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ImageColumns } from "../../../static/image/columns.js";
import { decodeImage, encodeImage, isImage } from "../../../static/image/image_wire.js";
import { makePatch } from "../support/patches.js";

const VECTORS = new URL("../../shared/vectors.json", import.meta.url);
const { images } = JSON.parse(readFileSync(VECTORS, "utf8"));
const bytesOf = ({ hex }) => new Uint8Array(Buffer.from(hex, "hex")).buffer;
const nulls = (values) => [...values].map((one) => (Number.isNaN(one) ? null : one));

const page = new ImageColumns();
for (const vector of images) {
  test(`tests/shared/vectors.json: ${vector.name}`, () => {
    const message = bytesOf(vector);
    assert.ok(isImage(message));
    const patch = decodeImage(message);
    for (const key of ["number", "drop", "keep", "bins", "factor", "rows", "began", "log", "down"])
      assert.equal(patch[key], vector[key], key);
    assert.deepEqual([patch.name, nulls(patch.y)], [vector.image, vector.y]);
    assert.deepEqual(nulls(patch.z), vector.z);
    page.apply(patch);
    const columns = [...page.x].map((x, i) => [
      x,
      [...page.colors.subarray(i * page.height, (i + 1) * page.height)],
    ]);
    assert.deepEqual(columns, vector.page);
  });
}

test("what the page writes as its own relay is what it reads", () => {
  for (const vector of images) {
    const message = bytesOf(vector);
    assert.deepEqual(new Uint8Array(encodeImage(decodeImage(message))), new Uint8Array(message));
  }
});

test("a patch of vertices is no image, and what is cut off is none", () => {
  assert.equal(isImage(makePatch({}, [{ vertices: [0, 0, 1, 1] }])), false);
  assert.equal(isImage(new ArrayBuffer(3)), false);
  const message = bytesOf(images[0]);
  assert.throws(() => decodeImage(message.slice(0, message.byteLength - 1)), RangeError);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ImageColumns } from "../../../static/image/columns.js";
import { decodeImage, encodeImage, isImage } from "../../../static/image/image_wire.js";
import { corpus, spoiled } from "../support/fuzz.js";
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

/** An image, read, or refused; it says the same when it is written. */
function tryImage(message, name) {
  if (!isImage(message)) return false;
  let patch;
  try {
    patch = decodeImage(message);
  } catch (error) {
    assert.ok(error instanceof RangeError, `${name}: ${error.stack}`);
    return false;
  }
  assert.ok(patch.colors.length + patch.x.byteLength <= message.byteLength, name);
  assert.deepEqual(decodeImage(encodeImage(patch)), patch, name);
  return true;
}

test("whatever came once is an image or is refused", () => {
  for (const { name, message } of corpus("image")) tryImage(message, name);
});

test("an image that is spoiled is another one or is refused", () => {
  const good = images.map((vector) => new Uint8Array(bytesOf(vector)));
  let taken = 0;
  for (const message of spoiled(good, 3000))
    taken += tryImage(message, Buffer.from(message).toString("hex"));
  assert.ok(taken > 300 && taken < 2700, String(taken));
});

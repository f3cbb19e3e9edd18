import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, inflateSync } from "node:zlib";
import { palettePng } from "../../../static/export/palette_png.js";

/** An image of these colours, row by row. @param {number} width @param {number[][]} colors */
const imageOf = (width, colors) => ({
  width,
  height: colors.length / width,
  data: Uint8ClampedArray.from(colors.flatMap((color) => [...color, 255])),
});

/** Read it as the standard says. @param {Blob} png @returns {Promise<object>} */
async function read(png) {
  const bytes = Buffer.from(await png.arrayBuffer());
  assert.deepEqual([...bytes.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks = {};
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.subarray(at + 4, at + 8).toString("latin1");
    chunks[name] = bytes.subarray(at + 8, at + 8 + length);
    assert.equal(
      bytes.readUInt32BE(at + 8 + length),
      crc32(bytes.subarray(at + 4, at + 8 + length)),
      `checksum of ${name}`,
    );
    at += 12 + length;
  }
  assert.deepEqual(Object.keys(chunks), ["IHDR", "PLTE", "IDAT", "IEND"]);
  const [width, height] = [chunks.IHDR.readUInt32BE(0), chunks.IHDR.readUInt32BE(4)];
  assert.deepEqual([...chunks.IHDR.subarray(8)], [8, 3, 0, 0, 0], "8 bits, a palette");
  const rows = inflateSync(chunks.IDAT);
  assert.equal(rows.length, height * (width + 1));
  const pixels = [];
  for (let y = 0; y < height; y++) {
    assert.equal(rows[y * (width + 1)], 0, "no filter");
    for (let x = 1; x <= width; x++) {
      const index = rows[y * (width + 1) + x];
      assert.ok(3 * index < chunks.PLTE.length);
      pixels.push([...chunks.PLTE.subarray(3 * index, 3 * index + 3)]);
    }
  }
  return { width, height, pixels, colors: chunks.PLTE.length / 3 };
}

test("an image of few colours is what it was, pixel by pixel", async () => {
  const colors = [
    [255, 255, 255],
    [4, 116, 212],
    [236, 238, 241],
    [28, 32, 39],
    [4, 116, 212],
    [0, 0, 0],
  ];
  const png = await palettePng(imageOf(3, colors));
  assert.equal(png.type, "image/png");
  const { pixels, ...rest } = await read(png);
  assert.deepEqual(pixels, colors);
  assert.deepEqual(rest, { width: 3, height: 2, colors: 5 });
});

test("colours that nobody tells apart are one", async () => {
  const { pixels } = await read(
    await palettePng(
      imageOf(4, [
        [248, 248, 248],
        [250, 250, 250],
        [252, 252, 252],
        [254, 254, 254],
      ]),
    ),
  );
  assert.deepEqual(pixels, Array(4).fill([251, 251, 251]));
});

test("of very many colours those of most pixels stay, and the others become the nearest", async () => {
  const many = [];
  for (let r = 4; r < 256; r += 8) for (let g = 4; g < 256; g += 8) many.push([r, g, 4], [r, g, 4]);
  const colors = [...many.slice(0, -2), [4, 5, 255], [252, 252, 4]];
  const kept = Array(8).fill([250, 3, 250]);
  const { pixels, colors: count } = await read(await palettePng(imageOf(1, [...kept, ...colors])));
  assert.equal(count, 256);
  assert.deepEqual(pixels.slice(0, 8), kept);
  const distances = pixels.map((pixel, at) => {
    const [, wanted] = [at, [...kept, ...colors][at]];
    return Math.hypot(...pixel.map((value, i) => value - wanted[i]));
  });
  assert.ok(distances.filter((distance) => distance === 0).length >= 2 * 255);
  assert.deepEqual(pixels.at(-2), [250, 3, 250], "rare, and far from all others");
});

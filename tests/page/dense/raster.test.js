import assert from "node:assert/strict";
import { test } from "node:test";
import { Raster } from "../../../static/dense/raster.js";

const RED = 0xff0000ff;
const PEN = { color: 0x0000ff, opacity: 1, dashes: [] };

/** A picture of some lines, a letter for each pixel that is not empty. */
function drawn(lines, { width = 6, height = 4, pen = PEN } = {}) {
  const raster = new Raster();
  raster.clear(width, height);
  for (const [first, ...rest] of lines) {
    raster.begin(pen);
    let [x, y] = first;
    for (const [nextX, nextY] of rest) {
      raster.draw(x, y, nextX, nextY);
      [x, y] = [nextX, nextY];
    }
  }
  return Array.from({ length: height }, (_, row) =>
    [...raster.pixels.subarray(row * width, (row + 1) * width)]
      .map((pixel) => (pixel === 0 ? "." : "#"))
      .join(""),
  );
}

test("a line goes through the nearest pixels, in either direction", () => {
  const slope = ["##....", "..##..", "....##", "......"];
  assert.deepEqual(
    drawn([
      [
        [0, 0],
        [6, 3],
      ],
    ]),
    slope,
  ); // prettier-ignore
  assert.deepEqual(
    drawn([
      [
        [6, 3],
        [0, 0],
      ],
    ]),
    slope,
  ); // prettier-ignore
});

test("a steep line has a pixel in each row", () => {
  const steep = [".#....", ".#....", "..#...", "..#..."];
  assert.deepEqual(
    drawn([
      [
        [1, 0],
        [3, 4],
      ],
    ]),
    steep,
  ); // prettier-ignore
  assert.deepEqual(
    drawn([
      [
        [3, 4],
        [1, 0],
      ],
    ]),
    steep,
  ); // prettier-ignore
});

test("stretches of a line meet, and none is painted twice", () => {
  const corner = ["......", "....#.", "....#.", "####.."];
  assert.deepEqual(
    drawn(
      [
        [
          [0, 3.5],
          [4.2, 3.5],
          [4.2, 1],
        ],
      ],
      {},
    ),
    corner,
  ); // prettier-ignore
});

test("what lies outside is left out", () => {
  const across = drawn([
    [
      [-100, 1.5],
      [100, 1.5],
    ],
    [
      [2.5, -50],
      [2.5, 50],
    ],
  ]); // prettier-ignore
  assert.deepEqual(across, ["..#...", "######", "..#...", "..#..."]);
  const beside = drawn([
    [
      [-5, -5],
      [20, -5],
    ],
    [
      [9, 0],
      [9, 9],
    ],
    [
      [0, 80],
      [6, 90],
    ],
  ]); // prettier-ignore
  assert.deepEqual(beside, ["......", "......", "......", "......"]);
});

test("a gap is no stretch", () => {
  assert.deepEqual(
    drawn([
      [
        [0, 1],
        [3, NaN],
        [6, 1],
      ],
    ]).join(""),
    ".".repeat(24),
  ); // prettier-ignore
});

test("dashes go on over the corners of a line", () => {
  const pen = { ...PEN, dashes: [2, 1] };
  const [row] = drawn(
    [
      [
        [0, 0.5],
        [1, 0.5],
        [4, 0.5],
        [9, 0.5],
      ],
    ],
    { width: 9, height: 1, pen },
  ); // prettier-ignore
  assert.equal(row, "##.##.##.");
});

test("one colour covers another, and one that shines through mixes with it", () => {
  const raster = new Raster();
  raster.clear(1, 1);
  const dot = (pen) => {
    raster.begin(pen);
    raster.draw(0, 0.5, 1, 0.5);
    return raster.pixels[0];
  };
  assert.equal(dot({ ...PEN, opacity: 0.5 }), 0x800000ff);
  assert.equal(dot(PEN), RED);
  const mixed = dot({ color: 0x00ff00, opacity: 0.5, dashes: [] });
  assert.deepEqual([mixed >>> 24, (mixed >> 8) & 0xff, mixed & 0xff], [255, 127, 127]);
});

test("it is empty again for the next picture, of whatever size", () => {
  const raster = new Raster();
  const pixels = raster.clear(3, 1);
  raster.begin(PEN);
  raster.draw(0, 0.5, 3, 0.5);
  assert.equal(raster.clear(3, 1), pixels);
  assert.deepEqual([...pixels], [0, 0, 0]);
  assert.equal(raster.clear(2, 2).length, 4);
});

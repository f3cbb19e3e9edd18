import assert from "node:assert/strict";
import { test } from "node:test";
import { Raster } from "../../../static/dense/raster.js";

const RED = 0xff0000ff;

/** A line through points that are written "x,y x,y ...". */
const through = (text) => text.split(" ").map((point) => point.split(",").map(Number));

function rasterOf(lines, [width, height], colors = [0x0000ff]) {
  const raster = new Raster();
  raster.clear(width, height);
  lines.map(through).forEach(([first, ...rest], i) => {
    raster.begin(colors[i % colors.length]);
    let [x, y] = first;
    for (const [nextX, nextY] of rest) {
      raster.draw(x, y, nextX, nextY);
      [x, y] = [nextX, nextY];
    }
  });
  return raster;
}

/** A picture of some lines, a character for each pixel. */
function drawn(...lines) {
  const { pixels, width, height } = rasterOf(lines, [6, 4]);
  return Array.from({ length: height }, (_, row) =>
    [...pixels.subarray(row * width, (row + 1) * width)]
      .map((pixel) => (pixel === 0 ? "." : "#"))
      .join(""),
  );
}

const NOTHING = ["......", "......", "......", "......"];

test("a line goes through the nearest pixels, in either direction", () => {
  const slope = ["##....", "..##..", "....##", "......"];
  assert.deepEqual(drawn("0,0 6,3"), slope);
  assert.deepEqual(drawn("6,3 0,0"), slope);
});

test("a steep line has a pixel in each row", () => {
  const steep = [".#....", ".#....", "..#...", "..#..."];
  assert.deepEqual(drawn("1,0 3,4"), steep);
  assert.deepEqual(drawn("3,4 1,0"), steep);
});

test("stretches of a line meet", () => {
  assert.deepEqual(drawn("0,3.5 4.2,3.5 4.2,1"), ["......", "....#.", "....#.", "####.."]);
});

test("what lies outside is left out, however far it goes", () => {
  const across = drawn("-100,1.5 100,1.5", "2.5,-50 2.5,50");
  assert.deepEqual(across, ["..#...", "######", "..#...", "..#..."]);
  assert.deepEqual(drawn("-5,-5 20,-5", "9,0 9,9", "0,80 6,90", "-1e300,0 -9,1e300"), NOTHING);
});

test("a gap is no stretch, and neither is a point", () => {
  assert.deepEqual(drawn("0,1 3,NaN 6,1", "2,2 2,2"), NOTHING);
});

test("the newest line is in front", () => {
  const { pixels } = rasterOf(["0,0.5 2,0.5", "1,0.5 2,0.5"], [2, 1], [0x0000ff, 0x00ff00]);
  assert.deepEqual([...pixels], [RED, 0xff00ff00]);
});

test("the next picture is empty, in the same place where it is as large", () => {
  const raster = rasterOf(["0,0.5 2,0.5"], [2, 1]);
  const { pixels } = raster;
  assert.equal(raster.clear(2, 1), pixels);
  assert.deepEqual([...pixels], [0, 0]);
  assert.equal(raster.clear(3, 2).length, 6);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { paintCells, paintDots } from "../../../static/scatter/dots.js";
import { FakeContext } from "../support/canvas.js";

const BOX = { left: 40, top: 10, width: 100, height: 100 };
const same = (value) => value;

function painted(points, values, more = {}) {
  const context = new FakeContext();
  const dots = { values: Float64Array.from(values), z: [0, 1], isColored: true, largest: 16 };
  const place = { context, box: BOX, xAt: same, yAt: same };
  paintDots(place, Float64Array.from(points), { ...dots, ...more }, "#123456");
  return context;
}

test("each dot has its colour and its size, the newest on top", () => {
  const context = painted([10, 20, 30, 40, 50, 60], [0, 16, 1, 4, NaN, NaN]);
  assert.deepEqual(
    context.of("arc").map((its) => its.slice(0, 3)),
    [
      [50, 30, 12],
      [70, 50, 6],
      [90, 70, 3],
    ],
  );
  const colors = context.looksOf("fill").map(({ fillStyle }) => fillStyle);
  assert.equal(new Set(colors).size, 3);
  assert.equal(colors[2], "#123456");
});

test("what is beside the plot area, and a gap, is no dot", () => {
  const context = painted([-1, 20, 30, 101, 50, NaN, 100, 100], Array(8).fill(NaN));
  assert.equal(context.of("arc").length, 1);
});

test("on a dark ground what is dark has an edge", () => {
  const values = [0, NaN, 1, NaN, NaN, NaN];
  assert.equal(painted([1, 1, 2, 2, 3, 3], values).of("stroke").length, 0);
  assert.equal(painted([1, 1, 2, 2, 3, 3], values, { edge: "#fff" }).of("stroke").length, 1);
});

test("cells that are smaller than a pixel are painted, those beside the plot area are not", () => {
  const context = new FakeContext();
  const yAt = (/** @type {number} */ y) => 100 - y / 10;
  const points = Float64Array.of(50, 1, 50, 2, 50, 999, 50, 1001, 50, -1);
  const dots = { values: new Float64Array(10), z: [0, 1], cell: [5, 1] };
  paintCells({ context, box: BOX, xAt: same, yAt }, points, dots);
  const [first, second, top, ...others] = context.of("fillRect");
  assert.deepEqual(
    [first, second],
    [
      [88, 109, 5, 1],
      [88, 109, 5, 1],
    ],
  );
  assert.deepEqual(top, [88, 10, 5, 1]);
  assert.deepEqual(others, []);
});

test("cells meet in whole pixels, and end at the edge of the plot area", () => {
  const context = new FakeContext();
  const place = { context, box: BOX, xAt: same, yAt: (y) => 100 - y };
  const points = Float64Array.of(2.6, 50, 7.7, 50, 99, 50, 200, 50);
  const dots = { values: new Float64Array(8), z: [0, 1], cell: [5.1, 10] };
  paintCells(place, points, dots);
  assert.deepEqual(context.of("fillRect"), [
    [40, 55, 5, 10],
    [45, 55, 5, 10],
    [136, 55, 4, 10],
  ]);
});

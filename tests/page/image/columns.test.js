import assert from "node:assert/strict";
import { test } from "node:test";
import { ImageColumns } from "../../../static/image/columns.js";
import { imagePatch } from "../support/images.js";
import { golden } from "../support/rules.js";

golden("image_color");

/** An image that was sent these patches. */
function imageOf(...patches) {
  const image = new ImageColumns();
  for (const one of patches) image.apply(imagePatch(one));
  return image;
}

test("columns leave at the front and come at the end, however many", () => {
  const image = imageOf({ x: [0, 1, 2], colors: [1, 2, 3, 4, 5, 6], height: 2 });
  for (let i = 3; i < 1000; i++)
    image.apply(imagePatch({ drop: 1, keep: 2, x: [i], colors: [i % 200, 9], height: 2 }));
  assert.deepEqual([...image.x], [997, 998, 999]);
  assert.deepEqual([...image.colors], [197, 9, 198, 9, 199, 9]);
});

test("what keeps nothing takes the place of all", () => {
  const image = imageOf(
    { x: [0, 1], colors: [1, 2], height: 1 },
    { drop: 2, x: [5], colors: [3, 4], height: 2, name: "other" },
  );
  assert.deepEqual([[...image.x], [...image.colors], image.name], [[5], [3, 4], "other"]);
});

test("what there is not cannot be kept", () => {
  const image = imageOf({ x: [0], colors: [1], height: 1 });
  const wrong = imagePatch({ keep: 2, x: [1], colors: [1], height: 1 });
  assert.throws(() => image.apply(wrong), RangeError);
  const other = imagePatch({ keep: 1, x: [1], colors: [1, 1], height: 2 });
  assert.throws(() => image.apply(other), RangeError);
});

test("the first column that is seen is the one that reaches beyond where the axis begins", () => {
  const image = imageOf({ x: [0, 10, 20], colors: [1, 2, 3], height: 1 });
  const firsts = [-50, -5, 4, 5, 24, 25].map((x) => image.firstFrom(x));
  assert.deepEqual(
    firsts.map(({ x, width }) => [x, width]),
    [
      [0, 10],
      [0, 10],
      [0, 10],
      [10, 10],
      [20, 10],
      [25, 0],
    ],
  );
});

test("all x move, and a cleared image is none", () => {
  const image = imageOf({ x: [0, 1], colors: [1, 2], height: 1 });
  image.move(10);
  assert.deepEqual([...image.x], [10, 11]);
  image.clear();
  assert.deepEqual([image.count, image.name], [0, ""]);
});

test("logarithmic colours are read as such", () => {
  const image = imageOf({ x: [0], colors: [1, 128, 255], height: 3, z: [0.01, 100], log: true });
  const values = [1, 128, 255].map((color) => image.valueOf(color));
  assert.deepEqual(
    values.map((value) => value.toPrecision(6)),
    ["0.0100000", "1.00000", "100.000"],
  );
  assert.ok(Math.abs(image.stepAt(1) - (image.valueOf(129) - 1)) < 1e-9);
  const single = imageOf({ x: [0], colors: [128], z: [5, 5] });
  assert.deepEqual([single.valueOf(128), single.stepAt(5)], [5, 0]);
});

test("whole numbers are counted, along x and along y", () => {
  const counts = (patch) => imageOf(patch).countsX;
  assert.deepEqual([counts({ x: [0, 1] }), counts({ x: [0, 1.5] })], [true, false]);
  const image = imageOf({ x: [0, 1], colors: [1, 2] }, { keep: 2, x: [2.5], colors: [1] });
  assert.equal(image.countsX, false);
  image.apply(imagePatch({ keep: 1, drop: 1, x: [4], colors: [1] }));
  assert.equal(image.countsX, false, "it has one that is none");
  image.apply(imagePatch({ x: [4], colors: [1] }));
  assert.equal(image.countsX, true);
  const countsY = (y) => Object.assign(imageOf({ bins: 3 }), { y }).countsY;
  assert.deepEqual(
    [
      [-0.5, 2.5],
      [0, 3],
      [-0.5, 5.5],
    ].map(countsY),
    [true, false, false],
  );
});

test("a cell is read as the value of its colour", () => {
  const image = imageOf({ x: [0, 1], colors: [1, 255, 0, 128], height: 2, bins: 2 });
  assert.deepEqual(image.cellAt(0.2, 0.4), { x: 0, y: 0.5, value: 0, color: 1 });
  assert.deepEqual(image.cellAt(0.2, 1.6), { x: 0, y: 1.5, value: 10, color: 255 });
  assert.equal(image.cellAt(1, 1.5)?.value, 5);
  assert.ok(Number.isNaN(image.cellAt(1, 0.5)?.value));
  assert.deepEqual([image.cellAt(9, 1), image.cellAt(0, 3)], [null, null]);
  assert.equal(image.stepAt(5), 10 / 254);
});

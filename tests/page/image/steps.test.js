import assert from "node:assert/strict";
import { test } from "node:test";
import { cellNear, cellStepped, isOutermost } from "../../../static/image/steps.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";
import { imageOf } from "../support/images.js";

const image = imageOf({ x: [0, 1, 2, 50], colors: Array(12).fill(1), height: 3, bins: 5 });
const panelOf = (from, to) => ({
  x: axisView(LINEAR, [from, to], 100),
  left: axisView(LINEAR, [5, 0], 100),
});

const SEEN = { low: 0, high: 5 };

test("keys begin on the newest cell that is seen, at that height", () => {
  assert.deepEqual(cellNear(image, panelOf(0, 60), { x: 60, y: 2.5 }), { x: 50, y: 3 });
  assert.deepEqual(cellNear(image, panelOf(0, 20), { x: 60, y: 9 }), { x: 2, y: 4.5 });
  assert.deepEqual(cellNear(image, panelOf(0, 20), { x: 1.5, y: -9 }), { x: 1, y: 1 });
  assert.deepEqual(cellNear(image, panelOf(0.5, 20), { x: 0.6, y: 0 }), { x: 1, y: 1 });
  assert.equal(cellNear(image, panelOf(60, 70), { x: 65, y: 0 }), null);
});

test("from column to column and from cell to cell, as far as there are any", () => {
  const from = { x: 1, y: 1 };
  assert.deepEqual(cellStepped(image, from, SEEN, { across: 1 }), { x: 2, y: 1 });
  assert.deepEqual(cellStepped(image, from, SEEN, { across: -10 }), { x: 0, y: 1 });
  assert.deepEqual(
    cellStepped(image, { x: 20, y: 1 }, SEEN, { across: 1 }),
    { x: 50, y: 1 },
    "in a gap",
  );
  assert.deepEqual(cellStepped(image, from, SEEN, { up: 1 }), { x: 1, y: 3 });
  assert.deepEqual(
    cellStepped(image, from, SEEN, { up: 9 }),
    { x: 1, y: 4.5 },
    "the last has one value",
  );
  const none = imageOf({ name: "" });
  assert.deepEqual(cellStepped(none, from, SEEN, { up: 1 }), from);
});

test("beyond the lowest and the highest there is none", () => {
  const found = [1, 3, 4.5].map((y) => [
    isOutermost(image, y, -1, SEEN),
    isOutermost(image, y, 1, SEEN),
  ]);
  assert.deepEqual(found, [
    [true, false],
    [false, false],
    [false, true],
  ]);
});

test("keys stay among the cells that are seen, and on what is seen of each", () => {
  const step = (y, up, low, high) => cellStepped(image, { x: 1, y }, { low, high }, { up }).y;
  assert.deepEqual([step(1, 1, 0, 2), step(1, -1, 2.5, 5)], [1, 3], "no other is seen");
  assert.deepEqual(
    [step(3, 1, 2.1, 2.4), step(3, -1, 2.1, 2.4)],
    [2.4, 2.4],
    "one, and not its middle",
  );
  assert.deepEqual([step(3, -1, 1.5, 4), step(3, 1, 1.5, 4.2)], [1.5, 4.2]);
  assert.deepEqual(
    [
      isOutermost(image, 1, 1, { low: 0, high: 2 }),
      isOutermost(image, 1, 1, { low: 0, high: 2.1 }),
    ],
    [true, false],
  );
});

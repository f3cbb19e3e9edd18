import assert from "node:assert/strict";
import { test } from "node:test";
import { shownImage } from "../../../static/saved/imaged.js";
import { golden } from "../support/rules.js";
import { imageHeld } from "../support/saved.js";

golden("image_joined");

const COLUMNS = Array.from({ length: 64 }, (_, i) => i);
const visible = (lo, hi, width, pixels = 100) => ({ lo, hi, pixels, grid: { width, log: false } });
const held = (more) =>
  imageHeld({ x: COLUMNS, colors: COLUMNS.flatMap((i) => [i + 1, 99]), bins: 2, ...more });

test("what is in sight is shown, and one more at each side", () => {
  const { patch, isCoarse } = shownImage(held(), visible(10, 12, 0.125), 64);
  assert.deepEqual([...patch.x], [9, 10, 11, 12, 13]);
  assert.deepEqual([...patch.colors], [10, 99, 11, 99, 12, 99, 13, 99, 14, 99]);
  assert.deepEqual([patch.height, patch.factor, isCoarse], [2, 1, false]);
  assert.deepEqual([...shownImage(held(), visible(100, 120, 1)).patch.x], [63]);
  assert.deepEqual([...shownImage(held(), visible(-9, -5, 1)).patch.x], [0]);
});

test("columns are two pixels wide, of wide screens more, and cells as low as there are pixels", () => {
  const x = (pixels) => [...shownImage(held(), visible(0, Infinity, 4, pixels)).patch.x];
  assert.deepEqual(x(100), [4, 12, 20, 28, 36, 44, 52, 60]);
  assert.deepEqual(x(4096), [8, 24, 40, 56]);
  const { patch } = shownImage(held(), visible(0, Infinity, 16), 1);
  assert.deepEqual([patch.height, patch.factor, [...patch.colors]], [1, 2, [99, 99]]);
});

test("where the file has joined rows or values, one may look too closely", () => {
  const coarse = (more, width, rows) =>
    shownImage(held({ width: 1, whole: false, ...more }), visible(0, Infinity, width), rows)
      .isCoarse;
  assert.deepEqual(
    [coarse({}, 0.5), coarse({}, 0.25), coarse({ whole: true }, 0.25)],
    [false, true, false],
  );
  const lowered = { colors: COLUMNS, factor: 2 };
  assert.deepEqual([coarse(lowered, 4, 2), coarse(lowered, 4, 1)], [true, false]);
  assert.equal(shownImage(held(lowered), visible(0, Infinity, 4), 2).patch.factor, 2);
});

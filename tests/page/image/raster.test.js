import assert from "node:assert/strict";
import { test } from "node:test";
import { edgesOf, paintPixels } from "../../../static/image/raster.js";
import { golden } from "../support/rules.js";

golden("image_columns");
golden("image_cells");

test("a column reaches halfway to its neighbours, and but a little into a gap", () => {
  const { from, to } = edgesOf([0, 1, 11]);
  assert.deepEqual(
    [[...from], [...to]],
    [
      [-0.5, 0.5, 6],
      [0.5, 2.5, 16],
    ],
  );
});

test("pixels have the colours of their cells, and those of none are transparent", () => {
  const out = new Uint32Array(6);
  const image = { colors: Uint8Array.of(1, 2, 3, 0), height: 2 };
  const palette = Uint32Array.of(0, 10, 20, 30);
  paintPixels(out, Int32Array.of(0, 1, -1), Int32Array.of(1, 0), image, palette);
  assert.deepEqual([...out], [20, 0, 0, 10, 30, 0]);
});

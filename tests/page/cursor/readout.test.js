import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestRows, roomIn, rowsIn } from "../../../static/cursor/readout.js";

test("little room, few words", () => {
  assert.deepEqual(
    [
      [900, 300],
      [380, 200],
      [200, 100],
      [900, 60],
    ].map(([width, height]) => roomIn({ width, height })),
    ["wide", "narrow", "tiny", "tiny"],
  );
  assert.deepEqual(
    [
      [900, 300, false],
      [900, 300, true],
      [380, 160, true],
      [200, 100, true],
    ].map(([width, height, measured]) => rowsIn({ width, height }, measured)),
    [
      { rows: 15, figures: 0 },
      { rows: 6, figures: 7 },
      { rows: 2, figures: 2 },
      { rows: 1, figures: 0 },
    ],
  );
  const rows = [5, 1, 9, 3].map((distance) => ({ distance }));
  assert.deepEqual(
    nearestRows(rows, 2).map(({ distance }) => distance),
    [1, 3],
  );
});

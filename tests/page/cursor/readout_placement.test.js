import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST_POSITION, bestPosition, boxAt } from "../../../static/cursor/readout_placement.js";

const AREA = { left: 0, top: 0, width: 400, height: 200 };
const SIZE = { width: 100, height: 50 };
const row = (y, from = 0, to = 400) =>
  Array.from({ length: to - from }, (_, i) => ({ x: from + i, y }));

test("figures stand where no line is", () => {
  const spot = (points, pointed = []) => bestPosition(AREA, SIZE, points, pointed, FIRST_POSITION);
  assert.deepEqual(spot([]), { across: 1, down: 0 });
  assert.deepEqual(spot(row(20, 250)), { across: 0, down: 0 });
  assert.deepEqual(spot(row(20)), { across: 1, down: 1 });
  assert.deepEqual(spot([...row(20), ...row(180)]), { across: 1, down: 0.5 });
  assert.deepEqual(spot([], [{ x: 390, y: 10 }]), { across: 0, down: 0 });
  assert.deepEqual(boxAt(AREA, SIZE, { across: 1, down: 1 }), { left: 300, top: 150, ...SIZE });
});

test("and stay for a little", () => {
  const there = { across: 0, down: 1 };
  assert.equal(bestPosition(AREA, SIZE, row(180, 0, 10), [], there), there);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  FIRST_POSITION,
  bestPosition,
  boxAt,
  hides,
} from "../../../static/cursor/readout_placement.js";

const AREA = { left: 0, top: 0, width: 400, height: 200 };
const SIZE = { width: 100, height: 50 };
const row = (y, from = 0, to = 400) =>
  Array.from({ length: to - from }, (_, i) => ({ x: from + i, y }));

/** Nothing but what a test says. */
const shown = (parts) => ({
  ...{ lines: [], pointed: [], letters: [], poles: [], selection: null },
  ...parts,
});
/** Two marks with their letters, and what is between them, in a plot full of lines. */
const measured = (from, to) => ({
  pointed: [from, to].map((x) => ({ x, y: 100 })),
  letters: [from, to].map((x) => ({ left: x < 386 ? x : x - 14, top: 0, width: 14, height: 15 })),
  poles: [from, to],
  selection: { left: from, top: 0, width: to - from, height: 200 },
  lines: [...row(10, from, to), ...row(30), ...row(180)],
});

test("figures stand where no line is", () => {
  const spot = (lines, pointed = []) =>
    bestPosition(AREA, SIZE, shown({ lines, pointed }), FIRST_POSITION);
  assert.deepEqual(spot([]), { across: 1, down: 0 });
  assert.deepEqual(spot(row(20, 250)), { across: 0, down: 0 });
  assert.deepEqual(spot(row(20)), { across: 1, down: 1 });
  assert.deepEqual(spot([...row(20), ...row(180)]), { across: 1, down: 0.5 });
  assert.deepEqual(spot([], [{ x: 390, y: 10 }]), { across: 0, down: 0 });
  assert.deepEqual(boxAt(AREA, SIZE, { across: 1, down: 1 }), { left: 300, top: 150, ...SIZE });
});

test("figures of a selection stand beside it, however many lines run there", () => {
  const spot = (from, to) => bestPosition(AREA, SIZE, shown(measured(from, to)), FIRST_POSITION);
  assert.equal(spot(0, 280).across, 1);
  assert.equal(spot(130, 390).across, 0);
});

test("where they have no room beside it, they hide no mark and no letter", () => {
  const all = shown(measured(0, 400));
  const box = boxAt(AREA, SIZE, bestPosition(AREA, SIZE, all, FIRST_POSITION));
  assert.equal(hides(box, all), false);
});

test("rather inside the selection than over a mark's pole", () => {
  const { across } = bestPosition(AREA, SIZE, shown(measured(50, 405)), FIRST_POSITION);
  assert.equal(across, 1);
  assert.equal(hides(boxAt(AREA, SIZE, { across: 0, down: 0 }), shown(measured(50, 405))), true);
});

test("between the marks, where it would be over one at either edge", () => {
  const { across } = bestPosition(AREA, SIZE, shown(measured(60, 340)), FIRST_POSITION);
  const { left } = boxAt(AREA, SIZE, { across, down: 0 });
  assert.ok(left > 60 && left + SIZE.width < 340, `from ${left}`);
});

test("and stay for a little", () => {
  const there = { across: 0, down: 1 };
  assert.equal(bestPosition(AREA, SIZE, shown({ lines: row(180, 0, 10) }), there), there);
});

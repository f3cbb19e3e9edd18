import assert from "node:assert/strict";
import { test } from "node:test";
import { geometryOf, shownIn } from "../../../static/cursor/overlay_geometry.js";
import { letterOf } from "../../../static/cursor/overlay.js";
import { TARGET, mark, read, reading } from "../support/readings.js";

test("the line across goes through the points that are read, if they share an x", () => {
  assert.equal(geometryOf(read({ target: TARGET, readings: [reading("a", 52, 1)] })).cross.x, 92);
});

test("marks stand where their axis has them, and are not to be hidden", () => {
  const one = read({ target: TARGET, marks: { a: mark(20, 5), b: mark(40, 50, "0:right") } });
  assert.deepEqual(geometryOf(one).flags, [
    { x: 60, y: 60, name: "A" },
    { x: 80, y: 60, name: "B" },
  ]);
  const { pointed, poles, letters, selection } = shownIn(one);
  assert.deepEqual(
    pointed.map(({ x }) => x),
    [60, 80, 90],
  );
  assert.deepEqual(
    [poles, letters.map(({ left }) => left)],
    [
      [60, 80],
      [60, 80],
    ],
  );
  assert.deepEqual([selection.left, selection.width], [60, 20]);
});

test("a mark out of sight has nothing that could be hidden", () => {
  const { poles, letters } = shownIn(read({ marks: { a: mark(-500, 5), b: null } }));
  assert.deepEqual([poles, letters], [[], []]);
});

test("a letter stands on the side of its pole that has room", () => {
  const area = { left: 40, top: 10, width: 100, height: 50 };
  const sides = [60, 135].map((x) => letterOf({ x, y: 0 }, area));
  assert.deepEqual(
    sides.map(({ x, anchor, box }) => [x, anchor, box.left]),
    [
      [64, "start", 60],
      [131, "end", 121],
    ],
  );
});

test("points outside the plot area have no ring", () => {
  const readings = [reading("a", 50, 5), reading("b", 300, 5)];
  assert.deepEqual(geometryOf(read({ target: TARGET, readings })).dots, [
    { x: 90, y: 60, color: "#111" },
  ]);
});

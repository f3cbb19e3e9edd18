import assert from "node:assert/strict";
import { test } from "node:test";
import { pointedIn, geometryOf } from "../../../static/cursor/overlay_geometry.js";
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
  assert.deepEqual(
    pointedIn(one).map(({ x }) => x),
    [60, 80, 90],
  );
});

test("points outside the plot area have no ring", () => {
  const readings = [reading("a", 50, 5), reading("b", 300, 5)];
  assert.deepEqual(geometryOf(read({ target: TARGET, readings })).dots, [
    { x: 90, y: 60, color: "#111" },
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { pointedIn, sightOf } from "../../../static/cursor/overlay_geometry.js";
import { FOCUS, mark, read, reading } from "../support/readings.js";

test("the line across goes through the points that are read, if they share an x", () => {
  assert.equal(sightOf(read({ focus: FOCUS, readings: [reading("a", 52, 1)] })).cross.x, 92);
});

test("marks stand where their axis has them, and are not to be hidden", () => {
  const one = read({ focus: FOCUS, marks: { a: mark(20, 5), b: mark(40, 50, "0:right") } });
  assert.deepEqual(sightOf(one).flags, [
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
  assert.deepEqual(sightOf(read({ focus: FOCUS, readings })).dots, [
    { x: 90, y: 60, color: "#111" },
  ]);
});

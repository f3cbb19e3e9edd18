import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnScale, drawnWith } from "../../../static/view/drawn_scale.js";
import { LINEAR, linearFor, LOG } from "../../../static/view/scale.js";
import { flat, lineOf } from "../support/lines.js";

const RANGES = { x: [0, 1], left: [-1, 1], right: [-1.7e308, 1.7e308] };
const LINE = flat([0, -1.7e308], [1, 1.7e308], [2, NaN]);

test("an ordinary range is drawn as it is, and nothing is copied", () => {
  const lines = [lineOf("a", LINE)];
  const plain = { x: LINEAR, left: LINEAR, right: LINEAR };
  const drawn = drawnWith(plain, lines, RANGES);
  assert.equal(drawn.lines, lines);
  assert.equal(drawn.ranges, RANGES);
});

test("the scale is that of the range", () => {
  assert.equal(drawnScale([-1, 1], LINEAR), LINEAR);
  assert.equal(drawnScale([-1, 1], LOG), LOG);
  assert.equal(drawnScale([-1.7e308, 0], LINEAR), linearFor(1.7e308));
  assert.equal(drawnScale([0, 1e-306], LINEAR), linearFor(1e-306));
});

test("lines and ranges of an axis at the end are multiplied, those of the other are not", () => {
  const right = drawnScale(RANGES.right, LINEAR);
  const lines = [
    lineOf("a", LINE),
    lineOf("b", LINE, { axis: "right", band: { low: LINE, high: LINE } }),
  ];
  const drawn = drawnWith({ x: LINEAR, left: LINEAR, right }, lines, RANGES);
  const end = 1.7e308 * right.factor;
  assert.equal(drawn.lines[0], lines[0]);
  assert.deepEqual([...drawn.lines[1].points], [0, -end, 1, end, 2, NaN]);
  assert.deepEqual([...drawn.lines[1].band.low], [0, -end, 1, end, 2, NaN]);
  assert.deepEqual(drawn.ranges, { ...RANGES, right: [-end, end] });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { differences, mark, selectionOf, UNMARKED } from "../../../static/cursor/measure.js";
import { measureIn, measureOn } from "../../../static/base/readings_text.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";
import { typed } from "../support/text.js";

const at = (x, y = 0, axis = "0:left") => ({ x, y, axis });
const click = (x) => ({ type: "click", mark: at(x) });
const after = (...events) => events.reduce(mark, UNMARKED);
const xs = ({ a, b }) => [a?.x, b?.x];

test("one click marks A, two measure, a third begins anew", () => {
  assert.deepEqual(
    [xs(after(click(1))), xs(after(click(1), click(2))), xs(after(click(1), click(2), click(3)))],
    [
      [1, undefined],
      [1, 2],
      [3, undefined],
    ],
  );
});

test("where x are counted from elsewhere, marks stay where they are", () => {
  const moved = after(click(1), click(2), click(3), { type: "moved", by: 10 });
  assert.deepEqual(
    [xs(moved), xs(moved.before)],
    [
      [13, undefined],
      [11, 12],
    ],
  );
  assert.deepEqual(after({ type: "moved", by: 10 }), UNMARKED);
});

test("a double-click leaves what was measured", () => {
  assert.deepEqual(xs(after(click(1), click(2), click(3), { type: "double" })), [1, 2]);
  assert.deepEqual(xs(after(click(1), { type: "clear" })), [undefined, undefined]);
});

test("the selection runs from left to right", () => {
  assert.deepEqual(
    [
      selectionOf(after(click(5), click(2))),
      selectionOf(after(click(5))),
      selectionOf(after(click(5), click(5))),
    ],
    [{ from: 2, to: 5 }, null, null],
  );
});

const unitsOf = (time, x, y, pixel = 0) => ({
  time,
  x: measureIn(x),
  y: { ...measureIn(y), pixel },
});

test("differences with units", () => {
  const rows = (a, b, units) =>
    differences(a, b, units).map(([name, value]) => `${name} ${typed(value)}`);
  assert.deepEqual(rows(at(1, 2), at(3, 5), unitsOf(false, "", "", 0)), [
    "Δx 2",
    "Δy 3",
    "slope 1.5",
    "1/Δx 0.5",
  ]);
  assert.deepEqual(rows(at(1, 2), at(1.0125, 5), unitsOf(true, "", "V", 0)), [
    "Δx 12.5 ms",
    "Δy 3 V",
    "slope 240 V/s",
    "1/Δx 80 Hz",
  ]);
  assert.deepEqual(rows(at(3, 2), at(1, 5, "1:left"), unitsOf(false, "mm", "", 0)), [
    "Δx -2 mm",
    "1/Δx 0.5 1/mm",
  ]);
  assert.deepEqual(rows(at(3, 2), at(3, 5), unitsOf(false, "", "", 0)), ["Δx 0", "Δy 3"]);
});

test("what is left of a difference where nothing is seen is 0", () => {
  const rows = differences(at(1, 1e-16), at(3, -5e-16), unitsOf(false, "", "V", 0.01));
  assert.deepEqual(
    rows.slice(1, 3).map((row) => typed(row.join(" "))),
    ["Δy 0 V", "slope 0 V"],
  );
});

test("a difference has the prefix of its unit", () => {
  const units = unitsOf(true, "", "V", 1);
  const rows = differences(at(0, 0), at(0.002, 45_123.4567), units);
  assert.deepEqual(
    rows.map(([, value]) => typed(value)),
    ["2 ms", "45.1235 kV", "22.5617 MV/s", "500 Hz"],
  );
});

test("a difference is written as its axis is, where it is seen there", () => {
  const y = measureOn(axisView(LINEAR, [4, 0], 400, "V"), 1);
  const dy = (by) => typed(differences(at(0, 1), at(0, 1 + by), { ...unitsOf(true), y })[1][1]);
  assert.deepEqual([0.25, 0.01283, 0.001].map(dy), ["0.25 V", "0.013 V", "1 mV"]);
});

test("with a trigger a mark on a curve takes its y there, one in the open and one in a gap keep theirs", () => {
  const marks = { a: { ...at(1, 7), series: "a" }, b: at(2, 8), before: null };
  const carry = (y) => mark(marks, { type: "carried", by: 10, yOf: () => y });
  const [seen, gap] = [carry(3), carry(Number.NaN)];
  assert.deepEqual([seen.a.y, seen.b.y, gap.a.y, xs(seen)], [3, 8, 7, [11, 12]]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  differences,
  formatSix,
  mark,
  selectionOf,
  UNMARKED,
} from "../../../static/cursor/measure.js";
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

test("differences with units", () => {
  const rows = (a, b, units) =>
    differences(a, b, units).map(([name, value]) => `${name} ${typed(value)}`);
  assert.deepEqual(rows(at(1, 2), at(3, 5), { time: false, x: "", y: "" }), [
    "Δx 2",
    "Δy 3",
    "slope 1.5",
    "1/Δx 0.5",
  ]);
  assert.deepEqual(rows(at(1, 2), at(1.0125, 5), { time: true, x: "", y: "V" }), [
    "Δx 12.5 ms",
    "Δy 3 V",
    "slope 240 V/s",
    "1/Δx 80 Hz",
  ]);
  assert.deepEqual(rows(at(3, 2), at(1, 5, "1:left"), { time: false, x: "mm", y: "" }), [
    "Δx -2 mm",
    "1/Δx 0.5 1/mm",
  ]);
  assert.deepEqual(rows(at(3, 2), at(3, 5), { time: false, x: "", y: "" }), ["Δx 0", "Δy 3"]);
});

test("the noise at the end of a difference is not written", () =>
  assert.equal(formatSix(0.1 + 0.2 - 0.3 + 1), "1"));

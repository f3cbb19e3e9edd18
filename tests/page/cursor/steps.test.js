import assert from "node:assert/strict";
import { test } from "node:test";
import { pointNear, shownIn, stepped, heightAt } from "../../../static/cursor/steps.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";
import { A, flat, PANELS, seriesOf } from "../support/stepping.js";

const SHOWN = shownIn(PANELS)[0];

test("series are listed from the first panel to the last", () => {
  assert.deepEqual(
    shownIn(PANELS).map(({ name, index }) => [name, index]),
    [
      ["a", 0],
      ["b", 0],
      ["c", 1],
    ],
  );
});

test("the point to begin at is seen, and no gap", () => {
  const near = (x, series = A) => pointNear(series, PANELS[0], x)?.x;
  assert.deepEqual(
    [near(12.5), near(99), near(10), near(-99), near(13), near(12)],
    [13, 13, 11, 11, 13, 11],
  );
  assert.deepEqual(
    [near(15, seriesOf("a", flat())), near(15, seriesOf("a", flat([30, 1])))],
    [undefined, 30],
  );
});

test("steps go from x to x, over gaps, as far as there are points", () => {
  const from = (x, direction, steps) => stepped(A, SHOWN, { x, y: 0 }, direction, steps).x;
  assert.deepEqual(
    [
      from(8, 1, 1),
      from(11, 1, 1),
      from(13, -1, 1),
      from(13, 1, 10),
      from(13, -1, 10),
      from(25, 1, 1),
    ],
    [11, 13, 11, 25, 8, 25],
  );
});

test("columns are stepped by pixels", () => {
  const columns = seriesOf(
    "a",
    flat([10, 1], [10.05, 2], [10.09, 3], [10.1, 4], [10.2, 5]),
    "columns",
  );
  assert.equal(stepped(columns, SHOWN, { x: 10, y: 1 }, 1, 1).x, 10.1);
});

test("a series that goes backwards is stepped as it was published", () => {
  const loop = seriesOf("a", flat([10, 0], [20, 5], [15, 9], [10, 5]), "xy");
  const step = (x, y, direction, steps = 1) =>
    Object.values(stepped(loop, SHOWN, { x, y }, direction, steps));
  assert.deepEqual(
    [step(20, 5, 1), step(20, 5, -1), step(10, 0, 1, 3), step(10, 5, 1), step(10, 0, -1)],
    [
      [15, 9],
      [10, 0],
      [10, 5],
      [10, 5],
      [10, 0],
    ],
  );
});

test("columns from end to end of doubles are stepped by pixels too", () => {
  const x = axisView(LINEAR, [-1.7e308, 1.7e308], 100);
  const shown = { ...SHOWN, panel: { ...SHOWN.panel, x } };
  const wide = seriesOf("a", flat([-1.7e308, 1], [0, 2], [1.7e308, 3]), "columns");
  assert.equal(stepped(wide, shown, { x: -1.7e308, y: 1 }, 1, 1).x, 0);
});

test("candles are stepped one by one", () => {
  const points = [10, 12, 14].flatMap((x) => [
    [x, 1],
    [x + 1, 3],
    [x + 1, 0],
    [x + 2, 2],
  ]);
  const candles = seriesOf("a", flat(...points), "candles");
  const xs = [1, 2].map((steps) => stepped(candles, SHOWN, { x: 10, y: 1 }, 1, steps).x);
  assert.deepEqual(xs, [12, 14]);
  assert.equal(stepped(candles, SHOWN, { x: 14, y: 1 }, -1, 1).x, 12);
});

test("between two vertices a line is as high as its part of the way says", () => {
  const points = Float64Array.from([0, 1, 2, 5, 3, Number.NaN]);
  const heights = [-1, 0, 0.5, 2, 2.5, 4].map((x) => heightAt(points, x));
  assert.deepEqual(heights, [Number.NaN, 1, 2, 5, Number.NaN, Number.NaN]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Crosshair } from "../../../static/cursor/crosshair.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";
import { pointNear, shownIn, stepped } from "../../../static/cursor/steps.js";

const flat = (...points) => Float64Array.from(points.flat());
const seriesOf = (name, points, kind = "points") => ({
  name,
  kind,
  vertices: { view: () => points },
});

// Two panels of 100 x 100 pixels, x 10..20, y 0..10: "a" and "b" in the first, "c" in the second.
const y = axisView(LINEAR, [10, 0], 100);
const panelAt = (top, ...names) => ({
  box: { left: 0, top, width: 100, height: 100 },
  x: axisView(LINEAR, [10, 20], 100),
  left: y,
  right: null,
  series: names.map((name) => ({ name, color: "#111", axis: y })),
});
const PANELS = [panelAt(0, "a", "b"), panelAt(110, "c")];
const A = seriesOf("a", flat([8, 1], [11, 2], [11, 3], [12, NaN], [13, 4], [25, 5]));
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
  assert.deepEqual([near(12.5), near(99), near(10), near(-99)], [11, 13, 11, 11]);
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

/** A crosshair over the two panels, and how far it has moved the view. */
function crosshairOver(...series) {
  const moves = [];
  const model = { byName: new Map(series.map((one) => [one.name, one])) };
  return {
    crosshair: new Crosshair({
      panels: () => PANELS,
      session: { model },
      pan: (by) => moves.push(by),
    }),
    moves,
  };
}
const brief = (target) => target && [target.series, target.x, target.panel];

test("keys begin at the newest point that is seen, and end where they began", () => {
  const { crosshair } = crosshairOver(A);
  crosshair.toggle(null);
  assert.deepEqual(brief(crosshair.find()), ["a", 13, 0]);
  crosshair.toggle(crosshair.find());
  assert.deepEqual([crosshair.find(), crosshair.isKeyed], [null, false]);
});

test("or at the point that is pointed at", () => {
  const { crosshair } = crosshairOver(A);
  crosshair.point({ x: 11, y: 72 });
  assert.deepEqual(brief(crosshair.find()), ["a", 11, 0]);
  crosshair.toggle(crosshair.find());
  assert.deepEqual([brief(crosshair.find()), crosshair.isKeyed], [["a", 11, 0], true]);
});

test("where they lead out of sight, the view goes along", () => {
  const { crosshair, moves } = crosshairOver(A);
  crosshair.toggle(null);
  crosshair.step(1, false);
  crosshair.step(-1, true);
  assert.deepEqual([moves, crosshair.find()], [[0.25, -0.25], null]);
});

test("to another series and around, past those without points", () => {
  const { crosshair } = crosshairOver(
    A,
    seriesOf("b", flat()),
    seriesOf("c", flat([12, 1], [14, 2])),
  );
  crosshair.toggle(null);
  const after = (by) => {
    crosshair.change(by);
    return brief(crosshair.find());
  };
  assert.deepEqual(
    [after(-1), after(1), after(1)],
    [
      ["c", 12, 1],
      ["a", 11, 0],
      ["a", 11, 0],
    ],
  );
});

test("the pointer beside the plot points at nothing", () => {
  const { crosshair } = crosshairOver(A);
  crosshair.point({ x: 500, y: 50 });
  assert.equal(crosshair.find(), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clickOn,
  freeTarget,
  onCurve,
  targetAt,
  targetOn,
  readingsAt,
} from "../../../static/cursor/hover_target.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";

const flat = (...points) => Float64Array.from(points.flat());

// One panel, 100 x 100 pixels, x 0..10, y 0..10.
const left = axisView(LINEAR, [10, 0], 100, "V");
const series = [
  { name: "a", label: "A", brief: "A", color: "#111", axis: left },
  { name: "b", label: "B", brief: "B", color: "#222", axis: left },
];
const PANELS = [
  {
    box: { left: 0, top: 0, width: 100, height: 100 },
    x: axisView(LINEAR, [0, 10], 100),
    left,
    right: null,
    series,
  },
];
const modelOf = (kind = "points") =>
  new Map([
    ["a", { id: 0, kind, vertices: { view: () => flat([0, 0], [5, 9], [6, 0], [10, 0]) } }],
    ["b", { id: 1, kind, vertices: { view: () => flat([0, 3], [4, 3], [10, NaN]) } }],
  ]);

test("the crosshair goes to a point that is near", () => {
  const target = targetAt(PANELS, modelOf(), 0, { x: 53, y: 14 });
  assert.deepEqual(target, {
    x: 5,
    y: 9,
    panel: 0,
    key: "0:left",
    series: "a",
    spot: { x: 50, y: 10 },
  });
});

test("and stays with the pointer where none is", () => {
  const target = targetAt(PANELS, modelOf(), 0, { x: 80, y: 50 });
  assert.deepEqual([target.x, target.y, target.series], [8, 5, null]);
});

/** On what a mark is that is set there: a series and its point. */
function markedAt(x, y, { panels = PANELS, model = modelOf() } = {}) {
  const on = onCurve(panels, model, freeTarget(panels, 0, { x, y }));
  return [on.series, on.x, on.y];
}

test("a mark is set on the nearest curve, at its point nearest in x", () => {
  assert.deepEqual(markedAt(48, 35), ["a", 5, 9]);
  assert.deepEqual(markedAt(30, 60), ["b", 4, 3]);
});

test("but not far from a curve, nor on what has no order in x", () => {
  assert.deepEqual(markedAt(20, 10), [null, 2, 9]);
  assert.deepEqual(markedAt(48, 35, { model: modelOf("xy") }), [null, 4.8, 6.5]);
  assert.deepEqual(markedAt(48, 35, { panels: [{ ...PANELS[0], image: true }] }), [null, 4.8, 6.5]);
});

test("one that is on a point stays there", () => {
  const target = targetOn(PANELS[0], 0, left, "b", { x: 4, y: 3 });
  assert.equal(onCurve(PANELS, modelOf(), target), target);
});

const brief = (readings) => readings.map(({ name, x, y, exact }) => [name, x, y, exact]);

test("before the relay has answered, the nearest vertices are about right", () => {
  const target = targetOn(PANELS[0], 0, left, "a", { x: 5, y: 9 });
  assert.deepEqual(brief(readingsAt(PANELS, modelOf(), target, null)), [
    ["a", 5, 9, false],
    ["b", 4, 3, false],
  ]);
});

test("its answer is taken for the same pixel only", () => {
  const target = targetOn(PANELS[0], 0, left, "a", { x: 5, y: 9 });
  const answer = (x) => ({
    type: "read",
    id: 1,
    x,
    points: [
      { id: 0, x: 5.01, y: 8.5, exact: true },
      { id: 1, x: 5.01, y: null, exact: true },
    ],
  });
  assert.deepEqual(brief(readingsAt(PANELS, modelOf(), target, answer(5.02))), [
    ["a", 5.01, 8.5, true],
    ["b", 5.01, NaN, true],
  ]);
  assert.equal(readingsAt(PANELS, modelOf(), target, answer(5.2))[0].exact, false);
});

test("what has been evicted is about right", () => {
  const target = targetOn(PANELS[0], 0, left, "a", { x: 5, y: 9 });
  const answer = { type: "read", id: 1, x: 5, points: [{ id: 0, x: 5, y: 9, exact: false }] };
  assert.equal(readingsAt(PANELS, modelOf(), target, answer)[0].exact, false);
});

test("an XY series is read from its own vertices", () => {
  const target = targetAt(PANELS, modelOf("xy"), 0, { x: 58, y: 95 });
  assert.deepEqual(brief(readingsAt(PANELS, modelOf("xy"), target, null)), [
    ["a", 6, 0, true],
    ["b", 4, 3, true],
  ]);
});

test("a candle is read as a whole, where the pointer is in it", () => {
  const candles = flat([0, 2], [2, 8], [2, 1], [4, 6], [4, 6], [6, 9], [6, 3], [8, 4]);
  const model = new Map([["a", { id: 0, kind: "candles", vertices: { view: () => candles } }]]);
  const read = (x) => {
    const target = targetAt(PANELS, model, 0, { x, y: 20 });
    assert.equal(target.series, null);
    const [{ x: begin, y, exact, candle, spot }] = readingsAt(PANELS, model, target, null);
    return [begin, y, exact, candle, spot.x];
  };
  assert.deepEqual(read(39), [0, 6, true, [2, 8, 1, 6], 20]);
  assert.deepEqual(read(40), [4, 4, true, [6, 9, 3, 4], 60]);
  assert.deepEqual(read(99), [4, 4, true, [6, 9, 3, 4], 60]);
  const empty = new Map([["a", { id: 0, kind: "candles", vertices: { view: () => flat() } }]]);
  assert.deepEqual(readingsAt(PANELS, empty, targetAt(PANELS, empty, 0, { x: 9, y: 9 }), null), []);
});

test("a click on a series of the axis at the right has its y", () => {
  const right = axisView(LINEAR, [1, 0], 100, "A");
  const panels = [{ ...PANELS[0], right, series: [{ ...series[0], axis: right }] }];
  const target = targetOn(panels[0], 0, right, "a", { x: 5, y: 0.5 });
  const click = clickOn(panels, modelOf(), target, { x: 51, y: 40 });
  assert.deepEqual(click, { type: "click", x: 5.1, y: 0.6, point: { id: 0, x: 5, y: 0.5 } });
});

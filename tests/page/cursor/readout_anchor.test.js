import assert from "node:assert/strict";
import { test } from "node:test";
import { ReadoutAnchor, areaOver } from "../../../static/cursor/readout_anchor.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";

const ROOM = { left: 46, top: 16, width: 388, height: 188 };
const left = axisView(LINEAR, [10, 0], 200);

/**
 * One panel of 400 x 200 pixels at 40, 10; x and y from 0 to 10.
 * @param {string[]} names of its series
 */
const panelsOf = (...names) => [
  {
    box: { left: 40, top: 10, width: 400, height: 200 },
    x: axisView(LINEAR, [0, 10], 400),
    left,
    right: null,
    series: names.map((name) => ({ name, axis: left })),
  },
];
const readOf = (points, more = {}) => ({
  panels: panelsOf("a"),
  model: new Map([["a", { vertices: { view: () => points } }]]),
  target: null,
  readings: [],
  marks: { a: null, b: null },
  ...more,
});

/** An anchor, and where it puts a readout of 100 x 50 pixels. */
function anchorOf() {
  const anchor = new ReadoutAnchor();
  const at = (read, now) => {
    let spot = null;
    const readout = {
      size: { width: 100, height: 50 },
      moveTo: ({ left: x, top }, most) => (spot = [x, top, most]),
    };
    anchor.hold(readout, read, ROOM, now);
    return spot;
  };
  return { anchor, at };
}
const row = (y, from = 0, to = 10) =>
  Float64Array.from({ length: 800 }, (_, i) => (i % 2 ? y : from + ((to - from) * i) / 800));
const [TOP_RIGHT, TOP_LEFT, BOTTOM_RIGHT] = [
  [334, 16, 388],
  [46, 16, 388],
  [334, 154, 388],
];

test("figures begin at the top right, and go where no line runs", () => {
  assert.deepEqual(anchorOf().at(readOf(new Float64Array()), 0), TOP_RIGHT);
  assert.deepEqual(anchorOf().at(readOf(row(9)), 0), BOTTOM_RIGHT);
  assert.deepEqual(anchorOf().at(readOf(row(9, 6, 10)), 0), TOP_LEFT);
});

test("they do not hide what is pointed at", () => {
  const target = { spot: { x: 430, y: 20 } };
  assert.deepEqual(anchorOf().at(readOf(new Float64Array(), { target }), 0), TOP_LEFT);
});

test("nor what is read, at once, however many lines run elsewhere", () => {
  const { at } = anchorOf();
  assert.deepEqual(at(readOf(row(1)), 0), TOP_RIGHT);
  const readings = [{ spot: { x: 400, y: 30 } }, { spot: { x: 100, y: 30 } }];
  assert.deepEqual(at(readOf(row(1), { readings }), 0.01), [334, 85, 388]);
});

test("a place is kept for a quarter of a second, unless they are free", () => {
  const { anchor, at } = anchorOf();
  at(readOf(new Float64Array()), 0);
  assert.deepEqual(at(readOf(row(9)), 0.2), TOP_RIGHT);
  assert.deepEqual(at(readOf(row(9)), 0.3), BOTTOM_RIGHT);
  assert.deepEqual(at(readOf(row(1)), 0.4), BOTTOM_RIGHT);
  anchor.free();
  assert.deepEqual(at(readOf(row(1)), 0.45), TOP_RIGHT);
});

test("a series that has not come yet hides nothing", () =>
  assert.deepEqual(anchorOf().at(readOf(row(9), { model: new Map() }), 0), TOP_RIGHT));

test("a million points cost as much as some hundred", () => {
  let calls = 0;
  const panels = panelsOf("a");
  const pixelOf = (x) => {
    calls += 1;
    return 40 * x;
  };
  panels[0].x = { ...panels[0].x, pixelOf };
  anchorOf().at({ ...readOf(new Float64Array(2_000_000)), panels }, 0);
  assert.ok(calls > 300 && calls <= 600, `${calls} vertices looked at`);
});

test("there is room inside the plot area, and in a small frame over the axes too", () => {
  assert.deepEqual(areaOver(panelsOf(), 500), { left: 46, top: 16, width: 388, height: 188 });
  const small = [{ ...panelsOf()[0], box: { left: 40, top: 10, width: 150, height: 80 } }];
  assert.deepEqual(areaOver(small, 210), { left: 3, top: 16, width: 204, height: 68 });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boxed,
  followWindow,
  inValues,
  panned,
  pinched,
  zoomed,
} from "../../../static/view/ranges.js";
import { LINEAR, linearFor, LOG, scaledRange } from "../../../static/view/scale.js";
import { initialView, visibleRange } from "../../../static/view/state.js";
import { anyEnds } from "../support/doubles.js";

/** What is on the screen, of points from 0 to 100. */
const scene = (from, to) => ({ from, to, min: 0, max: 100 });
const range = (from, to) => ({ mode: "range", from, to });
const follow = (window) => ({ mode: "follow", window });

const ZOOMS = [
  ["closer about the middle", 0.5, 0.5, scene(20, 60), range(30, 50)],
  ["closer about the left", 0, 0.5, scene(20, 60), range(20, 40)],
  ["closer at the live edge", 1, 0.5, scene(60, 100), follow(20)],
  ["farther", 0.5, 2, scene(40, 60), range(30, 70)],
  ["farther than the points", 0.5, 4, scene(20, 80), { mode: "all" }],
  ["farther at the live edge", 1, 1.5, scene(60, 100), follow(60)],
];
for (const [what, at, factor, seen, expected] of ZOOMS)
  test(`a zoom ${what}`, () => assert.deepEqual(zoomed(at, factor, seen), expected));

test("a zoom out from everything shows everything, however its ends are rounded", () => {
  for (const at of [0, 0.3, 0.7, 1])
    assert.deepEqual(zoomed(at, 2.5, { from: -0.1, to: 0.7, min: -0.1, max: 0.7 }), {
      mode: "all",
    });
});

test("a zoom out goes no farther to the left than what was seen", () =>
  assert.deepEqual(zoomed(0.5, 1.2, scene(-50, 40)), range(-50, 49)));

test("a zoom ends where doubles do", () => {
  const { from, to } = zoomed(0.5, 1e-30, scene(20, 60));
  assert.equal(to - from, 100 * Number.EPSILON * 64);
});

const PANS = [
  ["to the left", 10, scene(40, 60), range(10, 30)],
  ["to the right", 70, scene(40, 60), range(70, 90)],
  ["into the live edge", 85, scene(40, 60), follow(20)],
  ["before the first point", -100, scene(40, 60), range(-18, 2)],
  ["away from the live edge", 79, scene(80, 100), range(79, 99)],
];
for (const [what, from, seen, expected] of PANS)
  test(`a pan ${what}`, () => assert.deepEqual(panned(from, seen), expected));

test("two fingers keep their x under them", () => {
  const [a, b] = [
    { at: 0.25, x: 45 },
    { at: 0.75, x: 50 },
  ];
  assert.deepEqual(pinched(a, b, scene(40, 60)), range(42.5, 52.5));
});

test("two fingers that come together zoom out", () => {
  const [a, b] = [
    { at: 0.375, x: 45 },
    { at: 0.625, x: 55 },
  ];
  assert.deepEqual(pinched(a, b, scene(40, 60)), range(30, 70));
});

test("two fingers in one place say nothing", () => {
  assert.deepEqual(pinched({ at: 0.5, x: 1 }, { at: 0.51, x: 2 }, scene(0, 10)), {});
  assert.deepEqual(pinched({ at: 0.2, x: 1 }, { at: 0.8, x: 1 }, scene(0, 10)), {});
});

test("a box is looked at as it is, in x, in y, or in both", () => {
  const fixed = { "0:right": [5, 6] };
  const y = { "0:left": [1, 2] };
  assert.deepEqual(boxed(fixed, { x: [0.25, 0.5], y }, scene(60, 100)), {
    ...range(70, 80),
    y: { ...fixed, ...y },
  });
  assert.deepEqual(boxed(fixed, { x: [0.25, 0.5], y: {} }, scene(60, 100)).y, fixed);
  assert.deepEqual(boxed(fixed, { x: null, y }, scene(60, 100)), { y: { ...fixed, ...y } });
  assert.deepEqual(boxed({}, { x: [0.5, 0.5 + 1e-17], y: {} }, scene(60, 100)), { y: {} });
});

test("on a logarithmic axis what is remembered is in values", () => {
  const log = { ...scene(0, 3), max: 3, scale: LOG };
  assert.deepEqual(inValues(range(1, 2), log), range(10, 100));
  assert.deepEqual(inValues(follow(1), log), follow(900));
  assert.deepEqual(inValues({ mode: "all" }, log), { mode: "all" });
  const linear = range(1, 2);
  assert.equal(inValues(linear, scene(0, 3)), linear);
});

/** Turn a wheel over points from min to max: the views, in values. */
function* turned(min, max, factors) {
  const scale = linearFor(Math.max(Math.abs(min), Math.abs(max)));
  let view = initialView(null);
  for (const [index, factor] of factors.entries()) {
    const [from, to] = scaledRange(visibleRange(view, min, max), NaN, scale);
    const seen = { from, to, min: scale.scaledOf(min), max: scale.scaledOf(max), scale };
    view = { ...view, ...inValues(zoomed([0.3, 0.7, 1][index % 3], factor, seen), seen) };
    yield view;
  }
}

test("a wheel finds a range everywhere, and back to everything", () => {
  const factors = [...Array(60).fill(0.4), ...Array(90).fill(2.5)];
  for (const [min, max] of anyEnds(5).slice(0, 400)) {
    let last = null;
    for (const { mode, from, to, window } of turned(min, max, factors)) {
      const said = JSON.stringify([min, max, mode, from, to, window]);
      if (mode === "range") assert.ok(from < to && to - from > 0, said);
      if (mode === "follow") assert.ok(window > 0 && window <= Number.MAX_VALUE, said);
      const shown = scaledRange(
        visibleRange({ ...initialView(null), mode, from, to, window }, min, max),
        NaN,
        LINEAR,
      );
      assert.ok(shown[0] < shown[1] && shown.every(Number.isFinite), said);
      last = mode;
    }
    assert.equal(last, "all", JSON.stringify([min, max]));
  }
});

test("a follow to come has the window of before, or that of what is seen", () => {
  const view = initialView(30);
  assert.equal(followWindow(view, scene(60, 100)), 30);
  assert.equal(followWindow({ ...view, mode: "range" }, scene(60, 100)), 40);
  assert.equal(followWindow(initialView(null), scene(60, 100)), 40);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { askedFor } from "../../../static/link/prefetch.js";
import { linearFor, LOG } from "../../../static/view/scale.js";
import { initialView } from "../../../static/view/state.js";
import { FOLLOW, range, sceneOf } from "../support/views.js";

/** What is asked for, view after view: [from, to, width], or [window, width]. */
function asked(views, rests = false) {
  let before = null;
  return views.map((view) => {
    before = askedFor(view, 800, sceneOf(view), before, rests);
    return before.mode === "range"
      ? [before.from, before.to, before.width]
      : [before.window, before.width];
  });
}

test("more is asked for than is seen, as fine, and as far as there is something", () => {
  assert.deepEqual(asked([range(40, 60)]), [[30, 70, 1600]]);
  assert.deepEqual(asked([range(5, 25)]), [[0, 35, 1400]]);
  assert.deepEqual(asked([range(85, 105)]), [[75, 105, 1200]]);
  assert.deepEqual(asked([FOLLOW]), [[15, 1200]]);
  assert.deepEqual(asked([initialView(null)]), [[null, 800]]);
});

test("a sweep is asked for as wide as it is seen", () => {
  const scene = { ...sceneOf(FOLLOW), isSwept: true };
  const { window, width } = askedFor(FOLLOW, 800, scene, null, true);
  assert.deepEqual([window, width], [10, 800]);
});

test("near by there is nothing to ask", () => {
  assert.deepEqual(asked([range(40, 60), range(44, 64), range(36, 56), range(47, 67)]), [
    [30, 70, 1600],
    [30, 70, 1600],
    [30, 70, 1600],
    [37, 77, 1600],
  ]);
});

test("a hand that zooms in gets what it sees, and the rest when it rests", () => {
  assert.deepEqual(asked([range(40, 60), range(45, 55), range(46, 56)]), [
    [30, 70, 1600],
    [45, 55, 800],
    [41, 61, 1600],
  ]);
  const zoomed = askedFor(
    range(45, 55),
    800,
    sceneOf(range(45, 55)),
    askedFor(range(40, 60), 800, sceneOf(range(40, 60)), null, false),
    false,
  );
  assert.deepEqual(
    [zoomed.ample, askedFor(range(45, 55), 800, sceneOf(range(45, 55)), zoomed, true).from],
    [false, 40],
  );
});

const at = (from, to, before, rests, width = 800) =>
  askedFor(range(from, to), width, sceneOf(range(from, to)), before, rests, true);

test("at rest lines are asked for finer, and a zoom finds them there", () => {
  const rested = at(40, 60, at(40, 60, null, false), true);
  assert.deepEqual([rested.from, rested.to, rested.width], [30, 70, 3232]);
  assert.equal(at(43, 53, rested, false), rested, "as fine as it is seen");
  assert.equal(at(31, 41, rested, false), rested);
  assert.equal(at(43, 52, rested, false).width, 800, "further: what is seen, which comes soon");
  assert.equal(at(25, 35, rested, false).width, 800, "beside what there is");
  const again = at(43, 53, rested, true);
  assert.deepEqual([again.from, again.to, again.width], [38, 58, 3232]);
  assert.equal(at(43, 53, again, true), again);
});

test("as fine as the relay counts pixels", () => {
  const rested = at(40, 60, null, true, 6000);
  assert.equal(rested.width, 16384);
  assert.equal(at(42, 58, rested, false, 6000), rested);
  assert.notEqual(at(44, 56, rested, false, 6000), rested);
  assert.equal(at(40, 60, null, true, 12000).width, 24000);
});

test("a hand that zooms out gets more at once", () => {
  assert.deepEqual(asked([range(45, 55), range(40, 60)]), [
    [40, 60, 1600],
    [30, 70, 1600],
  ]);
});

test("another size or mode is another question", () => {
  const before = askedFor(range(40, 60), 800, sceneOf(range(40, 60)), null, false);
  assert.equal(askedFor(range(40, 60), 900, sceneOf(range(40, 60)), before, true).width, 1800);
  assert.equal(askedFor(FOLLOW, 800, sceneOf(FOLLOW), before, true).mode, "follow");
});

test("on a logarithmic axis the margin is one of places", () => {
  const { from, to, width } = askedFor(
    range(10, 1000),
    800,
    { from: 1, to: 3, min: -2, max: 6, scale: LOG },
    null,
    true,
  );
  assert.deepEqual([from, to, width], [1, 10_000, 1600]);
  assert.equal(
    askedFor(FOLLOW, 800, { from: 1, to: 2, min: 0, max: 2, scale: LOG }, null, true).window,
    10,
  );
});

test("an empty plot is asked for as it is", () => {
  const { from, to } = askedFor(
    range(40, 60),
    800,
    { from: 40, to: 60, min: NaN, max: NaN },
    null,
    true,
  );
  assert.deepEqual([from, to], [40, 60]);
});

test("what is asked for is numbers, however wide it is", () => {
  const scale = linearFor(1.7e308);
  const [from, to] = [-1e308, 1e308].map(scale.scaledOf);
  const scene = { from, to, min: scale.scaledOf(-1.7e308), max: scale.scaledOf(1.7e308), scale };
  const asked = askedFor(range(-1e308, 1e308), 800, scene, null, true);
  assert.deepEqual([asked.from, asked.to, asked.width], [-1.7e308, 1.7e308, 800 * 1.7]);
  const follow = { ...FOLLOW, window: 1.7e308 };
  assert.equal(askedFor(follow, 800, scene, null, true).window, Number.MAX_VALUE);
});

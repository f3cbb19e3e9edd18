import assert from "node:assert/strict";
import { test } from "node:test";
import { golden } from "../support/rules.js";
import { YFit } from "../../../static/axes/y_fit.js";
import { roundDecades } from "../../../static/axes/y_range.js";
import { LINEAR, LOG } from "../../../static/view/scale.js";

const line = (points) => ({
  points: Float64Array.from(points),
  band: null,
  style: "line",
  axis: "left",
});
const fit = (said, points = [0, -2, 1, 2], held) => {
  const made = new YFit();
  made.fit([line(points)], [0, 1], { held, said, scale: LOG, eager: false }, 0);
  return made.scaled;
};

test("a log axis is fitted in decades", () =>
  assert.deepEqual(fit(null), Object.values(roundDecades(-2, 2))));
test("fixed by values", () => assert.deepEqual(fit([10, 1000]), [1, 3]));
test("a range down to 0 shows three decades", () => assert.deepEqual(fit([0, 1000]), [0, 3]));
test("a range without any logarithm is passed over", () =>
  assert.deepEqual(fit([-5, 0]), fit(null)));
test("the hand comes before the option", () =>
  assert.deepEqual(fit([10, 1000], [0, 0], [1, 10]), [0, 1]));
test("one decade is shown around a single value", () =>
  assert.deepEqual(roundDecades(2, 2), { low: 1.5, high: 2.5 }));

const wish = { held: undefined, said: [0, null], scale: LINEAR, eager: false };
const from0 = (made, top, now) => {
  const points = top === null ? [] : [0, -9, 1, top];
  const moving = made.fit([line(points)], [0, 1], wish, now);
  return { end: made.scaled[0], top: made.scaled[1], moving };
};

test("an open end follows the values as a range does, and the fixed one stands", () => {
  const made = new YFit();
  assert.deepEqual(from0(made, null, 0), { end: 0, top: 1, moving: false });
  assert.deepEqual(from0(made, 0.01, 0), { end: 0, top: 0.011, moving: false }, "fitted at once");
  assert.ok(from0(made, 100, 1).top >= 100, "grown at once");
  assert.ok(from0(made, 1, 2).top >= 100, "it waits");
  assert.ok(made.waits);
  const late = from0(made, 1, 3.6);
  assert.ok(late.moving && late.end === 0, "and shrinks late");
  assert.equal(from0(made, null, 4).top, late.top, "without data it stays");
});

test("values beyond the fixed end do not turn the axis over", () => {
  const made = new YFit();
  made.fit([line([0, -9, 1, -8])], [0, 1], { ...wish, said: [5, null] }, 0);
  assert.deepEqual(made.scaled, [5, 6]);
  made.fit([line([0, -9, 1, -8])], [0, 1], { ...wish, said: [null, -10] }, 9);
  assert.equal(made.scaled[1], -10);
  assert.ok(made.scaled[0] < -10);
});

test("an open end of a log axis, and a fixed one that has no logarithm", () => {
  assert.equal(fit([10, null])[0], 1);
  assert.deepEqual(fit([0, null]), fit(null));
});

test("another fixed end begins anew", () => {
  const made = new YFit();
  const between = (said) => {
    made.fit([line([0, 1, 1, 2])], [0, 1], { ...wish, said }, 0);
    return made.scaled;
  };
  assert.deepEqual(between([-3, null])[0], -3);
  assert.deepEqual(between([null, 50]), [0, 50]);
  assert.deepEqual(between([0.5, null])[0], 0.5);
  assert.deepEqual(between(null), fresh([line([0, 1, 1, 2])]));
});

const fresh = (lines) => {
  const made = new YFit();
  made.fit(lines, [0, 1], { ...wish, said: null }, 0);
  return made.scaled;
};

golden("range_around");

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  axisView,
  LINEAR,
  linearFor,
  LOG,
  scaledRange,
  scaleFor,
  widened,
} from "../../../static/view/scale.js";
import { anyEnds } from "../support/doubles.js";
import { golden } from "../support/rules.js";

test("an axis on the screen, both ways", () => {
  const axis = axisView(LOG, [3, 1], 200);
  assert.deepEqual(
    [axis.low, axis.high, axis.pixelOf(100), axis.valueAt(100), axis.pixelOf(-1)],
    [10, 1000, 100, 100, NaN],
  );
});

test("a scaled value is the value, or its decadic logarithm", () => {
  assert.deepEqual([scaleFor(false), scaleFor(true)], [LINEAR, LOG]);
  assert.deepEqual([-5, 0, 7].map(LINEAR.scaledOf), [-5, 0, 7]);
  assert.deepEqual([-5, 0, 1, 1000].map(LOG.scaledOf), [NaN, NaN, 0, 3]);
  assert.deepEqual([LINEAR.valueAt(3), LOG.valueAt(3)], [3, 1000]);
});

test("an axis knows its unit, if it is said", () => {
  const axis = axisView(LINEAR, [0, 10], 100, "V");
  assert.deepEqual([axis.suffix, axis.low, axis.high], ["V", 0, 10]);
  const bare = axisView(LINEAR, [0, 10], 100);
  assert.deepEqual([bare.suffix, bare.log], ["", false]);
});

test("a value is multiplied only near the ends of doubles, and without losing a digit", () => {
  for (const largest of [NaN, 0, 1e-250, 1, 1.7e18, 1e306])
    assert.equal(linearFor(largest), LINEAR, `${largest}`);
  for (const value of [1.7e308, -1.7e308, 1.2345e-300, -1e-306]) {
    const scale = linearFor(Math.abs(value));
    assert.notEqual(scale, LINEAR);
    assert.equal(linearFor(Math.abs(value) / 2), scale);
    assert.equal(scale.valueAt(scale.scaledOf(value)), value);
  }
});

test("a logarithmic axis ends where doubles do", () =>
  assert.equal(LOG.valueAt(308.3), Number.MAX_VALUE));

test("any range has an extent, and pixels both ways", () => {
  for (const [low, high] of anyEnds(3)) {
    const [first, last] = widened([low, high]);
    const said = JSON.stringify([low, high, first, last]);
    assert.ok(first < last && first <= low && last >= high, said);
    const axis = axisView(LINEAR, [first, last], 800);
    const [middle, pixel] = [axis.valueAt(400), axis.pixelOf(axis.valueAt(400))];
    assert.ok(middle >= first && middle <= last && Math.abs(pixel - 400) < 20, said);
    assert.deepEqual([axis.pixelOf(first), axis.pixelOf(last)], [0, 800], said);
    assert.ok(axis.perPixel(first) > 0 && axis.perPixel(first) < Infinity, said);
  }
});

test("what is drawn of any range has pixels per unit, and a unit per pixel", () => {
  for (const [low, high] of anyEnds(4)) {
    const scale = linearFor(Math.max(Math.abs(low), Math.abs(high)));
    const [first, last] = scaledRange([low, high], NaN, scale);
    const perUnit = 800 / (last - first);
    assert.ok(perUnit > 0 && perUnit < Infinity, JSON.stringify([low, high, first, last]));
  }
});

test("a pixel is not finer than doubles are", () => {
  const axis = axisView(LINEAR, [1.7e9, 1.7e9 + 2.4e-5], 800);
  assert.equal(axis.perPixel(1.7e9), 1.7e9 * (Number.EPSILON / 2));
  const log = axisView(LOG, [0, 2], 200);
  assert.ok(Math.abs(log.perPixel(10) - 10 * (10 ** 0.01 - 1)) < 1e-9);
});

golden("position");
golden("widened");
golden("x_range");

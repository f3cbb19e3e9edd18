import assert from "node:assert/strict";
import { test } from "node:test";
import { roundRange, widenToData, YRange } from "../../../static/axes/y_range.js";
import { anyEnds } from "../support/doubles.js";
import { golden } from "../support/rules.js";

const RANGES = [
  [0, 1, 0, 1.1],
  [-1, 1, -1.2, 1.2],
  [5, 5, 4, 6],
  [0, 0, -1, 1],
  [-3, -1, -3.2, -0.8],
  [-1, 0, -1.1, 0],
  [100, 101, 99.9, 101.1],
];
for (const [low, high, bottom, top] of RANGES) {
  test(`data from ${low} to ${high} is shown from ${bottom} to ${top}`, () => {
    const range = roundRange(low, high);
    assert.ok(
      Math.abs(range.low - bottom) < 0.11 && Math.abs(range.high - top) < 0.11,
      JSON.stringify(range),
    );
    assert.ok(range.low <= low && range.high >= high);
  });
}

test("any data has a range that holds it, and ends where doubles do", () => {
  for (const [low, high] of anyEnds(1)) {
    const range = roundRange(low, high);
    const shows = range.low < range.high && range.low <= low && range.high >= high;
    const ends = Number.isFinite(range.low) && Number.isFinite(range.high);
    assert.ok(shows && ends, JSON.stringify([low, high, range]));
  }
});

const shown = ({ low, high }) => [low, high];
const run = (range, seconds, low, high, start = 0, patience = "some") => {
  for (let now = start; now < start + seconds; now += 1 / 60)
    range.update(low, high, now, patience);
  return shown(range);
};

test("from one end of doubles to the other it shrinks as any other", () => {
  const range = new YRange();
  range.update(-1.7e308, 1.7e308, 0);
  assert.deepEqual(run(range, 9, -1e307, 1e307, 0.1), [-1.2e307, 1.2e307]);
});

test("the y-range grows at once and stays over a short prefersReducedMotion", () => {
  const range = new YRange();
  run(range, 0.1, -1, 1);
  range.update(-1, 50, 0.2);
  const grown = shown(range);
  assert.ok(grown[1] >= 50);
  assert.deepEqual(run(range, 1, -1, 1, 0.3), grown);
});

test("it shrinks in the end, gently, and then rests", () => {
  const range = new YRange();
  range.update(-50, 50, 0);
  run(range, 1.6, -1, 1);
  assert.ok(range.high > 10);
  assert.deepEqual(run(range, 3, -1, 1, 1.6), shown(roundRange(-1, 1)));
  assert.equal(range.update(-1, 1, 9), false);
});

test("it shrinks without waiting under the hand of the user", () => {
  const range = new YRange();
  range.update(-50, 50, 0);
  assert.deepEqual(run(range, 1.2, -1, 1, 0, "none"), shown(roundRange(-1, 1)));
});

test("or never, if it shall only grow", () => {
  const range = new YRange();
  range.update(-50, 50, 0);
  const before = shown(range);
  assert.deepEqual(run(range, 5, -1, 1, 0, "endless"), before);
});

test("noise within the range moves nothing", () => {
  const range = new YRange();
  range.update(-1, 1, 0);
  const before = shown(range);
  for (let i = 0; i < 600; i++)
    range.update(-0.9 - 0.1 * Math.sin(i), 0.9 + 0.1 * Math.cos(i), i / 60);
  assert.deepEqual(shown(range), before);
});

test("positive data that reaches down to 0 can shrink from above", () => {
  const range = new YRange();
  range.update(0, 100, 0);
  assert.deepEqual(run(range, 5, 0, 1), shown(roundRange(0, 1)));
});

test("without data the range is 0 to 1, or stays; new data is fitted at once", () => {
  const range = new YRange();
  range.update(Infinity, -Infinity, 0);
  assert.deepEqual(shown(range), [0, 1]);
  range.update(-50, 50, 1);
  range.update(Infinity, -Infinity, 2);
  assert.deepEqual(shown(range), shown(roundRange(-50, 50)));
  range.update(-1, 1, 3);
  assert.deepEqual(shown(range), shown(roundRange(-1, 1)));
});

test("only what is seen counts, and gaps do not", () => {
  const extent = { low: Infinity, high: -Infinity };
  widenToData(Float64Array.of(0, 99, 1, 2, 2, NaN, 3, -4, 9, 99), 1, 3, extent);
  assert.deepEqual(extent, { low: -4, high: 2 });
});

test("one that waits says so, that it may be woken when nothing comes", () => {
  const range = new YRange();
  range.update(-50, 50, 0);
  assert.equal(range.waits, false);
  range.update(-1, 1, 1);
  assert.equal(range.waits, true);
  assert.equal(range.update(-1, 1, 2.6), true, "and then it shrinks");
  assert.equal(range.waits, false);
});

golden("y_range");

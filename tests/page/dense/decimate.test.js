import assert from "node:assert/strict";
import { test } from "node:test";
import { eachStretch, movesOf } from "../../../static/dense/decimate.js";
import { golden } from "../support/rules.js";

const flat = (...values) => Float64Array.from(values);
const wave = (count, of) =>
  Float64Array.from({ length: 2 * count }, (_, i) => (i % 2 ? of(i >> 1) : i >> 1));

function cut(points, options = {}) {
  const stretches = [];
  const its = { xScale: 0, yScale: 1, joined: true, nulls: false, ...options };
  eachStretch(points, its, (stretch) => stretches.push([...stretch]));
  return { stretches, moves: movesOf(points, its) };
}

for (const count of [0, 1, 2, 63, 64, 65, 127, 128, 500]) {
  test(`${count} vertices in joined stretches are the same line`, () => {
    const { stretches } = cut(wave(count, (i) => i * i));
    for (const [i, stretch] of stretches.slice(1).entries())
      assert.deepEqual(stretch.slice(0, 2), stretches[i].slice(-2));
    const line = stretches.flatMap((stretch, i) => (i ? stretch.slice(2) : stretch));
    assert.deepEqual(line, count > 1 ? [...wave(count, (i) => i * i)] : []);
  });
  test(`${count} vertices in stretches of their own are all there once`, () => {
    assert.deepEqual(
      cut(
        wave(count, (i) => -i),
        { joined: false },
      ).stretches.flat(),
      [...wave(count, (i) => -i)],
    );
  });
}

test("what a pixel cannot show is left out: slopes, not peaks", () => {
  const kept = (of) =>
    new Set(
      cut(wave(1000, of), { xScale: 0.1 })
        .stretches.flat()
        .filter((_, i) => i % 2 === 0),
    ).size;
  const slope = kept((i) => i / 100);
  assert.ok(slope < 120, `${slope} kept`);
  assert.equal(
    kept((i) => (i % 2 ? 50 : -50)),
    1000,
  );
});

test("how busy a line is does not depend on how many vertices say the same", () => {
  const spikes = (every) => wave(1000, (i) => (i % every === every >> 1 ? 50 : 0));
  assert.equal(cut(spikes(100)).moves, 20);
  assert.equal(cut(spikes(100), { xScale: 0.1 }).moves, 20);
  assert.equal(cut(wave(1000, (i) => 0.9 * (i % 2))).moves, 0);
  assert.equal(
    cut(
      wave(1000, (i) => 50 * (i % 2)),
      { xScale: 0.1 },
    ).moves,
    999,
  );
});

test("the peak within a pixel, the last vertex and the gaps stay", () => {
  const points = flat(0, 0, 0.1, 5, 0.2, 90, 0.3, 5, 0.4, NaN, 0.5, 5, 0.6, 5);
  const line = cut(points, { xScale: 1 }).stretches.flat();
  for (const x of [0, 0.2, 0.4, 0.6]) assert.ok(line.includes(x), `${x} is gone`);
});

test("gaps are null for those who break at null only", () => {
  assert.deepEqual(cut(flat(0, 1, 1, NaN, 2, 3), { nulls: true }).stretches, [
    [0, 1, null, null, 2, 3],
  ]);
});

test("the last vertex before a gap comes twice where there is a step to it", () => {
  const steps = (...points) => cut(flat(...points), { nulls: true, steps: true }).stretches;
  assert.deepEqual(steps(0, 1, 1, 5, 2, NaN, 3, 2), [[0, 1, 1, 5, 1, 5, null, null, 3, 2]]);
  assert.deepEqual(steps(0, 1, 1, 1, 2, NaN, 3, 2), [[0, 1, 1, 1, null, null, 3, 2]]);
  assert.deepEqual(steps(0, NaN, 1, 5, 2, NaN, 3, NaN), [
    [null, null, 1, 5, null, null, null, null],
  ]);
});

for (const count of [62, 63, 64, 65])
  test(`so it does behind ${count} others, or it ends a stretch, behind which there is nothing`, () => {
    const points = flat(...wave(count, () => 1), count, 500, count + 1, NaN, count + 2, 2);
    const { stretches } = cut(points, { nulls: true, steps: true });
    for (const stretch of stretches) assert.ok(stretch.length <= 128);
    const stretch = stretches.find((one) => one.includes(500));
    const behind = stretch.slice(stretch.indexOf(500) + 1);
    assert.deepEqual(behind.slice(0, 2), behind.length > 0 ? [count, 500] : []);
  });

golden("moves");

import assert from "node:assert/strict";
import { test } from "node:test";
import { lastPosition, positionOf, valueAt } from "../../../static/steer/slider_scale.js";

const slider = (low, high, more = {}) => ({ low, high, step: 0, log: false, ...more });
const lr = slider(1e-5, 1, { log: true });

test("a slider goes from end to end, and its numbers are round", () => {
  for (const [its, last, middle] of [
    [slider(0, 1), 200, 0.5],
    [slider(-3, 7), 200, 2],
    [slider(0, 300), 200, 150],
    [slider(1, 10, { step: 1 }), 9, 6],
    [slider(0, 1, { step: 0.1 }), 10, 0.5],
    [slider(0, 1, { step: 0.3 }), 3, 0.6],
    [lr, 250, 0.00316],
  ]) {
    assert.equal(lastPosition(its), last);
    assert.equal(valueAt(its, 0), its.low);
    assert.equal(valueAt(its, Math.ceil(last / 2)), middle);
  }
  assert.equal(valueAt(lr, 250), 1);
  assert.equal(valueAt(slider(0, 1, { step: 0.1 }), 3), 0.3, "not 0.30000000000000004");
});

/** Of each kind, ends near and far, numbers small and large. */
const SLIDERS = [
  slider(0, 1),
  slider(-3, 7),
  slider(0.005, 2.005),
  slider(0, 300),
  slider(1e9, 1e9 + 1e-3),
  slider(-1e-12, 1e-12),
  slider(1, 10, { step: 1 }),
  slider(0, 1, { step: 0.1 }),
  slider(0, 1, { step: 0.3 }),
  slider(0, 1_000_000, { step: 1 }),
  slider(0, 1_000_003, { step: 1 }),
  slider(5, 250_000, { step: 2 }),
  slider(0, 1, { step: 1e-9 }),
  slider(0, 2 ** 31 - 1, { step: 1 }),
  slider(1e15, 1e15 + 100, { step: 0.25 }),
  lr,
  slider(16, 1024, { log: true }),
  slider(1, 8192, { log: true }),
  slider(1000, 1002, { log: true }),
  slider(1e-300, 1e300, { log: true }),
  slider(1e6, 1e6 + 1e-3, { log: true }),
];

test("every slider reaches both its ends", () => {
  for (const its of SLIDERS) {
    const { low, high, step } = its;
    const top = valueAt(its, lastPosition(its));
    assert.equal(valueAt(its, 0), low);
    if (step === 0) assert.equal(top, high);
    else assert.ok(high - top < step * (1 - 1e-6) && top <= high, `${top} of ${high}`);
    assert.equal(positionOf(its, low), 0);
    assert.equal(positionOf(its, top), lastPosition(its));
    assert.equal(valueAt(its, lastPosition(its) + 1), top);
  }
  assert.equal(valueAt(slider(0, 1_000_003, { step: 1 }), 100_000), 1_000_003);
});

test("each position is that of its number, and has one of its own", () => {
  for (const its of SLIDERS) {
    const last = lastPosition(its);
    for (let position = 0; position <= last; position += Math.ceil(last / 5000))
      assert.equal(positionOf(its, valueAt(its, position)), position, JSON.stringify(its));
  }
});

test("what the program has set is at the nearest position", () => {
  assert.equal(positionOf(slider(0, 1), 0.5012), 100);
  assert.equal(positionOf(lr, 1e-3), 100);
});

test("a slider of very many steps goes by several at a time", () => {
  const seed = slider(0, 1_000_000, { step: 1 });
  assert.equal(lastPosition(seed), 100_000);
  assert.deepEqual([valueAt(seed, 1), valueAt(seed, 50_000)], [10, 500_000]);
  assert.equal(positionOf(seed, 123_456), 12_346);
  const uneven = slider(0, 250_001, { step: 1 });
  const last = lastPosition(uneven);
  assert.deepEqual([valueAt(uneven, last - 1), valueAt(uneven, last)], [249_999, 250_001]);
  assert.deepEqual([positionOf(uneven, 250_000), positionOf(uneven, 250_001)], [last - 1, last]);
});

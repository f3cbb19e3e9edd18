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

test("each position is that of its number", () => {
  for (const its of [slider(0, 1), slider(1, 10, { step: 1 }), lr])
    for (let position = 0; position <= lastPosition(its); position++)
      assert.equal(positionOf(its, valueAt(its, position)), position);
});

test("what the program has set is at the nearest position", () => {
  assert.equal(positionOf(slider(0, 1), 0.5012), 100);
  assert.equal(positionOf(lr, 1e-3), 100);
});

test("very many steps are fewer", () => {
  assert.equal(lastPosition(slider(0, 1, { step: 1e-9 })), 100_000);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Voice } from "../../../static/steer/voice.js";

function world(t, openLoop = false) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const said = [];
  const relay = { openLoop, request: (message) => said.push(message) > 0 };
  let gaveUp = 0;
  const voice = new Voice(relay, "lr", new AbortController().signal, () => {
    gaveUp += 1;
  });
  const values = () => said.splice(0).map(({ value, released }) => [value, released]);
  return { voice, said, values, relay, tick: (ms) => t.mock.timers.tick(ms), gaveUp: () => gaveUp };
}

test("of a drag some values are said, and the last one", (t) => {
  const { voice, values, tick } = world(t);
  for (const value of [1, 2, 3]) voice.move(value);
  assert.deepEqual(values(), [[1, false]]);
  tick(50);
  assert.deepEqual(values(), [[3, false]]);
  tick(50);
  voice.move(4);
  voice.move(5);
  voice.release(5);
  tick(1000);
  assert.deepEqual(values(), [
    [4, false],
    [5, true],
  ]);
});

test("keys are one move, which ends when they rest", (t) => {
  const { voice, values, tick } = world(t);
  for (const value of [1, 2, 3]) {
    voice.move(value);
    voice.releaseSoon(value);
    tick(100);
  }
  assert.deepEqual(values(), [
    [1, false],
    [2, false],
    [3, false],
  ]);
  tick(500);
  assert.deepEqual(values(), [[3, true]]);
});

test("what is older than the hand is not heard", (t) => {
  const { voice } = world(t);
  assert.equal(voice.hears(0), true);
  voice.move(1);
  voice.move(2);
  assert.equal(voice.hears(1), false);
  assert.equal(voice.hears(2), true);
  assert.equal(voice.hears(7), true, "another page, or the program");
});

test("what the relay does not take is given up after a while", (t) => {
  const { voice, tick, gaveUp } = world(t);
  voice.release(9);
  tick(1999);
  assert.deepEqual([gaveUp(), voice.hears(1)], [0, false]);
  tick(1);
  assert.deepEqual([gaveUp(), voice.hears(1)], [1, true]);
});

test("a kernel that hears nothing while its cell runs is waited for", (t) => {
  const { voice, tick, gaveUp, relay } = world(t, true);
  voice.release(9);
  tick(10_000);
  assert.equal(gaveUp(), 0);
  relay.openLoop = false;
  tick(2_000);
  assert.equal(gaveUp(), 1);
});

test("a press has no value", (t) => {
  const { voice, said } = world(t);
  voice.press();
  assert.deepEqual(said, [{ type: "steer", name: "lr" }]);
});

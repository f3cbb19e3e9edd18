import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock, Latencies, Rate } from "../../../static/link/meters.js";

test("a rate is measured over the last two seconds", () => {
  const rate = new Rate();
  for (let i = 0; i <= 100; i++) rate.sample(i < 50 ? 0 : (i - 50) * 100, i / 10);
  assert.ok(Math.abs(rate.perSecond() - 1000) < 1e-6);
});

test("a rate of nothing, or of a counter that began anew, is 0", () => {
  const rate = new Rate();
  assert.equal(rate.perSecond(), 0);
  rate.sample(100, 0);
  rate.sample(5, 1);
  assert.equal(rate.perSecond(), 0);
});

test("the answer with the shortest way sets the clock", () => {
  const clock = new Clock();
  clock.start(150, 100);
  assert.equal(clock.here(150), 100);
  clock.answer(100, 160, 100.2);
  clock.answer(101, 161.3, 102);
  assert.ok(Math.abs(clock.here(160) - 100.1) < 1e-9);
});

test("the median is of the last 64, the ring longer", () => {
  const latencies = new Latencies();
  assert.ok(Number.isNaN(latencies.median()));
  for (let i = 0; i < 5000; i++) latencies.add(i < 4950 ? 7 : 100, 20);
  assert.equal(latencies.median(), 100);
  assert.deepEqual([latencies.lately(24), latencies.lately(26)], [100, NaN]);
  assert.deepEqual([latencies.recent().length, ...latencies.recent(2)], [4096, 100, 100]);
});

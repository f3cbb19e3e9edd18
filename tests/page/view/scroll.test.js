import assert from "node:assert/strict";
import { test } from "node:test";
import { Scroll } from "../../../static/view/scroll.js";
import { Clock, Latencies, Rate } from "../../../static/link/meters.js";

test("between points that come regularly the edge moves evenly", () => {
  const glide = new Scroll();
  const edges = [];
  for (let frame = 0; frame < 120; frame++)
    edges.push(glide.edge(Math.floor(frame / 6), frame / 60)); // 10 Hz, seen at 60 Hz
  const steps = edges.slice(60).map((edge, i) => edge - edges[59 + i]);
  for (const step of steps) assert.ok(Math.abs(step - 1 / 6) < 0.02, `a step of ${step}`);
});

test("it never goes back, nor farther ahead than one interval", () => {
  const glide = new Scroll();
  let [last, newest] = [-Infinity, 0];
  for (let frame = 0; frame < 600; frame++) {
    if ((frame * 7919) % 11 < 2) newest += 1;
    const edge = glide.edge(newest, frame / 60);
    assert.ok(edge >= last && edge <= newest + 3, `${edge} after ${last}, newest ${newest}`);
    last = edge;
  }
});

test("it stands still when the points do", () => {
  const glide = new Scroll();
  for (let i = 0; i < 10; i++) glide.edge(i, i / 10);
  assert.equal(glide.isMoving(0.95), true);
  assert.equal(glide.isMoving(1.2), false);
  assert.equal(glide.edge(9, 5), glide.edge(9, 50));
});

test("after a break, or back in time, it starts from the newest point", () => {
  const glide = new Scroll();
  for (let i = 0; i < 10; i++) glide.edge(i, i / 10);
  assert.equal(glide.edge(1000, 60), 1000);
  assert.equal(glide.edge(5, 60.1), 5);
});

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
  for (let i = 0; i < 5000; i++) latencies.add(i < 4950 ? 7 : 100);
  assert.equal(latencies.median(), 100);
  assert.deepEqual([latencies.recent().length, ...latencies.recent(2)], [4096, 100, 100]);
});

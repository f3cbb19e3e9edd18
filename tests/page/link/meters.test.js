import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock, Latencies, Rate, Silence } from "../../../static/link/meters.js";

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

test("a clock that was set is followed with the next answer, however long its way", () => {
  const clock = new Clock();
  clock.start(150, 100);
  clock.answer(100, 150.001, 100.002);
  clock.answer(110, 160.3, 110.5);
  assert.ok(Math.abs(clock.here(160) - 110) < 1e-9, "it may have been as late as that");
  clock.answer(120, 3770.1, 120.2);
  assert.ok(Math.abs(clock.here(3770) - 120) < 1e-9);
  clock.answer(130, 180.1, 130.3);
  assert.ok(Math.abs(clock.here(180) - 130.05) < 1e-9);
});

test("the median is of the last 64, the ring longer", () => {
  const latencies = new Latencies();
  assert.ok(Number.isNaN(latencies.median()));
  for (let i = 0; i < 5000; i++) latencies.add(i < 4950 ? 7 : 100, 20);
  assert.equal(latencies.median(), 100);
  assert.deepEqual([latencies.lately(24), latencies.lately(26)], [100, NaN]);
  assert.deepEqual([latencies.recent().length, ...latencies.recent(2)], [4096, 100, 100]);
});

/** What is seen of a relay that has last said something at 0, looked at four times a second. */
function watched(until, { canAsk = true, answers = () => false } = {}) {
  const silence = new Silence();
  silence.asked(0);
  silence.heard(0);
  const asked = [];
  let noticed = NaN;
  for (let now = 0; now <= until; now += 0.25) {
    if (canAsk && silence.shouldAsk(now)) {
      asked.push(now);
      silence.asked(now);
      if (answers(now)) silence.heard(now + 0.1);
    }
    if (Number.isNaN(noticed) && silence.noticed(now, canAsk) > 0) noticed = now;
  }
  return { silence, asked, noticed };
}

test("who says nothing is asked, and noticed within five seconds", () => {
  const { asked, noticed } = watched(10);
  assert.deepEqual(asked, [2.25, 4.5, 6.75, 9]);
  assert.equal(noticed, 4.75);
});

test("who answers when it is asked is not silent, be it for hours", () => {
  assert.equal(watched(1000, { answers: () => true }).noticed, NaN);
});

test("where nothing can be asked silence itself is noticed", () => {
  assert.equal(watched(10, { canAsk: false }).noticed, 4.75);
});

test("a tab that has slept asks before it says that nobody answers", () => {
  const { silence } = watched(0);
  assert.deepEqual([silence.noticed(1000, true), silence.isTooLong(1000, true)], [0, false]);
  silence.asked(1000);
  assert.deepEqual([silence.noticed(1001, true), silence.isTooLong(1001, true)], [0, false]);
  assert.deepEqual(
    [silence.noticed(1002.5, true), silence.isTooLong(1002.5, true)],
    [1002.5, true],
  );
});

test("a tab in the background, which looks once a minute, keeps a connection that answers", () => {
  const silence = new Silence();
  silence.heard(0);
  for (let now = 60; now < 3600; now += 60) {
    assert.deepEqual([silence.isTooLong(now, true), silence.shouldAsk(now)], [false, true]);
    silence.asked(now);
    silence.heard(now + 0.1);
  }
  silence.asked(3600);
  assert.equal(silence.isTooLong(3660, true), true, "that of one that does not is given up");
});

test("one word ends the silence, and after forty seconds it is too long", () => {
  const { silence } = watched(39);
  assert.deepEqual([silence.noticed(39, true), silence.isTooLong(39, true)], [39, false]);
  assert.equal(silence.isTooLong(41, true), true);
  silence.heard(41);
  assert.deepEqual([silence.noticed(41, true), silence.isTooLong(41, true)], [0, false]);
  assert.equal(silence.isTooLong(82, false), true, "where nothing can be asked, it is by itself");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { document, observers } from "../support/dom.js";
import { Alarm, every, observe } from "../../../static/base/scope.js";

test("an observer observes, until the page is closed", () => {
  const leaving = new AbortController();
  const element = document.createElement("div");
  observe(new ResizeObserver(() => {}), element, leaving.signal);
  const { observed } = observers.resize.at(-1);
  assert.deepEqual(observed, [element]);
  leaving.abort();
  assert.deepEqual(observed, []);
});

test("what is done every so often is, until the page is closed", (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const leaving = new AbortController();
  let count = 0;
  every(() => (count += 1), 100, leaving.signal);
  t.mock.timers.tick(250);
  leaving.abort();
  t.mock.timers.tick(250);
  assert.equal(count, 2);
});

/** An alarm, what has been done, and the page's end. */
function alarmOf(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const leaving = new AbortController();
  const done = [];
  const alarm = new Alarm(leaving.signal);
  return { alarm, done, leaving, set: (what) => alarm.set(() => done.push(what), 100) };
}

test("only what was set last is done", (t) => {
  const { done, set } = alarmOf(t);
  set("first");
  t.mock.timers.tick(99);
  set("second");
  t.mock.timers.tick(200);
  assert.deepEqual(done, ["second"]);
});

test("nothing is done that was given up, or that is due after the page is closed", (t) => {
  const { alarm, done, set, leaving } = alarmOf(t);
  set("first");
  alarm.clear();
  set("second");
  leaving.abort();
  set("third");
  t.mock.timers.tick(200);
  assert.deepEqual(done, []);
});

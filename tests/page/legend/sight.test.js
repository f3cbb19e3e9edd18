import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, observers, scopeOf, showPage } from "../support/dom.js";
import { Sight } from "../../../static/legend/sight.js";

test("who is watched hears when it comes into sight, and when it leaves", () => {
  showPage("index.html");
  const leaving = new AbortController();
  const sight = new Sight(scopeOf(undefined, leaving).signal);
  const observer = observers.intersection.at(-1);
  const heard = [];
  sight.watch(byId("more"), (isSeen) => heard.push(isSeen));
  observer.tell([
    { target: byId("more"), isIntersecting: true },
    { target: byId("pause"), isIntersecting: true },
  ]);
  observer.tell([{ target: byId("more"), isIntersecting: false }]);
  assert.deepEqual(heard, [true, false]);
  sight.forget(byId("more"));
  assert.deepEqual(observer.observed, []);
  sight.watch(byId("more"), () => {});
  leaving.abort();
  assert.deepEqual(observer.observed, []);
});

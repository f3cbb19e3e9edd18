import assert from "node:assert/strict";
import { test } from "node:test";
import { Announcer, sentence } from "../../../static/ui/announcer.js";

test("the plot in words, four series at most", () => {
  assert.equal(sentence("live", []), "live");
  const values = ["a", "b", "c", "d", "e", "f"].map((whole) => ({ whole, value: "1" }));
  assert.equal(sentence("live", values), "live: a 1, b 1, c 1, d 1, and 2 more series");
});

test("values are said every five seconds, another state and the first values at once", () => {
  const region = { textContent: "" };
  const announcer = new Announcer(region);
  const say = (state, value, now) => {
    announcer.update(state, value === null ? [] : [{ whole: "y", value }], now);
    return region.textContent;
  };
  assert.equal(say("live", null, 0), "live");
  assert.equal(say("live", "1", 1), "live: y 1");
  assert.equal(say("live", "2", 5.9), "live: y 1");
  assert.equal(say("live", "3", 6), "live: y 3");
  assert.equal(say("ended", "3", 6.1), "ended: y 3");
});

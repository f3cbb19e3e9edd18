import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "./patches.js";
import { sentence } from "../../static/announcer.js";
import { nextHidden } from "../../static/legend.js";
import { lossesSentence, stateSentence } from "../../static/status.js";

const state = (name, more = {}) => stateSentence({ state: name, reason: "Because.", seconds: null, waiting: null, ...more });
const STATES = [
  [state("live"), "live"],
  [state("looking back"), "looking back"],
  [state("connecting"), "connecting…"],
  [state("paused"), "paused"],
  [state("paused", { waiting: 12_345 }), "paused, 12 345 waiting"],
  [state("reconnecting", { seconds: 3.4 }), "reconnecting in 3 s"],
  [state("reconnecting", { seconds: 0.2 }), "reconnecting…"],
  [state("ended"), "ended: Because."],
  [state("refused"), "Because."],
];
for (const [said, expected] of STATES) test(`status: ${expected}`, () => assert.equal(plain(said), expected));

test("losses are named, conflation is none", () => {
  assert.equal(lossesSentence({ dropped: 12, conflated: 1e6, refused: { "not JSON": 2, "bad name": 1 }, gaps: 0 }), "12 dropped · 3 refused");
  assert.equal(lossesSentence({}), "");
});

const hide = (hidden, name, alone = false) => [...nextHidden(new Set(hidden), ["a", "b", "c"], name, alone)];
test("a click hides and shows, Alt-click shows alone and then all", () => {
  assert.deepEqual(hide([], "b"), ["b"]);
  assert.deepEqual(hide(["b"], "b"), []);
  assert.deepEqual(hide([], "b", true), ["a", "c"]);
  assert.deepEqual(hide(["a", "c"], "b", true), []);
  assert.deepEqual(hide(["b"], "b", true), ["a", "c"]);
});

test("the plot in words, four series at most", () => {
  assert.equal(sentence("live", []), "live");
  const values = ["a", "b", "c", "d", "e", "f"].map((name) => ({ name, value: "1" }));
  assert.equal(sentence("live", values), "live: a 1, b 1, c 1, d 1, and 2 more series");
});

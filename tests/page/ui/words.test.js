import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../support/patches.js";
import { Announcer, sentence } from "../../../static/ui/announcer.js";
import { nextHidden, nextRow } from "../../../static/ui/legend.js";
import { lossesSentence, stateSentence } from "../../../static/ui/status_line.js";
import { fitted } from "../../../static/base/ellipsis.js";

const state = (name, more = {}) =>
  stateSentence({ state: name, reason: "Because.", seconds: null, waiting: null, ...more });
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
for (const [said, expected] of STATES)
  test(`status: ${expected}`, () => assert.equal(plain(said), expected));

test("losses are named, conflation is none", () => {
  assert.equal(
    lossesSentence({
      dropped: 12,
      conflated: 1e6,
      refused: { "not JSON": 2, "bad name": 1 },
      gaps: 0,
    }),
    "12 dropped · 3 refused",
  );
  assert.equal(lossesSentence({}), "");
});

const hide = (hidden, name, alone = false) => [
  ...nextHidden(new Set(hidden), ["a", "b", "c"], name, alone),
];
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

test("the arrows go from series to series in the legend", () => {
  assert.deepEqual(
    ["ArrowRight", "ArrowDown", "ArrowLeft", "Home", "End", "a", "constructor"].map((key) =>
      nextRow(key, 1, 5),
    ),
    [2, 2, 0, 0, 4, -1, -1],
  );
});

const measuring = { measureText: (text) => ({ width: 6 * text.length }) };
for (const [text, room, written] of [
  ["limit", 30, "limit"],
  ["band of interest", 60, "band of i…"],
  ["band of interest", 20, ""],
  ["", 0, ""],
  ["abcdef", 24, "abc…"],
]) {
  test(`"${text}" in ${room} pixels`, () => assert.equal(fitted(measuring, text, room), written));
}

test("values are said every five seconds, another state and the first values at once", () => {
  const region = { textContent: "" };
  const announcer = new Announcer(region);
  const say = (state, value, now) => {
    announcer.update(state, value === null ? [] : [{ name: "y", value }], now);
    return region.textContent;
  };
  assert.equal(say("live", null, 0), "live");
  assert.equal(say("live", "1", 1), "live: y 1");
  assert.equal(say("live", "2", 5.9), "live: y 1");
  assert.equal(say("live", "3", 6), "live: y 3");
  assert.equal(say("ended", "3", 6.1), "ended: y 3");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { lossesSentence, stateSentence } from "../../../static/ui/status_line.js";
import { plain } from "../support/text.js";

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

import assert from "node:assert/strict";
import { test } from "node:test";
import { wrapped } from "../../../static/export/wrap.js";
import { golden } from "../support/rules.js";

const CASES = [
  ["", []],
  ["short", ["short"]],
  ["two words", ["two words"]],
  ["more than a line", ["more than", "a line"]],
  ["  gaps \n go ", ["gaps go"]],
  ["do not\u00a0break", ["do", "not\u00a0break"]],
  ["a verylongword here", ["a", "verylongwo", "rd here"]],
  ["\u{1f30a}".repeat(11), ["\u{1f30a}".repeat(10), "\u{1f30a}"]],
];
for (const [text, lines] of CASES)
  test(`lines of ten letters: ${JSON.stringify(text)}`, () =>
    assert.deepEqual(
      wrapped(text, 10, (one) => [...one].length),
      lines,
    ));

test("where there is no room there is a letter a line", () =>
  assert.deepEqual(
    wrapped("abc", 0, (one) => one.length),
    ["a", "b", "c"],
  ));

golden("wrapped");

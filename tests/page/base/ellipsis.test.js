import assert from "node:assert/strict";
import { test } from "node:test";
import { fitted } from "../../../static/base/ellipsis.js";
import { golden } from "../support/rules.js";

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

golden("ellipsis");

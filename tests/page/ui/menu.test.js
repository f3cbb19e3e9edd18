import assert from "node:assert/strict";
import { test } from "node:test";
import { nextItem } from "../../../static/ui/menu.js";

const TEXTS = ["Save PNG", "Save SVG", "Copy picture", "All plots"];
const MOVES = [
  ["ArrowDown", 0, 1],
  ["ArrowDown", 3, 0],
  ["ArrowUp", 0, 3],
  ["ArrowUp", -1, 3],
  ["Home", 2, 0],
  ["End", 0, 3],
  ["s", 0, 1],
  ["s", 1, 0],
  ["c", 0, 2],
  ["z", 0, null],
  [" ", 0, null],
  ["Enter", 0, null],
];
for (const [key, at, expected] of MOVES)
  test(`menu: ${key} at ${at} leads to ${expected}`, () =>
    assert.equal(nextItem(key, at, TEXTS), expected));

import assert from "node:assert/strict";
import { test } from "node:test";
import { placeFor } from "../../../static/legend/place.js";

for (const [wish, rows, width, place] of [
  ["auto", 20, 900, "top"],
  ["auto", 21, 900, "right"],
  ["auto", 1000, 719, "top"],
  ["right", 1000, 480, "right"],
  ["top", 1000, 900, "top"],
  ["right", 1, 900, "right"],
  ["right", 1, 400, "top"],
  ["none", 1, 900, "none"],
]) {
  test(`${wish}, of ${rows} series on ${width} pixels: ${place}`, () =>
    assert.equal(placeFor(wish, rows, width), place));
}

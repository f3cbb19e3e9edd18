import assert from "node:assert/strict";
import { test } from "node:test";
import { COLORS, cssOf, pixelsOfColors } from "../../../static/image/colormap.js";
import { golden } from "../support/rules.js";

golden("color_at");

const PIXELS = pixelsOfColors();

test("each number has a pixel of its own, and none is transparent", () => {
  assert.equal(PIXELS.length, COLORS + 1);
  assert.equal(new Set(PIXELS).size, COLORS + 1);
  assert.equal(PIXELS[0], 0);
  const [, , , alpha] = new Uint8Array(PIXELS.buffer, 4, 4);
  assert.equal(alpha, 255);
});

test("a colour is one of CSS", () => {
  const [red, green, blue] = new Uint8Array(PIXELS.buffer, 4 * 255, 3);
  assert.equal(cssOf(255), `rgb(${red},${green},${blue})`);
  assert.equal(cssOf(0), "", "of no value");
});

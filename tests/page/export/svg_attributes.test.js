import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ANCHORS,
  BASELINES,
  colorOf,
  escaped,
  fontOf,
  short,
} from "../../../static/export/svg_attributes.js";

const TEXTS = [
  ["plain", "plain"],
  ["<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;"],
  ["a\u0000b\u000bc\uffff", "abc"],
  ["a\tb\nc", "a\tb\nc"],
];
for (const [text, expected] of TEXTS)
  test(`${JSON.stringify(text)} in a document`, () => assert.equal(escaped(text), expected));

const COLORS = [
  ["#0474d4", 'fill="#0474d4"'],
  ["rgba(4, 116, 212, 0.2)", 'fill="rgb(4, 116, 212)" fill-opacity="0.2"'],
  ['"/><script>', 'fill="&quot;/&gt;&lt;script&gt;"'],
  [{ gradient: true }, 'fill="none"'],
];
for (const [color, expected] of COLORS)
  test(`the colour ${JSON.stringify(color)}`, () => assert.equal(colorOf("fill", color), expected));

test("a number has hundredths, and zero no sign", () =>
  assert.deepEqual([1, 1.005, 1.239, -0.001, -2.5].map(short), ["1", "1", "1.24", "0", "-2.5"]));

const FONTS = [
  ["11px system-ui, sans-serif", 1, 'font-family="system-ui, sans-serif" font-size="11"'],
  ["600 13px/1.4 serif", 2, 'font-family="serif" font-size="26" font-weight="600"'],
  ["italic bold 10.5px serif", 1, 'font-family="serif" font-size="10.5" font-weight="bold"'],
  ["nonsense", 1, 'font-family="sans-serif" font-size="10"'],
];
for (const [font, scale, expected] of FONTS)
  test(`the font ${font}`, () => assert.equal(fontOf(font, scale), expected));

test("a text stands where the canvas has it", () => {
  assert.deepEqual([ANCHORS.right, ANCHORS.center, ANCHORS.left], ["end", "middle", undefined]);
  assert.deepEqual([BASELINES.middle, BASELINES.alphabetic], ["0.35em", undefined]);
});

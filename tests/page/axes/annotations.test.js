import assert from "node:assert/strict";
import { test } from "node:test";
import { paintBehind, paintNotes } from "../../../static/axes/annotations.js";
import { FakeContext } from "../support/canvas.js";
import { golden } from "../support/rules.js";

const PAINT = { text: "#text", note: "#note", shade: "#shade", font: "11px serif" };
const NOTHING = { lines: [], regions: [], marks: [] };

/** A plot area at 40, 10 of 400 x 100 pixels; a pixel is a unit of x and of y. */
function painted(paint, notes, words = true) {
  const context = new FakeContext();
  const scene = {
    box: { left: 40, top: 10, width: 400, height: 100 },
    xAt: (x) => x,
    yAt: (y) => 100 - y,
    notes: { ...NOTHING, ...notes },
    words,
  };
  paint(context, scene, PAINT);
  return context;
}

test("a region is shaded over the whole height, its text in its corner", () => {
  const context = painted(paintBehind, { regions: [{ from: 100, to: 200, text: "warm" }] });
  assert.deepEqual(context.of("fillRect"), [[140, 10, 100, 100]]);
  assert.deepEqual(context.of("fillText"), [["warm", 146, 16]]);
  assert.deepEqual(
    context.looks.map(({ fillStyle }) => fillStyle),
    ["#shade", "#text"],
  );
});

const REGIONS = [
  ["that begins before what is seen is cut", [-50, 20], [[40, 10, 20, 100]]],
  ["that ends behind it too", [390, 500], [[430, 10, 10, 100]]],
  ["beside what is seen is not there", [500, 600], []],
  ["without any width neither", [100, 100], []],
];
for (const [what, [from, to], expected] of REGIONS)
  test(`a region ${what}`, () => {
    const context = painted(paintBehind, { regions: [{ from, to, text: "" }] });
    assert.deepEqual(context.of("fillRect"), expected);
  });

test("a text has the room of its region, and is left out in panels below the first", () => {
  const regions = [{ from: 0, to: 60, text: "a long story" }];
  assert.deepEqual(painted(paintBehind, { regions }).texts, ["a long…"]);
  assert.deepEqual(painted(paintBehind, { regions }, false).texts, []);
});

test("a threshold goes across, dashed, with its text at the right", () => {
  const context = painted(paintNotes, { lines: [{ y: 30, text: "goal" }] });
  assert.deepEqual(context.lines, [[40, 80, 440, 80]]);
  assert.deepEqual(context.of("fillText"), [["goal", 438, 78]]);
  const [look] = context.looksOf("stroke");
  assert.deepEqual([look.strokeStyle, look.dashes, look.lineWidth], ["#note", [4, 3], 1]);
  assert.deepEqual(context.getLineDash(), [], "the next line is solid");
});

test("a threshold may be of another axis than that of the grid", () => {
  const context = new FakeContext();
  const box = { left: 0, top: 0, width: 100, height: 100 };
  const yAt = (value, axis = "left") => (axis === "right" ? value + 5 : NaN);
  const lines = ["right", "left", undefined].map((axis) => ({ y: 50, text: "", axis }));
  const scene = { box, xAt: (x) => x, yAt, notes: { ...NOTHING, lines }, words: true };
  paintNotes(context, scene, PAINT);
  assert.deepEqual(context.of("moveTo"), [[0, 55]], "what has no axis there is not drawn");
});

test("a threshold that is not seen is not drawn", () => {
  const lines = [-1, 101, NaN].map((y) => ({ y, text: "away" }));
  assert.deepEqual(painted(paintNotes, { lines }).calls, []);
});

test("a mark goes from top to bottom, in every panel; its text stands in the first", () => {
  const marks = [{ x: 50, text: "here" }];
  const context = painted(paintNotes, { marks });
  assert.deepEqual(context.lines, [[90, 10, 90, 110]]);
  assert.deepEqual(context.of("fillText"), [["here", 94, 12]]);
  assert.deepEqual(painted(paintNotes, { marks }, false).texts, []);
  assert.equal(painted(paintNotes, { marks }, false).lines.length, 1);
});

test("a text that would touch the one before is left out, its line is not", () => {
  const marks = [0, 20, 37, 500].map((x) => ({ x, text: "1234" }));
  const context = painted(paintNotes, { marks });
  assert.deepEqual(
    context.lines.map(([x]) => x - 40),
    [0, 20, 37],
  );
  assert.deepEqual(
    context.of("fillText").map(([, x]) => x - 44),
    [0, 37],
  );
});

test("without notes the context is left alone", () => {
  assert.deepEqual(painted(paintNotes, {}).calls, []);
  assert.equal(painted(paintNotes, {}).font, "10px sans-serif");
});

golden("annotations");

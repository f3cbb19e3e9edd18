import assert from "node:assert/strict";
import { test } from "node:test";
import { paintBehind, paintNotes } from "../../../static/axes/annotations.js";
import { FakeContext } from "../support/canvas.js";
import { golden } from "../support/rules.js";

const PAINT = { text: "#text", note: "#note", shade: "#shade", font: "11px serif" };
const NOTHING = { lines: [], regions: [], marks: [] };

/** A plot area at 40, 10 of 400 x 100 pixels; a pixel is a unit of x and of y. */
function painted(paint, notes, words = true, halo = null) {
  const context = new FakeContext();
  const scene = {
    box: { left: 40, top: 10, width: 400, height: 100 },
    xAt: (x) => x,
    yAt: (y) => 100 - y,
    suffixes: { main: "V" },
    notes: { ...NOTHING, ...notes },
    words,
    halo,
  };
  paint(context, scene, PAINT);
  return context;
}

/** Regions, and the texts in their corners. */
const regionsAnd = (regions, words) => {
  const notes = { regions };
  return [painted(paintBehind, notes, words), painted(paintNotes, notes, words)];
};

test("a region is shaded over the whole height, its text in its corner", () => {
  const [behind, over] = regionsAnd([{ from: 100, to: 200, text: "warm" }]);
  assert.deepEqual(behind.of("fillRect"), [[140, 10, 100, 100]]);
  assert.deepEqual(over.of("fillText"), [["warm", 146, 12]]);
  const looks = [...behind.looks, ...over.looksOf("fillText")];
  assert.deepEqual(
    looks.map(({ fillStyle }) => fillStyle),
    ["#shade", "#text"],
  );
});

test("texts of regions that overlap stand in rows, over all of them", () => {
  const [behind, over] = regionsAnd([
    { from: 0, to: 200, text: "warm-up" },
    { from: 20, to: 300, text: "second" },
  ]);
  assert.deepEqual(behind.texts, []);
  assert.deepEqual(over.of("fillText"), [
    ["warm-up", 46, 12],
    ["second", 66, 26],
  ]);
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
  assert.deepEqual(painted(paintNotes, { regions }).texts, ["a long…"]);
  assert.deepEqual(painted(paintNotes, { regions }, false).texts, []);
});

test("a threshold goes across, dashed, with its text at the right", () => {
  const context = painted(paintNotes, { lines: [{ y: 30, text: "goal" }] });
  assert.deepEqual(context.lines, [[40, 80, 440, 80]]);
  assert.deepEqual(context.of("fillText"), [["goal", 414, 66]]);
  const [look] = context.looksOf("stroke");
  assert.deepEqual([look.strokeStyle, look.dashes, look.lineWidth], ["#note", [4, 3], 1]);
  assert.deepEqual(context.getLineDash(), [], "the next line is solid");
});

test("a threshold may be of another axis than that of the grid", () => {
  const context = new FakeContext();
  const box = { left: 0, top: 0, width: 100, height: 100 };
  const yAt = (value, axis = "left") => (axis === "right" ? value + 5 : null);
  const lines = ["right", "left", undefined].map((axis) => ({ y: 50, text: "", axis }));
  const axes = { yAt, suffixes: {} };
  const scene = { box, xAt: (x) => x, ...axes, notes: { ...NOTHING, lines }, words: true };
  paintNotes(context, scene, PAINT);
  assert.deepEqual(context.of("moveTo"), [[0, 55]], "what has no axis there is not drawn");
});

test("a threshold at the upper edge has its text below it", () => {
  const context = painted(paintNotes, { lines: [{ y: 95, text: "goal" }] });
  assert.deepEqual(context.of("fillText"), [["goal", 414, 17]]);
});

test("a threshold that is not seen is said at the edge that is nearer", () => {
  const lines = [150, -1, 101, NaN, 200].map((y) => ({ y, text: `at ${y}` }));
  const context = painted(paintNotes, { lines });
  assert.deepEqual(context.lines, []);
  assert.deepEqual(context.of("fillText"), [
    ["↑ at 150", 390, 12],
    ["↓ at -1", 396, 96],
    ["↑ at 101", 390, 26],
    ["↓ at NaN", 390, 82],
    ["↑ at 200", 390, 40],
  ]);
});

test("of more of them than there are rows the first are said, without words by their numbers", () => {
  const lines = Array.from({ length: 9 }, () => ({ y: 500, text: "" }));
  assert.deepEqual(painted(paintNotes, { lines }).texts, Array(6).fill("↑ 500\u202fV"));
});

test("a mark at the live edge has its text at its left", () => {
  const marks = [{ x: 399, text: "here" }];
  assert.deepEqual(painted(paintNotes, { marks }).of("fillText"), [["here", 40 + 371, 12]]);
});

test("texts do not touch each other: they stand in rows, or are left out", () => {
  const spots = (notes) => {
    const found = painted(paintNotes, notes).of("fillText");
    return found.map(([text, x, y]) => [text, x - 40, y - 10]);
  };
  const marks = (...all) => all.map((x) => ({ x, text: "1234" }));
  assert.deepEqual(spots({ marks: marks(399, 20, 30, 60) }), [
    ["1234", 371, 2],
    ["1234", 24, 2],
    ["1234", 34, 16],
    ["1234", 64, 2],
  ]);
  assert.equal(spots({ marks: marks(0, 1, 2, 3, 4, 5, 6, 7, 8) }).length, 6);
  const lines = [500, 97].map((y) => ({ y, text: "goal" }));
  assert.deepEqual(spots({ lines, marks: marks(345) }), [
    ["goal", 374, 5],
    ["↑ goal", 362, 30],
    ["1234", 349, 44],
  ]);
});

test("a mark's text stands where no line crosses it, if there is such a place", () => {
  const marks = [
    { x: 100, text: "first" },
    { x: 120, text: "second" },
  ];
  assert.deepEqual(painted(paintNotes, { marks }).of("fillText"), [
    ["first", 40 + 66, 12],
    ["second", 40 + 124, 12],
  ]);
});

test("what marks at one place say is said in rows, and the same only once", () => {
  const marks = ["one", "two", "one"].map((text) => ({ x: 100, text }));
  assert.deepEqual(painted(paintNotes, { marks }).of("fillText"), [
    ["one", 144, 12],
    ["two", 144, 26],
  ]);
});

test("thousands of marks are a line a pixel, and where a text has no place few are measured", (t) => {
  const marks = Array.from({ length: 10_000 }, (_, i) => ({ x: i / 25, text: `mark ${i}` }));
  const measured = t.mock.method(FakeContext.prototype, "measureText").mock;
  const context = painted(paintNotes, { marks });
  assert.equal(context.lines.length, 401);
  assert.ok(context.texts.length > 24, "in four rows and more");
  assert.ok(measured.callCount() < 1_000, `${measured.callCount()}`);
});

test("a region's text touches none of a mark, and it is said where texts stand", () => {
  const regions = [{ from: 0, to: 200, text: "warm-up" }];
  const marks = [{ x: 10, text: "here" }];
  let boxes;
  const paint = (...all) => {
    boxes = paintNotes(...all);
  };
  assert.deepEqual(painted(paint, { regions, marks }).of("fillText"), [
    ["warm-up", 46, 12],
    ["here", 54, 26],
  ]);
  assert.deepEqual(boxes, [
    { left: 46, top: 12, width: 42, height: 12 },
    { left: 54, top: 26, width: 24, height: 12 },
  ]);
});

test("notes that fail are left out, and the context is as it was", (t) => {
  const said = t.mock.method(console, "error", () => {}).mock;
  const notes = { marks: [{ x: 10, text: "here" }], regions: [{ from: 0, to: 9, text: "warm" }] };
  const fail = () => {
    throw new Error("a fault");
  };
  for (const paint of [paintBehind, paintNotes]) {
    let boxes;
    const context = painted((...[its, scene, look]) => {
      boxes = paint(its, { ...scene, xAt: fail }, look);
    }, notes);
    assert.deepEqual([context.texts, context.of("fillRect"), context.getLineDash()], [[], [], []]);
    assert.deepEqual(boxes ?? [], []);
  }
  assert.equal(said.callCount(), 2);
});

test("without notes the context is left alone", () => {
  assert.deepEqual(painted(paintNotes, {}).calls, []);
  assert.equal(painted(paintNotes, {}).font, "10px sans-serif");
});

golden("annotations");
golden("beyond");
golden("mark_start");

test("over an image lines and texts have a halo, and a region lets it shine through", () => {
  const notes = { lines: [{ y: 30, text: "goal" }], marks: [{ x: 90, text: "here" }] };
  const context = painted(paintNotes, notes, true, "#paper");
  assert.deepEqual(
    context.looksOf("stroke").map(({ strokeStyle, lineWidth }) => [strokeStyle, lineWidth]),
    [
      ["#paper", 4],
      ["#note", 1],
      ["#paper", 4],
      ["#text", 1],
    ],
  );
  assert.deepEqual(context.of("strokeText"), context.of("fillText"));
  const regions = [{ from: 100, to: 200, text: "warm" }];
  const behind = painted(paintBehind, { regions }, true, "#paper");
  assert.equal(behind.looksOf("fillRect")[0].globalAlpha, 0.25);
  assert.equal(painted(paintNotes, { regions }, true, "#paper").of("strokeText").length, 1);
});

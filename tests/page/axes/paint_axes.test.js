import assert from "node:assert/strict";
import { test } from "node:test";
import { CHUNK_GAP, paintAxes, SWATCH_WIDTH } from "../../../static/axes/paint_axes.js";
import { FakeContext } from "../support/canvas.js";

const PAINT = { grid: "#grid", axis: "#axis", text: "#text", font: "11px serif" };
const ticks = (...values) => ({
  list: values.map((value) => ({ value, label: `${value}` })),
  context: "",
  unit: null,
});
const side = (values, more = {}) => ({
  ticks: ticks(...values),
  at: (place) => 100 - place,
  color: null,
  head: [],
  ...more,
});

/** A canvas of 500 x 150 pixels, a plot area of 400 x 100 in it; a pixel is a unit. */
function painted(scene = {}) {
  const context = new FakeContext();
  const whole = {
    box: { left: 40, top: 10, width: 400, height: 100 },
    x: ticks(),
    bottom: true,
    left: side([]),
    right: null,
    xAt: (place) => place,
    xLabel: "",
    width: 500,
    height: 150,
    ...scene,
  };
  paintAxes(context, whole, PAINT);
  return context;
}
const lookAt = (context, text, key) =>
  context.looksOf("fillText")[context.texts.indexOf(text)][key];

test("each tick has a line, those of y on whole pixels", () => {
  const { lines } = painted({ x: ticks(0, 100.25), left: side([20.2]) });
  assert.deepEqual(lines, [
    [40, 10, 40, 110],
    [140.25, 10, 140.25, 110],
    [40, 90.5, 440, 90.5],
    [40, 110.5, 440, 110.5],
  ]);
});

test("the grid is thinner than the axis below, its fine lines fainter", () => {
  const x = { ...ticks(100), fine: [50] };
  const strokes = painted({ x }).looksOf("stroke");
  assert.deepEqual(
    strokes.map(({ strokeStyle, globalAlpha }) => [strokeStyle, globalAlpha]),
    [
      ["#grid", 0.5],
      ["#grid", 1],
      ["#axis", 1],
    ],
  );
});

test("lines and labels beside the plot area are not drawn", () => {
  const context = painted({ x: ticks(-5, 405), left: side([-5, 105]) });
  assert.deepEqual(context.lines, [[40, 110.5, 440, 110.5]]);
  assert.deepEqual(context.texts, []);
});

test("labels stand at their ticks, those of each side in its colour", () => {
  const context = painted({
    x: ticks(200),
    left: side([50]),
    right: side([25], { color: "#right" }),
  });
  assert.deepEqual(context.of("fillText"), [
    ["50", 32, 60],
    ["25", 448, 85],
    ["200", 240, 125],
  ]);
  assert.deepEqual(
    ["50", "25", "200"].map((text) => [
      lookAt(context, text, "fillStyle"),
      lookAt(context, text, "textAlign"),
    ]),
    [
      ["#text", "right"],
      ["#right", "left"],
      ["#text", "center"],
    ],
  );
});

test("the lines across are those of the left axis, or of the right where there is no other", () => {
  const across = (left, right) =>
    painted({ left, right })
      .lines.slice(0, -1)
      .map(([, y]) => y);
  assert.deepEqual(across(side([30]), side([60])), [80.5]);
  assert.deepEqual(across(null, side([60])), [50.5]);
  assert.deepEqual(across(null, null), []);
});

test("a label of x fades at the ends of the canvas, and none is cut", () => {
  const wide = { left: 0, top: 10, width: 500, height: 100 };
  const context = painted({ box: wide, x: ticks(2, 4, 250, 498) });
  assert.deepEqual(context.texts, ["4", "250"]);
  assert.deepEqual(
    ["4", "250"].map((text) => lookAt(context, text, "globalAlpha")),
    [1 / 6, 1],
  );
  assert.equal(context.globalAlpha, 1);
});

test("where x stands still, a label stands aside to be whole, but not far", () => {
  const wide = { left: 0, top: 10, width: 500, height: 100 };
  const list = [1, 495, 499].map((value) => ({ value, label: "12" }));
  const context = painted({ box: wide, x: { list, context: "" }, still: true });
  const half = context.measureText("12").width / 2;
  assert.deepEqual(
    context.of("fillText").map(([, at]) => at),
    [half, 500 - half, 500 - half],
  );
  assert.equal(lookAt(context, "12", "globalAlpha"), 1);
  const long = [{ value: 498, label: "1 000 000 000" }];
  assert.deepEqual(painted({ box: wide, x: { list: long }, still: true }).texts, []);
});

test("below stand what the labels leave out, and what x is; only in the last panel", () => {
  const x = { ...ticks(), context: "2 October" };
  const context = painted({ x, xLabel: "time" });
  assert.deepEqual(context.of("fillText"), [
    ["2 October", 40, 139, 200],
    ["time", 440, 146, 200],
  ]);
  assert.deepEqual(painted({ xLabel: "time" }).of("fillText"), [["time", 440, 146, 400]]);
  assert.deepEqual(painted({ x, xLabel: "time", bottom: false }).texts, []);
});

const chunk = (text) => ({ text, color: "", width: 6 * text.length });
const SWATCH = { text: "", color: "#key", width: SWATCH_WIDTH };

test("a head has its swatches and names, one after the other", () => {
  const context = painted({ left: side([], { head: [SWATCH, chunk("loss")] }) });
  assert.deepEqual(context.of("fillRect"), [[14, 7, SWATCH_WIDTH, 3]]);
  assert.equal(context.looksOf("fillRect")[0].fillStyle, "#key");
  assert.deepEqual(context.of("fillText"), [["loss", 14 + SWATCH_WIDTH + CHUNK_GAP, 12]]);
});

test("the head of the right axis ends where the canvas does", () => {
  const context = painted({ left: null, right: side([], { head: [chunk("accuracy")] }) });
  assert.deepEqual(context.of("fillText"), [["accuracy", 500 - 14 - 48, 12]]);
});

test("two heads share the width, and what has no room says so", () => {
  const long = "x".repeat(60);
  const { texts } = painted({
    left: side([], { head: [chunk(long)] }),
    right: side([], { head: [chunk(long)] }),
  });
  assert.deepEqual(
    texts.map((text) => [text.length, text.at(-1)]),
    [
      [39, "…"],
      [35, "…"],
    ],
  );
});

test("the context is left as it was found", () => {
  const context = painted({ x: ticks(1) });
  assert.deepEqual(
    [context.font, context.fillStyle, context.strokeStyle],
    ["10px sans-serif", "#000000", "#000000"],
  );
});

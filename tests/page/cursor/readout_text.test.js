import assert from "node:assert/strict";
import { test } from "node:test";
import { contentOf, sentenceOf } from "../../../static/cursor/readout_text.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";
import { pointedIn, geometryOf } from "../../../static/cursor/overlay_geometry.js";

const plain = (text) => text.replace(/\u202f/g, " ").replace(/\u2212/g, "-");
const volts = axisView(LINEAR, [10, 0], 100, { suffix: "V" });
const watts = axisView(LINEAR, [100, 0], 100, { suffix: "W" });
const series = [
  { name: "a", color: "#111", axis: volts },
  { name: "b", color: "#222", axis: watts },
];
const PANELS = [
  {
    box: { left: 40, top: 10, width: 100, height: 100 },
    x: axisView(LINEAR, [0, 100], 100),
    left: volts,
    right: watts,
    series,
  },
];
const MODEL = new Map([
  ["a", { id: 1 }],
  ["b", { id: 2 }],
]);
const TARGET = { x: 50, y: 5, panel: 0, key: "0:left", series: "a", spot: { x: 90, y: 60 } };
const reading = (name, x, y, rest = {}) => ({
  name,
  color: "#111",
  panel: 0,
  key: "0:left",
  suffix: "V",
  xy: false,
  x,
  y,
  exact: true,
  spot: { x: 40 + x, y: 60 },
  ...rest,
});
const mark = (x, y, axis = "0:left") => ({ x, y, axis });
const read = (rest) => ({
  panels: PANELS,
  model: MODEL,
  options: { time: false, x_unit: "s" },
  target: null,
  readings: [],
  marks: { a: null, b: null, before: null },
  figures: null,
  ...rest,
});

test("a row says what is known of a value, and how well", () => {
  const readings = [
    reading("a", 50, 5),
    reading("b", 50, NaN, { exact: false }),
    reading("c", 51, 2, { xy: true, spot: { x: NaN, y: 0 } }),
  ];
  const { at, rows } = contentOf(read({ target: TARGET, readings }));
  assert.equal(plain(at), "50 s");
  assert.deepEqual(
    rows.map(({ value }) => plain(value)),
    ["5 V", "≈ gap", "51, 2 V"],
  );
  assert.deepEqual(
    rows.map(({ distance }) => distance),
    [0, 0, Infinity],
  );
});

test("the crosshair stands on the points that are read, if they share an x", () => {
  const at = (...readings) => plain(contentOf(read({ target: TARGET, readings })).at);
  assert.deepEqual(
    [
      at(reading("a", 52, 1), reading("b", 52, 1)),
      at(reading("a", 52, 1), reading("b", 53, 1)),
      at(reading("a", 52, 1, { xy: true })),
    ],
    ["52 s", "50 s", "50 s"],
  );
  assert.equal(geometryOf(read({ target: TARGET, readings: [reading("a", 52, 1)] })).cross.x, 92);
});

test("one mark says where it is, two what lies between them", () => {
  const measured = (rest) => contentOf(read(rest)).measured;
  assert.equal(measured({}), null);
  assert.deepEqual(
    measured({ marks: { a: mark(20, 5), b: null } }).differences.map(([name, value]) => [
      name,
      plain(value),
    ]),
    [["A", "20 s"]],
  );
  const marks = { a: mark(20, 30, "0:right"), b: mark(40, 50, "0:right") };
  const { differences, rows, note } = measured({ marks });
  assert.deepEqual([plain(differences[1][1]), rows, note], ["20 W", [], "computing…"]);
  assert.equal(measured({ marks: { a: mark(20, 5), b: mark(20, 6) } }).note, "");
});

test("figures come in the order of the series, and say what they are of", () => {
  const figures = (complete) => ({
    series: [{ id: 2, mean: 1.5, min: 1, max: 2, sd: null, count: 9, complete }],
  });
  const measured = (complete) =>
    contentOf(read({ marks: { a: mark(20, 5), b: mark(40, 5) }, figures: figures(complete) }))
      .measured;
  assert.deepEqual(measured(true).rows, [
    { name: "b", color: "#222", figures: ["1.5", "1", "2", "–", "9"] },
  ]);
  assert.deepEqual([measured(true).note, measured(false).note], ["", "of what is still held"]);
});

test("a sentence has the place, the values, and the differences", () => {
  const said = sentenceOf(
    contentOf(
      read({ target: TARGET, readings: [reading("a", 50, 5)], marks: { a: mark(20, 5), b: null } }),
    ),
  );
  assert.equal(plain(said), "50 s, a 5 V, A 20 s");
});

test("marks stand where their axis has them, and are not to be hidden", () => {
  const one = read({ target: TARGET, marks: { a: mark(20, 5), b: mark(40, 50, "0:right") } });
  assert.deepEqual(geometryOf(one).flags, [
    { x: 60, y: 60, name: "A" },
    { x: 80, y: 60, name: "B" },
  ]);
  assert.deepEqual(
    pointedIn(one).map(({ x }) => x),
    [60, 80, 90],
  );
});

test("points outside the plot area have no ring", () => {
  const readings = [reading("a", 50, 5), reading("b", 300, 5)];
  assert.deepEqual(geometryOf(read({ target: TARGET, readings })).dots, [
    { x: 90, y: 60, color: "#111" },
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrangementOf, colorsOf, lookOf, notesOf } from "../../../static/picture/panel_options.js";
import { completeOptions } from "../../../static/link/options.js";
import { scalesOf } from "../support/lines.js";
import { golden } from "../support/rules.js";

const OPTIONS = completeOptions({
  x_label: "step",
  y_label: "loss",
  y2_label: "accuracy",
  y_unit: "V",
  y2_unit: "%",
});
const NOTES = { lines: [], regions: [], marks: [] };
const line = (name, axis) => ({ name, label: name, axis, color: `#${name}` });
const look = (lines, index = 0, count = 1, options = OPTIONS) =>
  lookOf(options, NOTES, lines, index, count, scalesOf(options));

test("one axis is at the left, and names no series", () => {
  const { left, right, x } = look([line("a", "left")]);
  assert.deepEqual(
    [left.label, left.suffix, left.keys, left.color, right, x.label],
    ["loss", "V", [], null, null, "step"],
  );
});

test("y counts the cells of an image where no line has another y there", () => {
  const counted = (lines) =>
    lookOf(OPTIONS, NOTES, lines, 0, 1, scalesOf(OPTIONS), undefined, { x: true, y: true }).left
      .counted;
  assert.deepEqual([counted([]), counted([line("a", "left")])], [true, undefined]);
});

test("y is said downwards where the image says so, and no line is there", () => {
  const cells = { x: true, y: true, said: (y) => 9 - y };
  const left = (lines) =>
    lookOf(OPTIONS, NOTES, lines, 0, 1, scalesOf(OPTIONS), undefined, cells).left;
  assert.equal(left([]).said(2), 7);
  assert.equal(left([line("a", "left")]).said, undefined);
});

test("of two axes each shows its series, in their colour if it is one", () => {
  const { left, right } = look([line("a", "left"), line("b", "right"), line("c", "right")]);
  assert.deepEqual([left.color, left.keys.length, left.named], ["#a", 1, false]);
  assert.deepEqual(
    [right.label, right.suffix, right.color, right.keys.map(({ name }) => name)],
    ["accuracy", "%", null, ["b", "c"]],
  );
});

test("an axis that nothing belongs to is not there", () =>
  assert.equal(look([line("b", "right")]).left, null));
test("an empty plot has one at the left", () => assert.equal(look([]).left.label, "loss"));

test("panels leave the names to their legends; x's label stands below the last", () => {
  const [top, bottom] = [look([line("a", "left")], 0, 2), look([line("b", "left")], 1, 2)];
  assert.deepEqual([top.left.keys, top.x.label, top.first, top.last], [[], "", true, false]);
  assert.deepEqual([bottom.x.label, bottom.first, bottom.last], ["step", false, true]);
});

test("without a legend panels name their series", () => {
  const options = completeOptions({ legend: "none" });
  const { left } = look([line("a", "left")], 0, 2, options);
  assert.deepEqual([left.named, left.keys.length], [true, 1]);
});

test("a panel says what its colours are", () => {
  const image = { z: [0, 5], log: false };
  const panels = [["a"], { series: ["b"], z_label: "count" }];
  const options = completeOptions({ z_label: "depth", z_unit: "km", panels });
  const labels = [0, 1].map((index) => colorsOf(options, index, [], image));
  assert.deepEqual(
    labels.map(({ label, unit }) => [label, unit]),
    [
      ["depth", "km"],
      ["count", "km"],
    ],
  );
});

test("what a panel says is its own, what it does not say the plot's", () => {
  const limit = [{ y: 80, text: "limit" }];
  const panels = [{ series: ["a"], y_unit: "%", y_label: "", lines: limit }, ["b"]];
  const options = completeOptions({
    y_label: "U",
    y_unit: "V",
    lines: [{ y: 1, text: "" }],
    panels,
  });
  const [top, bottom] = [0, 1].map((index) => look([line("a", "left")], index, 2, options));
  assert.deepEqual([top.left.suffix, top.left.label, top.notes.lines], ["%", "", limit]);
  assert.deepEqual([bottom.left.suffix, bottom.left.label], ["V", "U"]);
  assert.equal(bottom.notes.lines, options.lines);
});

golden("sides");

test("beside amplitudes stand no marks, which are at an x of the points", () => {
  const marks = [{ x: 1, text: "here" }];
  const lines = [{ y: 1, text: "limit" }];
  const notes = (style) => notesOf(completeOptions({ style, lines }), marks);
  assert.deepEqual(notes("line"), { lines, regions: [], marks });
  assert.deepEqual(notes("spectrum"), { lines, regions: [], marks: [] });
  assert.equal(notes("spectrum").marks, notes("spectrum").marks);
});

test("ranges of the signal are none of its spectrum", () => {
  const [line, area, spectrum] = ["line", "area", "spectrum"].map((style) =>
    arrangementOf(completeOptions({ style }), []),
  );
  assert.equal(line, area);
  assert.notEqual(line, spectrum);
});

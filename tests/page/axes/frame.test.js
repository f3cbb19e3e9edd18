import assert from "node:assert/strict";
import { OWN } from "../../../static/base/zones.js";
import { test } from "node:test";
import { Frame } from "../../../static/axes/frame.js";
import { LINEAR, linearFor, LOG } from "../../../static/view/scale.js";
import { FakeContext, LETTER } from "../support/canvas.js";
import { golden } from "../support/rules.js";

const SIZE = [500, 300];
const axis = (more = {}) => ({
  scale: LINEAR,
  label: "",
  suffix: "",
  color: null,
  keys: [],
  named: false,
  ...more,
});
const look = (more = {}) => ({
  time: false,
  zone: OWN,
  x: { scale: LINEAR, label: "", suffix: "" },
  left: axis(),
  right: null,
  first: true,
  last: true,
  notes: { lines: [], regions: [], marks: [] },
  ...more,
});

function frameOf(more = {}) {
  const frame = new Frame(new FakeContext());
  frame.setLook(look(more));
  return frame;
}

/** @param {Frame} frame */
function layOut(frame, { x = [0, 10], left = [0, 1], right = [0, 1] } = {}) {
  const gutters = frame.layOutY(left, right, ...SIZE);
  frame.layOutX(x, gutters, ...SIZE);
  return gutters;
}

function painted(frame, ranges = {}) {
  layOut(frame, ranges);
  const [from, to] = ranges.x ?? [0, 10];
  const { width, height } = frame.boxIn(...SIZE);
  const down =
    ([low, high] = [0, 1]) =>
    (place) =>
      height - ((place - low) / (high - low)) * height;
  const across = (place) => ((place - from) / (to - from)) * width;
  frame.context.forget();
  frame.paint(across, down(ranges.left), down(ranges.right), ...SIZE);
  return frame.context;
}

test("a bare frame has room for labels at the left and below", () => {
  const frame = frameOf();
  layOut(frame);
  assert.deepEqual(frame.margins, { left: 40, right: 16, top: 10, bottom: 22 });
  assert.deepEqual(frame.boxIn(...SIZE), { left: 40, top: 10, width: 444, height: 268 });
});

test("a canvas without room has a plot area all the same", () =>
  assert.deepEqual(frameOf().boxIn(10, 10), { left: 40, top: 10, width: 1, height: 1 }));

test("wide labels take room at once, in steps, and give it back late", () => {
  const frame = frameOf();
  const widths = [
    [0, 1],
    [0, 2e6 + 1],
    [0, 30],
    [0, 9e6],
    [0, 1],
  ].map((left) => layOut(frame, { left }).left);
  assert.deepEqual(
    widths.map((width) => width % 8),
    [0, 0, 0, 0, 0],
  );
  const wide = frameOf({ left: axis({ suffix: "a long unit" }) });
  const first = layOut(wide, { left: [0, 1] }).left;
  assert.ok(first > 80, `${first} pixels`);
  assert.equal(layOut(wide, { left: [0, 8] }).left, first, "a little less is not given back");
});

test("an axis that is not there needs no room", () => {
  const frame = frameOf({ left: null, right: axis({ suffix: "a long unit" }) });
  const { left, right } = layOut(frame);
  assert.equal(left, 40);
  assert.ok(right > 80);
});

test("room below is for two lines where there is a second", () => {
  const bottomOf = (more) => {
    const frame = frameOf(more);
    layOut(frame);
    return frame.bottom;
  };
  const label = { scale: LINEAR, label: "step", suffix: "" };
  assert.deepEqual([bottomOf({}), bottomOf({ x: label }), bottomOf({ last: false })], [22, 36, 8]);
});

test("a head above the axis has room too", () => {
  const frame = frameOf({ left: axis({ label: "volts" }) });
  assert.equal(frame.margins.top, 26);
  assert.deepEqual(painted(frame).of("fillText").at(-1), ["volts", 14, 12]);
});

test("the keys of an axis are swatches, with names where it is asked for", () => {
  const keys = [{ name: "loss", color: "#loss" }];
  assert.deepEqual(painted(frameOf({ left: axis({ keys }) })).of("fillRect"), [[14, 7, 10, 3]]);
  const named = painted(frameOf({ left: axis({ keys, named: true }) }));
  assert.deepEqual(named.of("fillText").at(-1), ["loss", 29, 12]);
});

test("ticks of y are closer where there is less room", () => {
  const labels = (height) => {
    const frame = frameOf();
    frame.layOutX([0, 1], frame.layOutY([0, 100], [0, 1], 500, height), 500, height);
    frame.paint(
      (x) => x,
      (y) => y,
      (y) => y,
      500,
      height,
    );
    return frame.context.texts.filter((text) => /^\d+$/.test(text)).length;
  };
  assert.ok(labels(400) > labels(80), "a higher plot has more labels");
});

test("x has labels of numbers, of times, and of powers of ten", () => {
  const texts = (more, x) => painted(frameOf(more), { x }).texts;
  assert.ok(texts({}, [0, 10]).includes("4"));
  const noon = new Date(2026, 9, 2, 12).getTime() / 1000;
  const times = texts({ time: true }, [noon, noon + 3600]);
  assert.ok(
    times.some((text) => /^12:[1-5]\d/.test(text)),
    times.join(),
  );
  const log = { scale: LOG, label: "", suffix: "Hz" };
  assert.ok(texts({ x: log }, [0, 6]).includes("10\u202fkHz"));
});

test("y has labels of powers of ten", () => {
  const log = frameOf({ left: axis({ scale: LOG, suffix: "V" }) });
  const { texts } = painted(log, { left: [-3, 3] });
  assert.ok(texts.includes("10\u202fmV"));
  const bare = frameOf({ left: axis({ scale: LOG }) });
  assert.ok(painted(bare, { left: [-6, 3] }).texts.includes("10⁻²"));
});

test("what is written on the plot stands where its values are, on a logarithmic axis too", () => {
  const notes = {
    lines: [{ y: 100, text: "goal" }],
    regions: [{ from: 2, to: 4, text: "warm" }],
    marks: [{ x: 5, text: "here" }],
  };
  const frame = frameOf({ notes, left: axis({ scale: LOG }) });
  const context = painted(frame, { left: [0, 4] });
  const { left, top, width, height } = frame.boxIn(...SIZE);
  const at = (text) => context.of("fillText").find(([one]) => one === text);
  assert.deepEqual(at("goal"), ["goal", left + width - 2 - 4 * LETTER, top + height / 2 - 14]);
  assert.deepEqual(at("warm"), ["warm", left + 0.2 * width + 6, top + 2]);
  assert.deepEqual(at("here"), ["here", left + width / 2 + 4, top + 2]);
});

test("an offset stands above y and below x, and has room there", () => {
  const frame = frameOf({ left: axis({ label: "volts", suffix: "V" }) });
  const ranges = { x: [1e6, 1e6 + 1e-6], left: [1 - 1.2e-13, 1 + 1.2e-13] };
  const { texts } = painted(frame, ranges);
  assert.ok(texts.includes("+1\u202f000\u202f000") && texts.includes("+1\u202fV"), texts.join());
  assert.ok(texts.indexOf("+1\u202fV") < texts.indexOf("volts"));
  assert.deepEqual([frame.margins.top, frame.margins.bottom], [26, 36]);
  const bare = frameOf();
  layOut(bare, ranges);
  assert.equal(bare.margins.top, 26);
  layOut(bare, { x: [0, 1], left: [0, 1] });
  assert.deepEqual([bare.margins.top, bare.margins.bottom], [10, 22]);
});

test("where an axis has scaled values, labels and notes are of values", () => {
  const scale = linearFor(1.7e308);
  const notes = { lines: [{ y: 0, text: "zero" }], regions: [], marks: [{ x: 0, text: "here" }] };
  const frame = frameOf({ notes, x: { scale, label: "", suffix: "" }, left: axis({ scale }) });
  const ends = [-1.7e308, 1.7e308].map(scale.scaledOf);
  const context = painted(frame, { x: ends, left: ends });
  assert.equal(context.texts.filter((text) => /^10(0×10³⁰⁶|³⁰⁸)$/.test(text)).length, 2);
  const { left, top, width, height } = frame.boxIn(...SIZE);
  const at = (text) => context.of("fillText").find(([one]) => one === text);
  assert.equal(at("zero")[2], top + height / 2 - 14);
  assert.equal(at("here")[1], left + width / 2 + 4);
});

test("labels that differ in digits only are measured once", (t) => {
  const frame = frameOf();
  const measure = t.mock.method(frame.context, "measureText");
  layOut(frame, { left: [0, 1] });
  const first = measure.mock.callCount();
  layOut(frame, { left: [2, 3] });
  assert.deepEqual([first > 0, measure.mock.callCount()], [true, first]);
  frame.setPaint({ font: "20px serif" });
  layOut(frame, { left: [2, 3] });
  assert.ok(measure.mock.callCount() > first, "another font is measured anew");
  assert.equal(frame.context.font, "20px serif");
});

test("the paint of a frame is that of the page", () => {
  const frame = frameOf();
  frame.setPaint({ grid: "#grid", axis: "#axis", text: "#text" });
  const context = painted(frame);
  assert.deepEqual(
    [...new Set(context.looksOf("stroke").map(({ strokeStyle }) => strokeStyle))],
    ["#grid", "#axis"],
  );
});

golden("heads");
golden("gutter");

test("the last label of a range that stands still is whole, of one that moves it fades", () => {
  const last = (frame, x) => {
    const context = painted(frame, { x });
    return (
      context.looksOf("fillText")[context.texts.indexOf("1\u202f000\u202f000")]?.globalAlpha ?? 0
    );
  };
  const frame = frameOf();
  assert.equal(last(frame, [0, 1e6]), 1);
  assert.equal(last(frame, [1, 1e6]), 0);
  assert.equal(last(frame, [1, 1e6]), 1);
  layOut(frame, { x: [0, 1] });
  assert.equal(last(frame, [0, 1e6]), 1);
});

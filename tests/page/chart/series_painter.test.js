import assert from "node:assert/strict";
import { test } from "node:test";
import { SeriesPainter } from "../../../static/chart/series_painter.js";
import { FakeContext } from "../support/canvas.js";
import { golden } from "../support/rules.js";

const BOX = { left: 40, top: 10, width: 100, height: 100 };
/** Of lines that are few. */
const NONE = { has: () => false, flush() {} };
const axisOf = (min, max, p2c) => ({ options: { min, max }, p2c, scale: 100 / (max - min) });

/** Where it is painted: x and y from 0 to `to`, on 100 pixels. */
function canvasOf(to = 10, ratio = 1, crowd = NONE) {
  const painted = [];
  const context = new FakeContext();
  return {
    context,
    painted,
    box: BOX,
    ratio,
    crowd,
    x: axisOf(0, to, (x) => (x / to) * 100),
    y: { ...axisOf(0, to, (y) => 100 - (y / to) * 100), scale: -100 / to },
    paint: (drawer, points) => painted.push([drawer, [...points]]),
  };
}
const seriesOf = () => ({
  color: "#line",
  lines: { lineWidth: 0, fill: false },
  points: { radius: 2, fillColor: "#line" },
  bars: { barWidth: [0, true] },
});
const flat = (...points) => Float64Array.from(points.flat());
const lineOf = (points, more = {}) => ({
  points,
  kind: "points",
  style: "line",
  color: "#0474d4",
  dashes: [],
  opacity: 1,
  dots: false,
  width: null,
  band: null,
  head: null,
  derived: false,
  dashed: false,
  ...more,
});
const drawers = ({ painted }) => painted.map(([drawer]) => drawer);
const noise = (count) =>
  Float64Array.from({ length: 2 * count }, (_, i) =>
    i % 2 ? ((i >> 1) % 2) * 9 : ((i >> 1) / count) * 10,
  );

function paint(line, canvas = canvasOf(), brush = new SeriesPainter()) {
  const series = seriesOf();
  brush.paint(canvas, series, 0, line);
  return { canvas, series, brush };
}

test("a line is drawn from end to end, a pixel and a half wide, without dots", () => {
  const points = noise(100);
  const { canvas, series } = paint(lineOf(points), canvasOf(10, 2));
  assert.deepEqual([...new Set(drawers(canvas))], ["drawSeriesLines"]);
  const xs = canvas.painted.flatMap(([, stretch]) => stretch.filter((_, i) => i % 2 === 0));
  assert.deepEqual([Math.min(...xs), Math.max(...xs)], [0, 9.9]);
  assert.equal(series.lines.lineWidth, 1.5);
});

test("a line that fills an area is an upright stroke in each device pixel column", () => {
  const { canvas, series } = paint(lineOf(noise(400), { opacity: 0.5 }), canvasOf(10, 2));
  assert.deepEqual(canvas.painted, []);
  assert.equal(series.lines.lineWidth, 0.5);
  const { context } = canvas;
  const [begins, ends] = [context.of("moveTo"), context.of("lineTo")];
  assert.ok(begins.length >= 199, `${begins.length} of 200 columns`);
  for (const [i, [x, y]] of begins.entries()) {
    assert.equal((2 * x) % 1, 0.5, "in the middle of a device pixel");
    assert.equal(ends[i][0], x);
    assert.ok(ends[i][1] > y + 80, "up to its highest");
  }
  const [look] = context.looksOf("stroke");
  assert.deepEqual([look.lineWidth, look.globalAlpha, look.strokeStyle], [0.5, 0.5, "#0474d4"]);
});

test("a calm line is a line also where a device pixel is as wide as it", () => {
  const { canvas } = paint(lineOf(noise(100)), canvasOf(10, 2 / 3));
  assert.deepEqual([...new Set(drawers(canvas))], ["drawSeriesLines"]);
});

for (const more of [{ dashes: [6, 3] }, { kind: "xy" }, { style: "area" }])
  test(`a busy line goes its own way where it is ${JSON.stringify(more)}`, () => {
    const { canvas, series } = paint(lineOf(noise(1600), more));
    assert.deepEqual([...new Set(drawers(canvas))], ["drawSeriesLines"]);
    assert.equal(series.lines.lineWidth, 1);
  });

test("it calms down clearly before it is wide again", () => {
  const brush = new SeriesPainter();
  const widths = [145, 170, 145, 120, 145].map(
    (count) => paint(lineOf(noise(count)), canvasOf(), brush).series.lines.lineWidth,
  );
  assert.deepEqual(widths, [1.5, 1, 1, 1.5, 1.5]);
  paint(lineOf(noise(170)), canvasOf(), brush);
  brush.forget();
  assert.equal(paint(lineOf(noise(145)), canvasOf(), brush).series.lines.lineWidth, 1.5);
});

test("a width that was asked for is kept", () => {
  const brush = new SeriesPainter();
  for (let i = 0; i < 2; i++) {
    const { series } = paint(lineOf(noise(400), { width: 4 }), canvasOf(), brush);
    assert.equal(series.lines.lineWidth, 4);
  }
});

test("ends are round, those of dashes are not", () => {
  const capOf = (dashes) => paint(lineOf(noise(9), { dashes })).canvas.context.lineCap;
  assert.deepEqual([capOf([]), capOf([6, 3])], ["round", "butt"]);
});

const SPACED = flat([1, 1], [4, 2], [7, 3]);
test("a line with room has dots, one that goes backwards has none", () => {
  const dotted = (more) => drawers(paint(lineOf(SPACED, more)).canvas);
  assert.deepEqual(dotted({}), ["drawSeriesLines", "drawSeriesPoints"]);
  assert.deepEqual(dotted({ kind: "xy" }), ["drawSeriesLines"]);
});

test("dots that were asked for need less room", () => {
  const points = Float64Array.from({ length: 30 }, (_, i) => (i % 2 ? 5 : (i >> 1) * 0.7));
  const dotted = (dots) => drawers(paint(lineOf(points, { dots })).canvas).at(-1);
  assert.deepEqual([dotted(true), dotted(false)], ["drawSeriesPoints", "drawSeriesLines"]);
});

test("a point between two gaps is a dot, if it is seen", () => {
  const points = noise(100);
  points.set([2, 5, 2.1, NaN], 40);
  points.set([1.9, NaN], 38);
  points.set([50, NaN, 60, 5], 196);
  const { context } = paint(lineOf(points)).canvas;
  assert.deepEqual(context.of("arc"), [[60, 60, 2.5, 0, 2 * Math.PI]]);
  assert.equal(context.looksOf("fill")[0].fillStyle, "#0474d4");
});

test("points are dots only", () => {
  const { canvas } = paint(lineOf(SPACED, { style: "points" }));
  assert.deepEqual(canvas.painted, [["drawSeriesPoints", [...SPACED]]]);
});

test("a gap is null to those who break at null only", () => {
  const points = flat([1, 1], [2, NaN], [3, 3]);
  const painted = (style) => paint(lineOf(points, { style, kind: "xy" })).canvas.painted[0][1];
  assert.deepEqual(painted("line"), [1, 1, 2, NaN, 3, 3]);
  for (const style of ["area", "step"])
    assert.deepEqual(painted(style), [1, 1, null, null, 3, 3], style);
});

test("of steps nothing is left out", () => {
  const dense = Float64Array.from({ length: 400 }, (_, i) => (i % 2 ? i / 100 : i / 1000));
  const count = (style) =>
    new Set(
      paint(lineOf(dense, { style, kind: "xy" })).canvas.painted.flatMap(([, stretch]) =>
        stretch.filter((_, i) => i % 2 === 0),
      ),
    ).size;
  assert.equal(count("step"), 200);
  assert.ok(count("line") < 20, `${count("line")} of a line`);
});

const WIDTHS = [
  ["four fifths of the step", flat([0, 1], [2, 1], [4, 1]), 1.6],
  ["four fifths of the step, however few they are", flat([0, 1], [5, 1]), 4],
  ["ten tenths of the plot for a single bar", flat([5, 1]), 8],
  ["a pixel at least", flat([5, 1], [5.01, 1]), 0.1],
];
for (const [what, points, width] of WIDTHS)
  test(`a bar is as wide as ${what}`, () => {
    const { canvas, series } = paint(lineOf(points, { style: "bars" }));
    assert.deepEqual(canvas.painted, [["drawSeriesBars", [...points]]]);
    assert.ok(Math.abs(series.bars.barWidth[0] - width) < 1e-9, `${series.bars.barWidth[0]}`);
  });

test("a band lies under its line, translucent", () => {
  const band = { low: flat([0, 2], [10, 2]), high: flat([0, 6], [10, 6]) };
  const { context } = paint(lineOf(SPACED, { band })).canvas;
  assert.equal(context.looksOf("fill")[0].fillStyle, "rgba(4, 116, 212, 0.2)");
  assert.deepEqual(context.of("translate"), [[40, 10]]);
  assert.deepEqual(
    [...new Set(context.of("lineTo").map((spot) => spot.join()))],
    ["0,40", "100,40", "100,80", "0,80"],
  );
});

golden("painted");

test("a curve has its head where it is now", () => {
  const points = flat([5, 1], [2, 3], [4, 5]);
  const { context } = paint(lineOf(points, { kind: "xy", head: "moon" })).canvas;
  assert.deepEqual(context.of("arc"), [[80, 60, 3.5, 0, 2 * Math.PI]]);
  assert.equal(context.of("fillText")[0][0], "moon");
});

/** A crowd, of all lines or none, that remembers what it is given. */
function crowdOf(hasAll = true) {
  const told = [];
  return {
    told,
    has: () => hasAll,
    paint: (_place, { color }, _cut, paintOn) => {
      told.push(color);
      paintOn();
    },
    flush: () => told.push("flush"),
  };
}

test("a line among very many is the crowd's, without dots that nobody has asked for", () => {
  const crowd = crowdOf();
  const { canvas } = paint(lineOf(flat([0, 1], [5, 2], [10, 1])), canvasOf(10, 2, crowd));
  assert.deepEqual([crowd.told, canvas.painted], [["#0474d4"], []]);
});

test("dots that are asked for, and those between two gaps, are painted when the crowd says so", () => {
  const crowd = crowdOf();
  const line = lineOf(flat([0, 1], [5, 2], [10, 1]), { dots: true });
  assert.deepEqual(drawers(paint(line, canvasOf(10, 2, crowd)).canvas), ["drawSeriesPoints"]);
  const lonely = lineOf(flat([0, NaN], [5, 2], [10, NaN]));
  assert.equal(paint(lonely, canvasOf(10, 2, crowd)).canvas.context.of("arc").length, 1);
  assert.deepEqual(crowd.told, ["#0474d4", "#0474d4"]);
});

test("steps among very many are as thin as lines, and stand in front of the lines so far", () => {
  for (const style of ["step", "area"]) {
    const crowd = crowdOf();
    const { series } = paint(lineOf(noise(20), { style }), canvasOf(10, 2, crowd));
    assert.deepEqual([series.lines.lineWidth, crowd.told], [0.5, ["flush"]]);
  }
});

test("a line that is none of very many has its width and its dots beside them", () => {
  for (const [more, width] of [
    [{}, 1.5],
    [{ width: 3 }, 3],
  ]) {
    const crowd = crowdOf(false);
    const { canvas, series } = paint(lineOf(SPACED, more), canvasOf(10, 2, crowd));
    assert.deepEqual([series.lines.lineWidth, crowd.told], [width, ["flush"]]);
    assert.equal(drawers(canvas).at(-1), "drawSeriesPoints");
  }
});

test("over an image a line is first drawn wider in the ground's colour, without what it fills", () => {
  const seen = [];
  const series = seriesOf();
  series.lines.fill = true;
  const canvas = { ...canvasOf(), halo: "#ground" };
  canvas.paint = (drawer) =>
    seen.push([
      drawer,
      series.color,
      series.lines.lineWidth,
      series.lines.fill,
      series.points.radius,
    ]);
  new SeriesPainter().paint(canvas, series, 0, lineOf(flat([0, 1], [9, 9]), { style: "area" }));
  assert.deepEqual(seen[0], ["drawSeriesLines", "#ground", 4.5, false, 3.5]);
  assert.deepEqual(seen.at(-1).slice(1), ["#line", 1.5, true, 2]);
  seen.length = 0;
  new SeriesPainter().paint(canvas, series, 0, lineOf(flat([0, 1]), { style: "points" }));
  assert.deepEqual(
    seen.map(([drawer, color]) => [drawer, color]),
    [
      ["drawSeriesPoints", "#ground"],
      ["drawSeriesPoints", "#line"],
    ],
  );
  seen.length = 0;
  new SeriesPainter().paint(canvas, series, 0, lineOf(flat([0, 1], [5, 1]), { style: "bars" }));
  assert.equal(seen.length, 1, "bars are seen without");
});

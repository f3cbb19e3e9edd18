import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, document, layOut } from "../support/dom.js";
import { flat, lineOf, scalesOf } from "../support/lines.js";
import { Chart } from "../../../static/chart/chart.js";
import { lookOf } from "../../../static/picture/panel_options.js";
import { completeOptions } from "../../../static/link/options.js";

const NOTES = { lines: [], regions: [], marks: [] };
const RANGES = { x: [0, 10], left: [0, 1], right: [0, 100] };
/** The plot area of a canvas of 500 x 300 pixels with one axis. */
const AREA = { left: 40, top: 10, width: 444, height: 268 };

function chartOf() {
  const element = document.createElement("div");
  document.body.append(element);
  layOut(element, { width: 500, height: 300 });
  return { chart: new Chart(element), element };
}

/** What the canvas is told of some lines. */
function drawn(chart, lines, { ranges = RANGES, options = {}, logY = false } = {}) {
  const complete = completeOptions(options);
  chart.setLook(lookOf(complete, NOTES, lines, 0, 1, scalesOf(complete)));
  chart.layOutX(ranges, chart.layOutY(ranges));
  const context = contextOf(chart.canvas);
  context.forget();
  chart.draw(lines, ranges, logY);
  return context;
}
const LINE = flat([0, 0], [5, 1], [10, 0.5]);
/** What is told after the grid: Flot moves to the plot area before it draws. */
const ofSeries = ({ calls }) => calls.slice(calls.findIndex(([name]) => name === "translate"));

test("a chart fills its element", () => {
  const { chart } = chartOf();
  assert.deepEqual([chart.box, chart.deviceWidth, chart.around], [AREA, 444, 32]);
});

test("the places of a line become pixels of the plot area", () => {
  const { chart } = chartOf();
  const path = ofSeries(drawn(chart, [lineOf("a", LINE)])).slice(0, 6);
  assert.deepEqual(path, [
    ["translate", 40, 10],
    ["beginPath"],
    ["moveTo", 0, 268],
    ["lineTo", 222, 0],
    ["lineTo", 444, 134],
    ["stroke"],
  ]);
});

test("it has the colour and the dashes that are said", () => {
  const { chart } = chartOf();
  const lines = [lineOf("a", LINE, { color: "#c45419", dashes: [6, 3], kind: "xy" })];
  const look = drawn(chart, lines).looksOf("stroke").at(-1);
  assert.deepEqual([look.strokeStyle, look.lineWidth, look.dashes], ["#c45419", 1.5, [6, 3]]);
});

test("a busy line keeps its thin pen on another ground, and another line begins anew", () => {
  const { chart } = chartOf();
  const swings = (count) =>
    flat(...Array.from({ length: count }, (_, i) => [(10 * i) / count, i % 2]));
  const widthOf = (points, more) =>
    drawn(chart, [lineOf("a", points, { color: "#c45419", ...more })])
      .looksOf("stroke")
      .at(-1).lineWidth;
  const [busy, between] = [swings(2000), swings(645)];
  assert.deepEqual([widthOf(between), widthOf(busy), widthOf(between)], [1.5, 1, 1]);
  assert.equal(widthOf(between, { color: "#ff8a3e" }), 1);
  assert.equal(widthOf(between, { name: "b" }), 1.5);
});

test("a step goes up to the last value before a gap", () => {
  const { chart } = chartOf();
  const points = flat([0, 0], [5, 1], [6, NaN], [8, 0.5], [10, 0.5]);
  const { lines } = drawn(chart, [lineOf("a", points, { style: "step" })]);
  assert.deepEqual(lines.slice(-4), [
    [0, 268, 222, 268],
    [222, 268, 222, 0],
    [222, 0, 222, 0],
    [355.2, 134, 444, 134],
  ]);
});

test("a line of the right axis is drawn by its range", () => {
  const { chart } = chartOf();
  const context = drawn(chart, [lineOf("a", flat([0, 0], [10, 50]), { axis: "right" })]);
  const { width, height } = chart.box;
  assert.deepEqual(context.lines.at(-1), [0, height, width, height / 2]);
});

test("the grid and the labels stand around it", () => {
  const { chart } = chartOf();
  const { texts } = drawn(chart, [lineOf("a", LINE)], { options: { y_unit: "V" } });
  assert.ok(texts.includes("0.4\u202fV") || texts.includes("400\u202fmV"), texts.join());
  assert.ok(texts.includes("10"));
});

test("an area reaches down to 0, and to the bottom where there is no 0", () => {
  const area = (logY) => {
    const { chart } = chartOf();
    const context = drawn(chart, [lineOf("a", flat([0, 0.5], [10, 1]), { style: "area" })], {
      logY,
      ranges: { ...RANGES, left: [0.25, 1.25] },
    });
    const fills = context.looksOf("fill");
    assert.equal(fills[0].fillStyle, "rgba(4, 116, 212, 0.16)");
    return Math.max(
      ...ofSeries(context)
        .map(([, , y]) => y)
        .filter(Number.isFinite),
    );
  };
  assert.deepEqual([area(false), area(true)], [268, 268]);
});

test("bars are filled, points are dots", () => {
  const { chart } = chartOf();
  const bars = drawn(chart, [lineOf("a", LINE, { style: "bars" })]);
  assert.equal(bars.looksOf("fillRect").at(-1).fillStyle, "rgba(4, 116, 212, 0.85)");
  const points = drawn(chart, [lineOf("a", LINE, { style: "points" })]);
  assert.equal(points.of("arc").length, 3);
});

test("Flot is told of series only when they are others", () => {
  const { chart } = chartOf();
  const at = (points, more) => {
    const context = drawn(chart, [lineOf("a", points, { kind: "xy", ...more })]);
    return [context.lines.at(-1), context.looksOf("stroke").at(-1).strokeStyle];
  };
  assert.deepEqual(at(LINE), [[222, 0, 444, 134], "#0474d4"]);
  assert.deepEqual(at(flat([0, 0], [10, 1])), [[0, 268, 444, 0], "#0474d4"]);
  assert.deepEqual(at(flat([0, 0], [10, 1]), { color: "#c45419" })[1], "#c45419");
});

test("another size or density is taken when it is asked for", (t) => {
  t.after(() => (globalThis.devicePixelRatio = 1));
  const { chart, element } = chartOf();
  layOut(element, { width: 800, height: 200 });
  assert.equal(chart.box.width, 444);
  chart.resize();
  assert.deepEqual([chart.box.width, chart.box.height], [744, 168]);
  globalThis.devicePixelRatio = 2;
  chart.resize();
  assert.deepEqual([chart.deviceWidth, chart.canvas.width], [1488, 1600]);
});

test("the paint is that of the page", () => {
  const { chart } = chartOf();
  chart.setPaint({ grid: "#grid", text: "#text" });
  assert.equal(drawn(chart, []).looksOf("stroke")[0].strokeStyle, "#grid");
});

test("a chart that is destroyed leaves its element", () => {
  const { chart, element } = chartOf();
  chart.destroy();
  assert.equal(element.querySelectorAll("canvas").length, 0);
});

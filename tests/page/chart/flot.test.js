import assert from "node:assert/strict";
import { test } from "node:test";
import { document, layOut } from "../support/dom.js";
import { drawers, makePlot } from "../../../static/chart/flot.js";

function plotOf() {
  const element = document.createElement("div");
  document.body.append(element);
  layOut(element, { width: 500, height: 300 });
  return makePlot(element);
}

test("Flot's three drawers are there", () =>
  assert.deepEqual(
    ["drawSeriesLines", "drawSeriesPoints", "drawSeriesBars"].map((name) => typeof drawers[name]),
    ["function", "function", "function"],
  ));

test("a plot fills its element, and has an axis of x and two of y", () => {
  const plot = plotOf();
  const { width, height } = plot.getSurface();
  assert.deepEqual([width, height], [500, 300]);
  assert.deepEqual(
    [...plot.getXAxes(), ...plot.getYAxes()].map(({ options: { min, max } }) => [min, max]),
    [
      [0, 1],
      [0, 1],
      [0, 1],
    ],
  );
});

test("flat points are taken as they are, without a copy", () => {
  const plot = plotOf();
  const data = Float64Array.of(0, 1, 5, NaN);
  plot.setData([{ data, lines: { show: false } }]);
  const [{ datapoints }] = plot.getData();
  assert.equal(datapoints.points, data);
  assert.equal(datapoints.pointsize, 2);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { completeOptions, labelWithUnit, seriesLook } from "../../static/options.js";

test("null is not said: the default stays", () => {
  const { style, points, window, y_range } = completeOptions({ style: null, points: null, window: null, y_range: "grow" });
  assert.deepEqual([style, points, window, y_range], ["line", false, null, "grow"]);
});

test("what is said of a series comes before what is said of the plot", () => {
  const options = completeOptions({ style: "area", points: true, series: { loss: { style: "step", color: "#abc", hidden: true } } });
  assert.deepEqual(seriesLook(options, "loss"), { style: "step", points: true, color: "#abc", width: null, hidden: true });
  assert.deepEqual(seriesLook(options, "other"), { style: "area", points: true, color: null, width: null, hidden: false });
});

for (const name of ["__proto__", "constructor", "toString"]) {
  test(`a series named ${name} is one like any other`, () => {
    assert.equal(seriesLook(completeOptions({}), name).style, "line");
    const options = completeOptions(JSON.parse(`{"series": {"${name}": {"width": 3}}}`));
    assert.equal(seriesLook(options, name).width, 3);
  });
}

for (const [label, unit, written] of [["voltage", "mV", "voltage (mV)"], ["voltage", null, "voltage"], [null, "mV", "mV"], [null, null, ""]]) {
  test(`label ${label} and unit ${unit}`, () => assert.equal(labelWithUnit(label, unit), written));
}

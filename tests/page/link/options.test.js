import assert from "node:assert/strict";
import { test } from "node:test";
import {
  completeOptions,
  isLogX,
  isLogY,
  isSpectrum,
  seriesLook,
} from "../../../static/link/options.js";
import { golden } from "../support/rules.js";

test("null is not said: the default stays", () => {
  const { style, points, window, y_range } = completeOptions({
    style: null,
    points: null,
    window: null,
    y_range: "grow",
  });
  assert.deepEqual([style, points, window, y_range], ["line", false, null, "grow"]);
});

const ELSE = {
  xy: null,
  label: null,
  color: null,
  dash: null,
  opacity: 1,
  width: null,
  axis: "left",
  hidden: false,
  band: null,
};

test("what is said of a series comes before what is said of the plot", () => {
  const options = completeOptions({
    style: "area",
    points: true,
    series: { loss: { style: "step", color: "#abc", hidden: true } },
  });
  assert.deepEqual(seriesLook(options, "loss"), {
    ...ELSE,
    style: "step",
    points: true,
    color: "#abc",
    hidden: true,
  });
  assert.deepEqual(seriesLook(options, "other"), { ...ELSE, style: "area", points: true });
});

for (const name of ["__proto__", "constructor", "toString"]) {
  test(`a series named ${name} is one like any other`, () => {
    assert.equal(seriesLook(completeOptions({}), name).style, "line");
    const options = completeOptions(JSON.parse(`{"series": {"${name}": {"width": 3}}}`));
    assert.equal(seriesLook(options, name).width, 3);
  });
}

for (const [log, time, x, y] of [
  ["x", false, true, false],
  ["y", false, false, true],
  ["xy", false, true, true],
  ["xy", true, false, true],
  ["none", false, false, false],
  [null, false, false, false],
]) {
  test(`log ${log}${time ? " of times" : ""}`, () => {
    const options = completeOptions({ log, time });
    assert.deepEqual([isLogX(options), isLogY(options)], [x, y]);
  });
}

golden("log_axes");
golden("panel_look");

test("a plot by frequency has lines, or what is said of a series", () => {
  const options = completeOptions({ style: "spectrum", series: { b: { style: "area" } } });
  const styles = ["a", "b"].map((name) => seriesLook(options, name).style);
  assert.deepEqual([isSpectrum(options), ...styles], [true, "line", "area"]);
  assert.equal(isSpectrum(completeOptions({})), false);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { formatChange, formatSaidBeside } from "../../../static/base/beside_text.js";
import { formatAlone } from "../../../static/base/readings_text.js";
import { axisView, LINEAR, LOG } from "../../../static/view/scale.js";
import { typed } from "../support/text.js";

const PIXELS = 250;
const axisOf = (low, high, suffix = "") => axisView(LINEAR, [high, low], PIXELS, suffix);
const decades = (low, high) => axisView(LOG, [high, low], PIXELS);

const SAID = [
  [axisOf(-2, 2, "V"), 0.5, "0.5 V"],
  [axisOf(0, 0.9, "V"), 0.5, "500 mV"],
  [axisOf(0, 1200, "V"), 250, "0.25 kV"],
  [axisOf(0, 1200, "V"), 0.123456789, "123.456789 mV"],
  [axisOf(0, 1e6, "V"), 45_000, "45 kV"],
  [axisOf(0, 2, "V"), 0, "0 V"],
  [decades(-6, -1), 3.26e-4, "3.26×10⁻⁴"],
];
for (const [axis, value, expected] of SAID)
  test(`${value} that was said on an axis to ${axis.high} is ${expected}`, () =>
    assert.equal(typed(formatSaidBeside(value, axis)), expected));

const CHANGES = [
  // axis, value, how it is written, how far it has gone, and in words
  [axisOf(20, 22, "V"), 21.64, "21.64 V", 0.2448, "0.24 V"],
  [axisOf(0, 1400, "V"), 21.64, "21.64 V", 0.2448, "0.24 V"],
  [axisOf(0, 1400, "V"), 1234.5, "1.235 kV", 450.3, "0.450 kV"],
  [axisOf(0, 1400, "V"), 1234.5, "1.235 kV", 0.8818, "1 V"],
  [axisOf(0, 1400, "V"), 1234.5, "1.235 kV", 0.3, ""],
  [axisOf(0, 100, "%"), 99.996, "100.0 %", 0.123, "0.1 %"],
  [axisOf(0, 5, "V"), 0.01234, "0.01234 V", 4.98766, "4.988 V"],
  [axisOf(0, 1, "V"), 0, "0 V", 0.5, "0.5000 V"],
  [axisOf(0, 100), 97, "97", 3, "3"],
  [axisOf(0, 2e8), 1.234e8, "1.234×10⁸", 4.5e6, "4.5×10⁶"],
  [decades(-6, -1), 3.26e-4, "3.260×10⁻⁴", 2e-5, "2×10⁻⁵"],
];
for (const [axis, value, alone, by, expected] of CHANGES)
  test(`${alone} that has gone by ${by} has gone by ${expected || "nothing that shows"}`, () => {
    assert.equal(typed(formatAlone(value, axis)), alone);
    assert.equal(typed(formatChange(by, value, axis)), expected);
  });

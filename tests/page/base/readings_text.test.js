import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatAlone,
  formatBeside,
  formatDuration,
  formatSix,
  formatTime,
  formatValue,
  formatX,
  measureIn,
} from "../../../static/base/readings_text.js";
import { zoneOf } from "../../../static/base/zones.js";
import { axisView, LINEAR, LOG } from "../../../static/view/scale.js";
import { golden } from "../support/rules.js";
import { typed } from "../support/text.js";

const PIXELS = 250;
/** An axis as it stands on the screen, from low to high. */
const axisOf = (low, high, suffix = "", scale = LINEAR) =>
  axisView(scale, [high, low], PIXELS, suffix);
const decades = (low, high, suffix) => axisOf(low, high, suffix, LOG);

const BESIDE = [
  // axis, value, in the legend, and at the crosshair where it has a digit more
  [axisOf(-1.1, 1.1), 0.49034, "0.490", "0.4903"],
  [axisOf(-1.1, 1.1), 1, "1"],
  [axisOf(-1.1, 1.1), 0.5, "0.500", "0.5000"],
  [axisOf(-1.1, 1.1), 0.0123456, "0.012", "0.0123"],
  [axisOf(-1.1, 1.1), 0.99999, "1.000", "1.0000"],
  // What is nowhere near a pixel is 0, but a small loss is not.
  [axisOf(-1.1, 1.1), -4.9e-16, "0"],
  [axisOf(-1.1, 1.1), -8.742e-8, "0"],
  [axisOf(0, 2.5), 1.0512e-4, "0.000105"],
  [axisOf(0, 2.5), 1.0512e-5, "0"],
  [axisOf(0, 2.5), 0, "0"],
  [axisOf(0, 1e6), 45_123.678, "45 124"],
  [axisOf(0, 1e6), 45_000, "45 000"],
  [axisOf(0, 1e6), 999_999.9, "1 000 000"],
  [axisOf(0, 1e7), 9_999_999.9, "1.000×10⁷", "1.0000×10⁷"],
  [axisOf(0, 6e7), 5.4032e7, "5.40×10⁷", "5.403×10⁷"],
  [axisOf(0, 6e7), 45_000, "4.50×10⁴"],
  [axisOf(-1.2e-6, 1.2e-6), 9.0512e-7, "9.05×10⁻⁷", "9.051×10⁻⁷"],
  [axisOf(1.7e9, 1.7e9 + 100), 1_700_000_042.42, "1 700 000 042.4", "1 700 000 042.42"],
  // With a unit, whatever the axis has taken.
  [axisOf(-1.1, 1.1, "V"), 0.25, "0.250 V", "0.2500 V"],
  [axisOf(-1.1, 1.1, "V"), 0.01234, "0.012 V", "0.0123 V"],
  [axisOf(-1.1, 1.1, "V"), 0.0001234, "123 µV"],
  [axisOf(-1.1, 1.1, "V"), -4.9e-16, "0 V"],
  [axisOf(-950, 950, "V"), 1234.56, "1.235 kV", "1.2346 kV"],
  [axisOf(-1200, 1200, "V"), 250.4, "0.250 kV", "0.2504 kV"],
  [axisOf(-1200, 1200, "V"), 50.4, "50 V", "50.4 V"],
  [axisOf(0, 1e-3), 5.123e-5, "0.000051", "0.0000512"],
  [axisOf(0, 1e6, "V"), 45_123.678, "45 kV", "45.1 kV"],
  [axisOf(0, 1e6, "V"), 45_000, "45 kV"],
  [axisOf(0, 1e6, "V"), 912_345.678, "0.912 MV", "0.9123 MV"],
  [axisOf(0, 1e6, "V"), 999_999.9, "1.000 MV", "1.0000 MV"],
  [axisOf(0, 1e6, "V"), 12, "0 V"],
  [axisOf(0, 1e6, "V"), 0.012, "0 V"],
  // A digit of the axis's own size would be less than a pixel.
  [axisOf(0, 7.5e5, "V"), 200, "200 V"],
  [axisOf(0, 0.55, "%"), 0.5, "0.500 %", "0.5000 %"],
  [axisOf(-3.5, 3, "g"), 71.7e-6, "0 g"],
  [axisOf(0, 0.02, "A"), 0.00412345, "4.12 mA", "4.123 mA"],
  [axisOf(0, 90, "%"), 66.48473941, "66.5 %", "66.48 %"],
  [axisOf(0, 5e4, "s"), 45_123.678, "45 124 s"],
  [axisOf(2.41e9, 2.42e9, "Hz"), 2_412_345_678, "2.41235 GHz", "2.412346 GHz"],
  [
    axisOf(1.7e9, 1.7e9 + 10, "Hz"),
    1_700_000_005.25,
    "1 700 000 005.25 Hz",
    "1 700 000 005.250 Hz",
  ],
  // A pixel of decades is a tenth of the value.
  [decades(-6, 6), 3.2198e-6, "3.22×10⁻⁶", "3.220×10⁻⁶"],
  [decades(-6, 6), 0.0009999995, "1.00×10⁻³", "1.000×10⁻³"],
  [decades(-6, 6), 45_123.678, "4.51×10⁴", "4.512×10⁴"],
  [decades(-6, 6), 1e6, "10⁶"],
  [decades(-3, 3), 45_123.678, "45 124"],
  [decades(-6, -1), 0.00032551, "3.26×10⁻⁴", "3.255×10⁻⁴"],
  [decades(-6, 6), 0.25, "0.250", "0.2500"],
  [decades(-6, 6, "V"), 45_123.678, "45.1 kV", "45.12 kV"],
  [decades(-6, 6), -5.25, "-5.25", "-5.250"],
  // Of what is far off the axis, this says nothing of its digits.
  [axisOf(0, 1), 123_456.789, "123 457"],
  [axisOf(0, 1, "V"), 123_456.789, "123 kV", "123.5 kV"],
  [axisOf(0, 1), 1.2356e300, "1.24×10³⁰⁰", "1.236×10³⁰⁰"],
  // At the deepest zoom there are all digits.
  [axisOf(1 - 1e-13, 1 + 1e-13, "V"), 1 + 6e-14, "1.00000000000006 V"],
  [axisOf(0, 1), NaN, "–"],
];
for (const [axis, value, text, read = text] of BESIDE)
  test(`${value} ${axis.suffix} beside ${axis.low} to ${axis.high}: ${text}`, () => {
    assert.equal(typed(formatBeside(value, axis)), text);
    assert.equal(typed(formatValue(value, axis)), read);
  });

test("where there is little room a value has few digits", () =>
  assert.equal(typed(formatValue(1.23456789, axisOf(1.2, 1.2000001, "V"), 6)), "1.23457 V"));

/** Numbers from 0 to 1 that come again. */
function randomNumbers(seed) {
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
}

/** What a text says, in the unit of the axis. */
function said(text, suffix) {
  const [, digits, power = "", prefix] = text.match(
    new RegExp(`^(-?[0-9. ]*?)(?:×?10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+))?(?: ([yzafpnµmkMGTPE]?)${suffix})?$`, "u"),
  );
  const raised = [...power].map((one) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(one) - 1);
  const exponent = raised.map((digit) => (digit < 0 ? "-" : digit)).join("");
  const thousands = prefix ? "yzafpnµm kMGTPE".indexOf(prefix) - 8 : 0;
  const factor = digits === "" || digits === "-" ? `${digits}1` : digits.replaceAll(" ", "");
  return Number(`${factor}e${Number(exponent) + 3 * thousands}`);
}

test("no axis and no value is too wild: a reading is never off by more than half a pixel", () => {
  const random = randomNumbers(1);
  const pick = (list) => list[Math.floor(random() * list.length)];
  for (let count = 0; count < 20_000; count++) {
    const high = 10 ** (random() * 24 - 12) * (1 + 9 * random());
    const low = pick([0, -high, high * (1 - 10 ** (-6 * random()))]);
    const axis = axisView(LINEAR, [high, low], pick([50, 120, 250, 600]), pick(["", "V", "B/s"]));
    const value = (random() - 0.5) * high * 10 ** (-8 * random());
    for (const format of [formatBeside, formatValue, formatX]) {
      const text = typed(format(value, axis));
      const off = Math.abs(said(text, axis.suffix) - value) / axis.perPixel(value);
      const most = format === formatX ? 1 : 0.5;
      assert.ok(
        off <= most * (1 + 1e-6),
        `${value} on ${low} to ${high} is ${text}: ${off} pixels`,
      );
    }
  }
});

function table(format, rows) {
  for (const [value, expected] of rows) assert.equal(typed(format(value)), expected, `${value}`);
}

/** An axis that ends at x. */
const around = (x, perPixel, suffix = "") => ({
  log: false,
  low: x,
  high: x,
  suffix,
  perPixel: () => perPixel,
});

test("an x has the digits that the zoom deserves", () => {
  for (const [x, perPixel, unit, expected] of [
    [4.85781, 0.012, "", "4.86"],
    [4.85781, 1e-5, "", "4.85781"],
    [7.654321, 1e-9, "", "7.654321"],
    [1.7e9 + 0.25, 1e-3, "", "1 700 000 000.25"],
    [812.6, 250, "", "813"],
    [0, 1, "s", "0 s"],
    [0.0000372, 0.012, "", "0"],
    [-0.000447123, 1e-6, "s", "-447 µs"],
    [487_123, 1000, "Hz", "487 kHz"],
    [487_123, 1000, "", "487 123"],
    [4.5e-6, 1e-8, "", "4.5×10⁻⁶"],
    [NaN, 1, "", "–"],
  ])
    assert.equal(typed(formatX(x, around(x, perPixel, unit))), expected);
});

test("at the deepest zoom an x has all digits that were published", () => {
  const text = (x, perPixel) => typed(formatX(x, around(x, perPixel)));
  const finest = (x) => x * (Number.EPSILON / 2);
  for (const [x, expected] of [
    [1.7e9 + 1e-6, "1 700 000 000.000001"],
    [1e6 + 1e-9, "1 000 000.000000001"],
    [1_795_811_940_000_176_000, "1 795 811 940 000 176 000"],
    [-1_795_811_940_000_176_000, "-1 795 811 940 000 176 000"],
    [1.23456789012345e-5, "1.23456789012345×10⁻⁵"],
    [1.23456789012345e300, "1.23456789012345×10³⁰⁰"],
  ])
    assert.equal(text(x, finest(Math.abs(x))), expected);
  assert.equal(text(1.7958e18, 1e15), "1.796×10¹⁸");
});

test("differences and means have six digits, and no noise", () => {
  table(
    (value) => formatSix(value, measureIn("")),
    [
      [0, "0"],
      [7.25, "7.25"],
      [0.1 + 0.2, "0.3"],
      [1 / 3, "0.333333"],
      [123_456.789, "123 457"],
      [-2.5e-7, "-2.5×10⁻⁷"],
      [1e20, "10²⁰"],
      [Number.MAX_VALUE, "1.79769×10³⁰⁸"],
      [NaN, "–"],
    ],
  );
  table(
    (value) => formatSix(value, { ...measureIn("V"), pixel: 0.01 }),
    [
      [45_123.4567, "45.1235 kV"],
      [5.6e-17, "0 V"],
      [1e-5, "0 V"],
      [0.894139, "894 mV"],
      [0.001234, "1 mV"],
    ],
  );
});

test("a time too, with the date unless it is today's", () => {
  const noon = new Date(2024, 1, 29, 12, 30, 15).getTime() / 1000;
  const other = noon + 5 * 86400;
  assert.equal(formatTime(noon + 0.25, 10, noon), "12:30:15");
  assert.equal(formatTime(noon + 0.25, 0.001, noon), "12:30:15.250");
  assert.equal(formatTime(noon + 0.9996, 0.01, noon), "12:30:16.00");
  assert.equal(formatTime(noon, 10, other), "2024-02-29 12:30:15");
  assert.equal(formatTime(noon + 0.125, 1e-9, noon), "12:30:15.125000");
});

test("nanoseconds, where a time is counted from nearby", () => {
  const zone = zoneOf("UTC", 1_795_824_000);
  const at = (x, perPixel) => formatTime(x, perPixel, 1_795_824_000, zone);
  assert.equal(at(45_015.123456789, 1e-10), "12:30:15.123456789");
  assert.equal(at(45_015.123456789, 1e-7), "12:30:15.1234568");
  assert.equal(at(45_015.9999999999, 1e-9), "12:30:16.000000000");
  assert.equal(at(-1e-9, 1e-10), "2026-11-27 23:59:59.999999999");
  assert.equal(at(2 ** 24 + 0.25, 1e-10), "2027-06-10 04:20:16.250000");
  assert.equal(typed(at(1e13, 1)), "10 001 795 824 000");
});

test("a time of every year, in a zone; beyond the calendar it is a number", () => {
  const zone = zoneOf("America/New_York");
  const at = (iso) => Date.parse(iso) / 1000;
  const now = at("2024-02-29T20:00:00Z");
  assert.equal(formatTime(at("2024-03-01T03:30:00Z"), 1, now, zone), "22:30:00");
  assert.equal(formatTime(at("2024-03-01T05:30:00Z"), 1, now, zone), "2024-03-01 00:30:00");
  const utc = zoneOf("UTC");
  assert.equal(formatTime(at("0001-01-01T00:00:00Z"), 1, now, utc), "0001-01-01 00:00:00");
  assert.equal(formatTime(at("1850-07-01T12:00:00.25Z"), 0.01, now, utc), "1850-07-01 12:00:00.25");
  assert.equal(formatTime(at("9999-12-31T23:59:59Z"), 1, now, utc), "9999-12-31 23:59:59");
  assert.equal(typed(formatTime(1.7e12, 1, now, utc)), "1 700 000 000 000");
  assert.equal(typed(formatTime(-1e300, 1, now, utc)), "-10³⁰⁰");
});

test("stretches of time", () =>
  table(formatDuration, [
    [0.0125, "12.5 ms"],
    [3.5, "3.5 s"],
    [-90, "-1 min 30 s"],
    [3600 * 26, "1 d 2 h"],
    [5400, "1 h 30 min"],
    [2e-6, "2 µs"],
  ]));

test("a value that stands alone has four digits, in the size that it has in the legend", () => {
  const alone = (value, axis = axisOf(0, 2000, "V")) => typed(formatAlone(value, axis));
  assert.deepEqual(
    [1234.56, 0.123456, 0, NaN, 7].map((value) => alone(value)),
    ["1.235 kV", "123.5 mV", "0 V", "–", "7 V"],
  );
  assert.equal(alone(0.0123456, axisOf(-1.1, 1.1, "V")), "0.01235 V");
  assert.equal(alone(0.00123456, axisOf(0, 2.5)), "0.001235");
  assert.equal(alone(2_412_345_678, axisOf(2.4e9, 2.42e9, "Hz")), "2.412 GHz");
  assert.equal(alone(1_700_000_005.25, axisOf(1.7e9, 1.7e9 + 10, "Hz")), "1.700 GHz");
});

test("alone too, what is nowhere near a pixel is 0", () => {
  const alone = (value, suffix) => typed(formatAlone(value, axisOf(-1.1, 1.1, suffix)));
  assert.deepEqual([alone(-2.449e-16, "V"), alone(-2.449e-16, "")], ["0 V", "0"]);
});

golden("readings");

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decimalsFor,
  formatDuration,
  formatExact,
  formatQuantity,
  formatTime,
  formatX,
} from "../../../static/base/readings_text.js";
import { zoneOf } from "../../../static/base/zones.js";
import { typed } from "../support/text.js";

function table(format, rows) {
  for (const [value, expected] of rows) assert.equal(typed(format(value)), expected, `${value}`);
}

test("a value has all its digits, and no others", () =>
  table(formatExact, [
    [0, "0"],
    [7.25, "7.25"],
    [-3.214592653, "-3.214592653"],
    [0.1 + 0.2, "0.3"],
    [1 / 3, "0.3333333333"],
    [123456.789, "123 456.789"],
    [1e15, "1e15"],
    [2.5e-7, "2.5e-7"],
    [0.00025, "0.00025"],
    [1e20, "1e20"],
    [NaN, "–"],
    [12345678, "12 345 678"],
  ]));

test("an x has the digits that the zoom deserves", () => {
  assert.deepEqual([1, 0.5, 0.1, 0.02, 1e-7, 250].map(decimalsFor), [0, 1, 1, 2, 7, 0]);
  assert.deepEqual(
    [
      [4.85781, 0.012],
      [4.85781, 1e-5],
      [7.654321, 1e-9],
      [1.7e9 + 0.25, 1e-3],
      [812.6, 250],
    ].map(([x, px]) => typed(formatX(x, px))),
    ["4.86", "4.85781", "7.654321", "1 700 000 000.25", "813"],
  );
});

test("at the deepest zoom an x has all digits that were published", () => {
  const text = (x, perPixel) => typed(formatX(x, perPixel));
  const finest = (x) => x * (Number.EPSILON / 2);
  for (const [x, expected] of [
    [1.7e9 + 1e-6, "1 700 000 000.000001"],
    [1e6 + 1e-9, "1 000 000.000000001"],
    [1_795_811_940_000_176_000, "1 795 811 940 000 176 000"],
    [-1_795_811_940_000_176_000, "-1 795 811 940 000 176 000"],
    [1.23456789012345e-5, "1.23456789012345e-5"],
    [1.23456789012345e300, "1.23456789012345e300"],
  ])
    assert.equal(text(x, finest(Math.abs(x))), expected);
  assert.equal(text(1.7958e18, 1e15), "1.7958e18");
});

test("a value has the digits that the zoom deserves, if they are more than ten", () => {
  assert.equal(typed(formatExact(1 + 6e-14, 1e-15)), "1.00000000000006");
  assert.equal(typed(formatExact(1 + 6e-14)), "1");
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
  assert.equal(typed(formatTime(-1e300, 1, now, utc)), "-1e300");
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

test("quantities have prefixes, longer units none", () => {
  assert.deepEqual(
    [
      formatQuantity(80, "Hz"),
      formatQuantity(12500, "Hz"),
      formatQuantity(5000, "steps"),
      formatQuantity(0, "s"),
    ].map(typed),
    ["80 Hz", "12.5 kHz", "5000 steps", "0 s"],
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../support/text.js";
import {
  digitsFor,
  finer,
  format,
  formatBeside,
  formatCount,
  formatShort,
  formatTick,
  unitFor,
} from "../../../static/base/numbers.js";
import { golden } from "../support/rules.js";

const UNITS = [
  // largest, step, value, written
  [1, 0.2, 0.4, "0.4"],
  [1, 0.25, 0.25, "0.25"],
  [5, 2.5, 2.5, "2.5"],
  [9999, 1000, 9000, "9000"],
  [20_000, 5000, 15_000, "15 k"],
  [1500e3, 500e3, 1.5e6, "1.5 M"],
  [2e-3, 5e-4, 1.5e-3, "1.5 m"],
  [5.6e-6, 2e-7, 5.6e-6, "5.6 µ"],
  [1.7e9, 5, 1_700_000_005, "1 700 000 005"],
  [2e9, 5e8, 1.5e9, "1.5 G"],
  [3e27, 1e27, 3e27, "3.0e27"],
  [1, 0.5, -0.5, "−0.5"],
  [1, 0.5, -0.0001, "0.0"],
  [1, 0.5, NaN, "–"],
  [1, 0.5, Infinity, "–"],
];
for (const [largest, step, value, written] of UNITS) {
  test(`${value} beside ticks of ${step} is ${written}`, () =>
    assert.equal(plain(format(value, unitFor(largest, step))), written));
}

test("zero is plainly 0 on an axis", () => assert.equal(formatTick(0, unitFor(1e6, 2.5e5)), "0"));

test("a value is read with more digits than the ticks have", () => {
  assert.equal(format(0.31415, finer(unitFor(1, 0.2), 2)), "0.314");
  assert.equal(plain(format(12_345, finer(unitFor(20_000, 5000), 2))), "12.35 k");
});

for (const [count, written] of [
  [0, "0"],
  [1, "1"],
  [9999, "9999"],
  [12_345, "12 345"],
  [123_456, "123 k"],
  [2.5e6, "2.50 M"],
  [1e9, "1.00 G"],
]) {
  test(`${count} points are ${written}`, () => assert.equal(plain(formatCount(count)), written));
}

for (const [value, written] of [
  [0, "0"],
  [0.2, "0.200"],
  [12.34, "12.3"],
  [60, "60.0"],
  [999, "999"],
  [1234, "1.23 k"],
  [999_600, "1.00 M"],
  [-4.56e-5, "−45.6 µ"],
  [NaN, "–"],
]) {
  test(`${value}, shortly: ${written}`, () => assert.equal(plain(formatShort(value)), written));
}

const MEASURES = [
  [1200, 200, "V", "1.2 kV"],
  [0.0015, 0.0005, "V", "1.5 mV"],
  [1500, 500, "Hz", "1.5 kHz"],
  [2e6, 1e6, "B/s", "2 MB/s"],
  [12_000, 2000, "%", "12 000 %"],
  [0.25, 0.05, "°C", "0.25 °C"],
  [5000, 1000, "mV", "5000 mV"],
  [4000, 1000, "s", "4000 s"],
  [0.004, 0.001, "s", "4 ms"],
  [2e12, 1e12, "%", "2.0e12 %"],
  [0, 0.5, "V", "0 mV"],
];
for (const [value, step, unit, written] of MEASURES) {
  test(`${value} ${unit} beside ticks of ${step} is ${written}`, () =>
    assert.equal(plain(format(value, unitFor(Math.max(value, step), step, unit))), written));
}

for (const [value, unit, written] of [
  [1234, "V", "1.23 kV"],
  [0.0456, "V", "45.6 mV"],
  [89.39, "%", "89.4 %"],
  [0.012, "%", "0.0120 %"],
  [0, "V", "0 V"],
]) {
  test(`${value} ${unit}, shortly: ${written}`, () =>
    assert.equal(plain(formatShort(value, unit)), written));
}

const axis = { unit: unitFor(1000, 200, "V"), suffix: "V", low: -1000, high: 1000 };
for (const [value, written] of [
  [123.4, "0.123 kV"],
  [123_456, "123 kV"],
  [0.0002, "200 µV"],
  [NaN, "–"],
]) {
  test(`${value} beside an axis of kilovolts is ${written}`, () =>
    assert.equal(plain(formatBeside(value, axis)), written));
}

test("beside differences from an offset a value has all the digits that tell it", () => {
  const precise = { ...axis, unit: { ...axis.unit, digits: 15 } };
  assert.equal(plain(formatBeside(1 + 6e-14, precise)), "1.00000000000006 V");
});

test("digits that tell a value from its neighbours", () => {
  const found = [
    [1.7e9, 1e-6],
    [1, 1e-15],
    [1, 1e-30],
    [0, 1],
    [5, 0],
    [1e308, 1e300],
  ];
  assert.deepEqual(
    found.map(([value, least]) => digitsFor(value, least)),
    [17, 16, 17, 1, 1, 9],
  );
});

golden("number");

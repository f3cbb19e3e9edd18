import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../support/text.js";
import {
  digitsOf,
  format,
  formatAll,
  formatPower,
  formatTick,
  pointed,
  unitFor,
} from "../../../static/base/numbers.js";
import { golden } from "../support/rules.js";

const UNITS = [
  // largest, step, value, written
  [1, 0.2, 0.4, "0.4"],
  [1, 0.25, 0.25, "0.25"],
  [5, 2.5, 2.5, "2.5"],
  [9999, 1000, 9000, "9000"],
  [20_000, 5000, 15_000, "15 000"],
  [50_000, 10_000, 45_000, "45 000"],
  [1500e3, 500e3, 1.5e6, "1 500 000"],
  [2e7, 5e6, 1.5e7, "15×10⁶"],
  [1e7, 1e7, 1e7, "10⁷"],
  [2e-3, 5e-4, 1.5e-3, "0.0015"],
  [1e-4, 2e-5, 1e-4, "0.00010"],
  [5.6e-6, 2e-7, 5.6e-6, "5.6×10⁻⁶"],
  [1.7e9, 5, 1_700_000_005, "1 700 000 005"],
  [2e9, 5e8, -1.5e9, "−1.5×10⁹"],
  [3e27, 1e27, 3e27, "3×10²⁷"],
  [1, 0.5, -0.5, "−0.5"],
  [1, 0.5, -0.0001, "0.0"],
  [1, 0.5, NaN, "–"],
  [1, 0.5, Infinity, "–"],
];
for (const [largest, step, value, written] of UNITS) {
  test(`${value} beside ticks of ${step} is ${written}`, () =>
    assert.equal(plain(format(value, unitFor(largest, step))), written));
}

test("zero is plainly 0 on an axis", () => {
  assert.equal(formatTick(0, unitFor(1e6, 2.5e5, "V")), "0");
  assert.equal(formatTick(0, unitFor(1e-6, 2.5e-7)), "0");
});

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
  [2e12, 1e12, "%", "2×10¹² %"],
  [2e30, 1e30, "V", "2×10³⁰ V"],
  [0, 0.5, "V", "0 mV"],
];
for (const [value, step, unit, written] of MEASURES) {
  test(`${value} ${unit} beside ticks of ${step} is ${written}`, () =>
    assert.equal(plain(format(value, unitFor(Math.max(value, step), step, unit))), written));
}

test("the digits of a number, and its point", () => {
  const found = [
    [45_123.678, 3],
    [0.1, 17],
    [0.00996, 2],
    [5e-324, 17],
    [Number.MAX_VALUE, 3],
  ];
  assert.deepEqual(
    found.map(([value, most]) => Object.values(digitsOf(-value, most))),
    [
      ["451", 4],
      ["1", -1],
      ["10", -2],
      ["5", -324],
      ["180", 308],
    ],
  );
  const its = { digits: "4500", exponent: 3 };
  assert.deepEqual(
    [pointed(its, 0), pointed(its, 3), pointed(its, 3, 2), pointed(its, 6), pointed(its, 0, 1)],
    ["4500", "4.5", "4.50", "0.0045", "4500.0"],
  );
});

test("any number is a power of ten, if it is asked for", () => {
  const found = [1, 10, -0.01, 2e-9, 1.5e300].map((value) => plain(formatPower(value, "V")));
  assert.deepEqual(found, ["10⁰ V", "10¹ V", "−10⁻² V", "2×10⁻⁹ V", "1.5×10³⁰⁰ V"]);
});

test("an offset has all its digits, and is written out for longer", () => {
  const found = [0, 0.1, 1_700_000_000, -1e14, 1.79581194e18, 1.25e-5].map((value) =>
    plain(formatAll(value)),
  );
  assert.deepEqual(found, [
    "0",
    "0.1",
    "1 700 000 000",
    "−100 000 000 000 000",
    "1.79581194×10¹⁸",
    "1.25×10⁻⁵",
  ]);
});

golden("number");

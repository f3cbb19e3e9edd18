import assert from "node:assert/strict";
import { test } from "node:test";
import { colorOf, dashesOf, DISTINCT, withAlpha } from "../../../static/chart/colors.js";
import { golden } from "../support/rules.js";

const linear = (hex) =>
  [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
const times = (matrix, vector) =>
  matrix.map((row) => row.reduce((sum, value, i) => sum + value * vector[i], 0));

/** Oklab (Björn Ottosson, 2020). */
function oklab(rgb) {
  const lms = times(
    [
      [0.4122, 0.5363, 0.0514],
      [0.2119, 0.6807, 0.1074],
      [0.0883, 0.2817, 0.63],
    ],
    rgb,
  ).map(Math.cbrt);
  return times(
    [
      [0.2105, 0.7936, -0.0041],
      [1.978, -2.4286, 0.4506],
      [0.0259, 0.7828, -0.8087],
    ],
    lms,
  );
}

/** Machado, Oliveira and Fernandes (2009), severity 1. */
const EYES = {
  "all three cones": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};
const seenAs = (hex, eyes) => oklab(times(EYES[eyes], linear(hex)).map((v) => Math.max(0, v)));
const apart = (a, b) => Math.hypot(...a.map((value, i) => value - b[i]));
const luminance = (hex) => times([[0.2126, 0.7152, 0.0722]], linear(hex))[0];
const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
const palette = (ground, count) =>
  Array.from({ length: count }, (_, order) => colorOf(order, ground));

function nearest(colors, eyes) {
  const seen = colors.map((hex) => seenAs(hex, eyes));
  let best = { distance: Infinity, pair: [] };
  for (let i = 0; i < seen.length; i++) {
    for (let j = i + 1; j < seen.length; j++) {
      const distance = apart(seen[i], seen[j]);
      if (distance < best.distance) best = { distance, pair: [colors[i], colors[j]] };
    }
  }
  return best;
}

for (const ground of ["light", "dark"]) {
  for (const [eyes, count, least] of [
    ["all three cones", DISTINCT, 0.07],
    ["protanopia", 8, 0.08],
    ["deuteranopia", 8, 0.08],
  ]) {
    test(`${count} colours on ${ground} are distinct to eyes with ${eyes}`, () => {
      const { distance, pair } = nearest(palette(ground, count), eyes);
      assert.ok(distance >= least, `${pair.join(" and ")}: ${distance.toFixed(3)}`);
    });
  }
  test(`every colour stands out from ${ground} ground`, () => {
    const paper = luminance(ground === "dark" ? "#111111" : "#ffffff");
    for (const hex of palette(ground, DISTINCT))
      assert.ok(
        contrast(luminance(hex), paper) >= 3,
        `${hex}: ${contrast(luminance(hex), paper).toFixed(2)}`,
      );
  });
}

test("64 series differ in colour or in dashes", () => {
  const looks = Array.from({ length: 64 }, (_, order) => colorOf(order, "light") + dashesOf(order));
  assert.equal(new Set(looks).size, 64);
});

for (const [hex, written] of [
  ["#0072b2", "rgba(0, 114, 178, 0.5)"],
  ["#f08", "rgba(255, 0, 136, 0.5)"],
]) {
  test(`${hex}, translucent`, () => assert.equal(withAlpha(hex, 0.5), written));
}

test("no colour of the first eight is grey", () => {
  for (const ground of ["light", "dark"])
    for (const hex of palette(ground, 8)) {
      const [, a, b] = seenAs(hex, "all three cones");
      assert.ok(Math.hypot(a, b) > 0.05, `${hex} on ${ground}`);
    }
});

test("dashes that are asked for are those of the line, whatever its slot", () => {
  assert.deepEqual(dashesOf(0, "dot"), [2, 3]);
  assert.deepEqual(dashesOf(17), [6, 3]);
  assert.deepEqual(dashesOf(17, "solid"), []);
});

golden("slots");

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName } from "../../../static/export/file_names.js";

const DATE = new Date(2026, 10, 9, 3, 40, 12);
const STAMP = "2026-11-09_03-40-12";

const NAMES = [
  ["run", `run_${STAMP}.csv`],
  ["../../etc/passwd", `_.._etc_passwd_${STAMP}.csv`],
  ['a:b*c?"<d>|', `a_b_c_d__${STAMP}.csv`],
  ["  .. ", `plot_${STAMP}.csv`],
  ["a\u202e\u0000b", `a_b_${STAMP}.csv`],
];
for (const [name, expected] of NAMES)
  test(`a file's name: ${expected}`, () => assert.equal(fileName(name, DATE, "csv"), expected));

test("a long name is cut", () =>
  assert.equal(fileName("x".repeat(256), DATE, "png").length, 80 + 1 + STAMP.length + 4));

test("what it is of stands behind the time, so that names sort by that", () => {
  const names = ["seen", "everything"].map((what) => fileName("run", DATE, "csv", what));
  assert.deepEqual(names, [`run_${STAMP}_seen.csv`, `run_${STAMP}_everything.csv`]);
});

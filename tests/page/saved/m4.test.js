import assert from "node:assert/strict";
import { test } from "node:test";
import { columnStart, columnWidth, m4, scaled } from "../../../static/saved/m4.js";
import { golden } from "../support/rules.js";

golden("m4");
golden("column_width");

test("of very many points a column has four, and what draws them wider is in what is narrower", () => {
  const points = new Float64Array(20_000).map((_, i) => (i % 2 ? (i * 7919) % 101 : i / 200));
  const narrow = m4(points, { width: 0.5, log: false });
  assert.ok(narrow.length / 2 <= 4 * 201);
  for (const width of [1, 4, 64])
    assert.deepEqual(m4(narrow, { width, log: false }), m4(points, { width, log: false }));
});

test("a column starts at a multiple of its width, a logarithmic one a trifle before", () => {
  assert.equal(columnStart(7.9, { width: 2, log: false }), 6);
  const start = columnStart(9, { width: 1, log: true });
  assert.ok(start < 8 && start > 7.999);
});

test("what a logarithmic axis has not lies far below", () => {
  assert.equal(scaled(-5, true), -1022);
  assert.equal(scaled(-5, false), -5);
});

test("a width is a double, whatever is asked", () => {
  assert.equal(columnWidth(Number.MIN_VALUE, 1000), Number.MIN_VALUE);
  assert.equal(columnWidth(Infinity, 1), 2 ** 1023);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { lettered } from "../../../static/cursor/overlay_geometry.js";
import { paintMarks, writeLines } from "../../../static/export/svg_marks.js";

const AREA = { left: 40, top: 10, width: 100, height: 80 };
const at = (name, x, y = 50) => lettered([{ name, x, y }], AREA)[0];
const WHOLE = [{ from: 0, height: 100, by: 30 }];
const painted = (...flags) => paintMarks({ area: AREA, flags, lines: [] }, WHOLE, "#00f", "#fff");

test("marks stand on their points, with what is between them shaded", () => {
  const svg = painted(at("A", 60), at("B", 100));
  assert.match(svg, /^<rect x="60" y="40" width="40" height="80"/);
  assert.match(svg, /<path d="M60 40v80" stroke="#00f"\/><circle cx="60" cy="80"/);
  assert.match(svg, /<text x="104" y="51"[^>]*text-anchor="start">B<\/text>/);
});

test("a letter at the end stands left of its line", () =>
  assert.match(painted(at("A", 135)), /<text x="131"[^>]*text-anchor="end">A</));

test("a mark that is not seen is not there, what is between it and the other is", () => {
  const svg = painted(at("A", 20), at("B", 100));
  assert.ok(!svg.includes(">A<"));
  assert.match(svg, /<rect x="40" y="40" width="60"/);
  assert.ok(!painted(at("A", 20), at("B", 30)).includes("<rect"));
});

test("panels that stand further apart in the picture have their marks with them", () => {
  const panels = [
    { from: 0, height: 50, by: 30 },
    { from: 50, height: 50, by: 48 },
  ];
  const flags = [at("A", 60, 20), at("B", 100, 70)];
  const svg = paintMarks({ area: AREA, flags, lines: [] }, panels, "#00f", "#fff");
  assert.match(svg, /<rect x="60" y="40" width="40" height="98"/);
  assert.match(svg, /<circle cx="60" cy="50".*<circle cx="100" cy="118"/);
});

test("words stand line by line, and cannot be anything else", () => {
  const { svg, height } = writeLines(["one", "<two>"], 14, 100, "#000");
  assert.match(svg, /<text x="14" y="112"[^>]*>one<\/text><text x="14" y="129"[^>]*>&lt;two&gt;</);
  assert.equal(height, 40);
  assert.deepEqual(writeLines([], 14, 100, "#000"), { svg: "", height: 0 });
});

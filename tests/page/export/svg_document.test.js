import assert from "node:assert/strict";
import { test } from "node:test";
import { lettered } from "../../../static/cursor/overlay_geometry.js";
import { placeEntries, svgDocument } from "../../../static/export/svg_document.js";

const measure = (text) => 6 * text.length;
const LOOK = { paper: "rgb(255, 255, 255)", ink: "#000", quiet: "#666", family: "system-ui" };

const entry = (label) => ({ label, color: "#0474d4", value: "1.0" });
test("a legend goes on in the next row", () => {
  const placed = placeEntries(["a", "b", "c", "x".repeat(99)].map(entry), 160, measure);
  assert.deepEqual(
    placed.map(({ row }) => row),
    [0, 0, 1, 2],
  );
});

test("of very many series twelve rows are named, and the others counted", () => {
  const placed = placeEntries(
    Array.from({ length: 30 }, (_, i) => entry(`series ${i}`)),
    160,
    measure,
  );
  assert.equal(placed.length, 13);
  assert.deepEqual([placed[12].row, placed[12].label, placed[12].value], [12, "", "and 18 more"]);
});

const PANEL = { entries: [], left: 0, svg: "", height: 200 };

test("a swatch has the dashes and the opacity of its line", () => {
  const sheet = { title: "", width: 400, look: LOOK, measure };
  const swatchOf = (more) =>
    svgDocument({ ...sheet, panels: [{ ...PANEL, entries: [{ ...entry("a"), ...more }] }] }).svg;
  assert.match(swatchOf({ dashes: [6, 3], opacity: 0.3 }), /dasharray="6 3" stroke-opacity="0.3"/);
  assert.ok(!/stroke-(dasharray|opacity)/.test(swatchOf({ dashes: [], opacity: 1 })));
});

test("a sheet has its title, its legend, its pictures, and nothing that runs", () => {
  const hostile = '<script>alert(1)</script>"><img onerror=alert(2)>';
  const entries = [{ ...entry(hostile), color: '"/><script>' }];
  const { svg, height } = svgDocument({
    title: hostile,
    panels: [{ ...PANEL, entries, svg: "<path/>" }],
    width: 400,
    look: LOOK,
    measure,
  });
  assert.match(
    svg,
    /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 400 246" width="400" height="246"/,
  );
  assert.match(svg, /<g transform="translate\(0 46\)"><path\/><\/g><\/svg>\n$/);
  assert.equal(height, 246);
  assert.ok(!/<(script|img)/.test(svg));
});

test("a long title goes on in the next line, and nothing of it is cut", () => {
  const panels = [{ ...PANEL, height: 100 }];
  const sheet = { panels, width: 200, look: LOOK, measure };
  const { svg, height } = svgDocument({ ...sheet, title: "a title of very many words" });
  assert.match(svg, /y="20"[^>]*>a title of very many<.*y="38"[^>]*>words</);
  assert.equal(height, 100 + 2 * 18 + 10);
});

test("below the plot stands what is measured, and the date", () => {
  const area = { left: 10, top: 5, width: 180, height: 80 };
  const flags = lettered([{ name: "A", x: 20, y: 30 }], area);
  const { svg, height } = svgDocument({
    title: "",
    panels: [{ ...PANEL, height: 100 }],
    width: 200,
    look: LOOK,
    measure,
    date: "2026-11-29 03:40:12",
    measured: { area, flags, lines: ["A 1, B 2, and so on for a long while"] },
  });
  assert.match(svg, /<path d="M20 13v80"[^>]*><circle cx="20" cy="38"/);
  assert.match(svg, />A 1, B 2, and so on for a<.*>long while<.*>2026-11-29 03:40:12</);
  assert.equal(height, 8 + 100 + 2 * 17 + 6 + 17 + 6);
});

test("a sheet without a title and a legend is as high as the picture, and a margin", () => {
  assert.equal(
    svgDocument({
      title: "",
      panels: [PANEL],
      width: 400,
      look: LOOK,
      measure,
    }).height,
    208,
  );
});

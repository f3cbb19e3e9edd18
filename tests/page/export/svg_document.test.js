import assert from "node:assert/strict";
import { test } from "node:test";
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

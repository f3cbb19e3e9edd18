import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, contextOf, document, layOut, showPage } from "../support/dom.js";
import { drawingOf } from "../../../static/export/drawing.js";

/** A plot of as many canvases as there are tops, each 100 pixels high, and what each draws. */
function plotOf(tops) {
  showPage("index.html");
  const plot = byId("plot");
  layOut(plot, { left: 20, top: 30, width: 400, height: 200 });
  return tops.map((top) => {
    const canvas = plot.appendChild(document.createElement("canvas"));
    layOut(canvas, { left: 20, top: 30 + top, width: 400, height: 100 });
    canvas.width = 400;
    return canvas;
  });
}

test("each canvas is where it is seen, and all are drawn once", () => {
  const canvases = plotOf([0, 100]);
  let draws = 0;
  const { svg, width, height } = drawingOf(document.body, {
    title: () => "",
    entries: () => [],
    redraw() {
      draws += 1;
      for (const [i, canvas] of canvases.entries()) contextOf(canvas).fillRect(0, 0, 10 + i, 5);
    },
  });
  assert.deepEqual([width, height, draws], [400, 208, 1]);
  assert.match(svg, /translate\(0 8\)"><path [^>]*d="M0 0L10 0L10 5L0 5Z"/);
  assert.match(svg, /translate\(0 108\)"><path [^>]*d="M0 0L11 0L11 5L0 5Z"/);
});

test("of several panels each has its legend above it", () => {
  plotOf([0, 100]);
  const entryOf = (label, panel) => ({ label, color: "#0474d4", value: "", panel });
  const { svg, height } = drawingOf(document.body, {
    title: () => "",
    entries: () => [entryOf("low", 1), entryOf("high", 0)],
    redraw() {},
  });
  assert.equal(height, 8 + 2 * (18 + 100));
  const baseline = (name) => Number(svg.match(new RegExp(`y="([\\d.]+)"[^>]*>${name}<`))[1]);
  assert.deepEqual([baseline("high"), baseline("low")], [20, 138]);
});

test("a plot that nobody sees has nothing but its words", () => {
  plotOf([]);
  const { svg } = drawingOf(document.body, {
    title: () => "Titel",
    entries: () => [{ label: "loss", color: "#0474d4", value: "1.5", panel: 0 }],
    redraw() {},
  });
  assert.match(svg, />Titel</);
  assert.match(svg, />loss</);
  assert.doesNotMatch(svg, /<g /);
});

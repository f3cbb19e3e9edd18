import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, document, layOut, send } from "../support/dom.js";
import { flat, lineOf, scalesOf } from "../support/lines.js";
import { Panels } from "../../../static/chart/panels.js";
import { lookOf } from "../../../static/chart/panel_options.js";
import { completeOptions } from "../../../static/link/options.js";

const NOTES = { lines: [], regions: [], marks: [] };
const LINE = flat([0, 0], [10, 1]);

function panelsOf(height = 400) {
  const element = document.createElement("div");
  document.body.append(element);
  layOut(element, { width: 500, height });
  const scrolls = [];
  const panels = new Panels(element, () => scrolls.push("scrolled"));
  return { panels, element, scrolls, stack: element.querySelector(".stack") };
}

/** Scenes of so many panels; options are those of the plot, `lefts` the ranges of y. */
function scenes(count, { options = {}, lefts = [], notes = NOTES } = {}) {
  return Array.from({ length: count }, (_, index) => {
    const lines = [lineOf(`s${index}`, LINE)];
    const complete = completeOptions(options);
    return {
      lines,
      ranges: { x: [0, 10], left: lefts[index] ?? [0, 1], right: [0, 1] },
      look: lookOf(complete, notes, lines, index, count, scalesOf(complete)),
    };
  });
}
const heights = ({ boxes }) => boxes.map(({ height }) => height);
const canvases = (element) => [...element.querySelectorAll("canvas.flot-base")];

test("one panel has all the height", () => {
  const { panels, element } = panelsOf();
  panels.draw(scenes(1), false);
  assert.deepEqual(heights(panels), [368]);
  assert.equal(panels.first.canvas, canvases(element)[0]);
});

test("plot areas are equally high, the last has the labels of x below it", () => {
  const { panels, element } = panelsOf(3 * 120 + 14);
  panels.draw(scenes(3), false);
  const [first, ...others] = heights(panels);
  assert.deepEqual(others, [first, first]);
  const tops = panels.boxes.map(({ top }) => top);
  assert.equal(tops[1] - tops[0], tops[2] - tops[1]);
  const [one, , last] = [...element.querySelectorAll(".panel")].map((each) =>
    Number.parseFloat(each.style.height),
  );
  assert.equal(last - one, 14);
  assert.ok(contextOf(canvases(element)[2]).texts.includes("10"));
  assert.ok(!contextOf(canvases(element)[0]).texts.includes("10"));
});

test("their left and right edges are in line, however wide their labels are", () => {
  const { panels } = panelsOf();
  panels.draw(
    scenes(2, {
      lefts: [
        [0, 1],
        [0, 1e9 + 1],
      ],
    }),
    false,
  );
  const [top, bottom] = panels.boxes;
  assert.deepEqual([top.left, top.width], [bottom.left, bottom.width]);
  assert.ok(top.left > 40);
});

test("where they would be too low to be read, they scroll", () => {
  const { panels, stack, scrolls } = panelsOf(200);
  panels.draw(scenes(5), false);
  const [first] = panels.boxes;
  assert.equal(panels.boxes[1].top - first.top, 84);
  stack.scrollTop = 50;
  send(stack, "scroll");
  assert.deepEqual([panels.boxes[0].top, scrolls], [first.top - 50, ["scrolled"]]);
});

test("panels come and go", () => {
  const { panels, element } = panelsOf();
  panels.draw(scenes(3), false);
  panels.draw(scenes(1), false);
  assert.deepEqual([canvases(element).length, panels.boxes.length, heights(panels)], [1, 1, [368]]);
});

test("a second line below x makes room at once", () => {
  const { panels } = panelsOf();
  panels.draw(scenes(2, { options: { x_label: "step" } }), false);
  const [top, bottom] = heights(panels);
  assert.equal(top, bottom);
});

test("a hand on the scroll bar is none on the plot", () => {
  const { element, stack } = panelsOf();
  const reached = [];
  element.addEventListener("pointerdown", ({ offsetX }) => reached.push(offsetX));
  send(stack, "pointerdown", { offsetX: 505 });
  send(stack, "pointerdown", { offsetX: 100 });
  assert.deepEqual(reached, [100]);
});

test("the paint is for all, those to come too", () => {
  const { panels, element } = panelsOf();
  element.style.setProperty("--grid", "#123456");
  panels.takePaint();
  panels.draw(scenes(2), false);
  for (const canvas of canvases(element))
    assert.equal(contextOf(canvas).looksOf("stroke")[0].strokeStyle, "#123456");
});

test("a look is taken when it or its notes are others", (t) => {
  const { panels } = panelsOf();
  panels.draw(scenes(1), false);
  const set = t.mock.method(panels.first, "setLook");
  panels.draw(scenes(1), false);
  assert.equal(set.mock.callCount(), 0);
  panels.draw(scenes(1, { options: { y_label: "volts" } }), false);
  panels.draw(scenes(1, { options: { y_label: "volts" }, notes: { ...NOTES } }), false);
  assert.equal(set.mock.callCount(), 2);
});

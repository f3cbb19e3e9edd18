import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, document, layOut, observers, send } from "../support/dom.js";
import { flat, lineOf, scalesOf } from "../support/lines.js";
import { Panels } from "../../../static/picture/panels.js";
import { lookOf } from "../../../static/picture/panel_options.js";
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
function scenes(count, { options = {}, lefts = [], notes = NOTES, weights = [] } = {}) {
  return Array.from({ length: count }, (_, index) => {
    const lines = [lineOf(`s${index}`, LINE)];
    const complete = completeOptions(options);
    return {
      lines,
      ranges: { x: [0, 10], left: lefts[index] ?? [0, 1], right: [0, 1] },
      look: lookOf(complete, notes, lines, index, count, scalesOf(complete)),
      height: weights[index] ?? 1,
      logY: false,
    };
  });
}
const heights = ({ boxes }) => boxes.map(({ height }) => height);
const canvases = (element) => [...element.querySelectorAll("canvas.flot-base")];

test("one panel has all the height", () => {
  const { panels, element } = panelsOf();
  panels.draw(scenes(1));
  assert.deepEqual(heights(panels), [368]);
  assert.equal(panels.first.canvas, canvases(element)[0]);
});

test("plot areas are equally high, the last has the labels of x below it", () => {
  const { panels, element } = panelsOf(3 * 120 + 14);
  panels.draw(scenes(3));
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

test("plot areas are as high as their weights say", () => {
  const { panels, element } = panelsOf(2 * 18 + 14 + 300);
  const weighted = (...weights) => panels.draw(scenes(2, { weights }));
  weighted(2, 1);
  assert.deepEqual(heights(panels), [200, 100]);
  assert.equal(panels.boxes[1].top - panels.boxes[0].top, 218);
  weighted(1, 1);
  assert.deepEqual(heights(panels), [150, 150]);
  assert.equal(element.querySelectorAll(".panel").length, 2);
});

test("each of several panels has a legend, one alone has that of the page", () => {
  const { panels, element } = panelsOf();
  panels.draw(scenes(1));
  assert.equal(panels.listOf(0, 1), null);
  panels.draw(scenes(2));
  assert.deepEqual(
    [0, 1].map((index) => panels.listOf(index, 2)),
    [...element.querySelectorAll(".panel .legend")],
  );
  assert.equal(panels.listOf(2, 3), undefined, "it is not drawn yet");
  assert.equal(panels.listOf(0, 1), null, "the second one is to go");
});

test("a legend that needs other room gets it with the next picture", () => {
  const { panels, element, scrolls } = panelsOf();
  panels.draw(scenes(2));
  const [before] = panels.boxes;
  for (const chart of element.querySelectorAll(".chart"))
    Object.defineProperty(chart, "offsetTop", { value: 20 });
  observers.resize.at(-1).tell([]);
  assert.deepEqual([panels.boxes[0], scrolls.length], [before, 1]);
  panels.draw(scenes(2));
  assert.equal(panels.boxes[0].top, before.top + 20);
  const all = [...element.querySelectorAll(".panel")].map(({ style }) => style.height);
  assert.equal(Number.parseFloat(all[0]) + Number.parseFloat(all[1]), 400);
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
  );
  const [top, bottom] = panels.boxes;
  assert.deepEqual([top.left, top.width], [bottom.left, bottom.width]);
  assert.ok(top.left > 40);
});

test("where they would be too low to be read, they scroll", () => {
  const { panels, stack, scrolls } = panelsOf(200);
  panels.draw(scenes(5));
  const [first] = panels.boxes;
  assert.equal(panels.boxes[1].top - first.top, 68);
  stack.scrollTop = 50;
  send(stack, "scroll");
  assert.deepEqual([panels.boxes[0].top, scrolls], [first.top - 50, ["scrolled"]]);
});

test("of two a low page shows both", () => {
  const { panels } = panelsOf(130);
  panels.draw(scenes(2));
  const boxes = panels.boxes;
  assert.deepEqual(
    boxes.map(({ height }) => height >= 38 && height < 50),
    [true, true],
  );
  assert.ok(boxes[1].top + boxes[1].height <= 130);
});

test("it says how many are out of sight below, as far as it has been scrolled", () => {
  const { panels, element, stack } = panelsOf(200);
  const more = element.querySelector(".more-panels");
  const seen = [];
  const look = (top) => {
    stack.scrollTop = top;
    send(stack, "scroll");
    seen.push(more.hidden ? "" : more.textContent);
  };
  panels.draw(scenes(1));
  look(0);
  panels.draw(scenes(5));
  for (const top of [0, 68, 168]) look(top);
  assert.deepEqual(seen, ["", "▾ 2 more", "▾ 1 more", ""]);
});

test("several want room in which each can be read, one wants none", () => {
  const { panels } = panelsOf();
  const wanted = (count) => {
    panels.draw(scenes(count));
    return panels.wanted;
  };
  assert.deepEqual([1, 2, 4].map(wanted), [0, 2 * (96 + 18) + 14, 4 * (96 + 18) + 14]);
});

test("panels come and go", () => {
  const { panels, element } = panelsOf();
  panels.draw(scenes(3));
  panels.draw(scenes(1));
  assert.deepEqual([canvases(element).length, panels.boxes.length, heights(panels)], [1, 1, [368]]);
});

test("a second line below x makes room at once", () => {
  const { panels } = panelsOf();
  panels.draw(scenes(2, { options: { x_label: "step" } }));
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
  panels.draw(scenes(2));
  for (const canvas of canvases(element))
    assert.equal(contextOf(canvas).looksOf("stroke")[0].strokeStyle, "#123456");
});

test("a look is taken when it or its notes are others", (t) => {
  const { panels } = panelsOf();
  panels.draw(scenes(1));
  const set = t.mock.method(panels.first, "setLook");
  panels.draw(scenes(1));
  assert.equal(set.mock.callCount(), 0);
  panels.draw(scenes(1, { options: { y_label: "volts" } }));
  panels.draw(scenes(1, { options: { y_label: "volts" }, notes: { ...NOTES, marks: [] } }));
  assert.equal(set.mock.callCount(), 2);
});

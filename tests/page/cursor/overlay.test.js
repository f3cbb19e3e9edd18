import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, showPage } from "../support/dom.js";
import { Overlay } from "../../../static/cursor/overlay.js";
import { lettered } from "../../../static/cursor/overlay_geometry.js";

const AREA = { left: 40, top: 10, width: 400, height: 100 };
const NOTHING = { area: AREA, cross: null, dots: [], flags: [], drawn: null };

function overlayOf() {
  showPage("index.html");
  const overlay = new Overlay(byId("plot").parentElement);
  return (sight) => overlay.update({ ...NOTHING, ...sight });
}
const find = (selector) => [...document.querySelectorAll(`#overlay ${selector}`)];
const read = (element, ...names) =>
  names.map((name) => {
    const value = element.getAttribute(name);
    return value === null || Number.isNaN(Number(value)) ? value : Number(value);
  });
const boxIn = (selector) => read(find(selector)[0], "x", "y", "width", "height");
const linesIn = (selector) => find(selector).map((one) => read(one, "x1", "y1", "x2", "y2"));

test("it is drawn for eyes only", () => {
  overlayOf();
  assert.equal(byId("overlay").getAttribute("aria-hidden"), "true");
});

test("a crosshair goes through all panels, and across its own", () => {
  const update = overlayOf();
  const box = { left: 40, top: 60, width: 400, height: 50 };
  update({ cross: { x: 100.126, y: 70, box } });
  assert.deepEqual(linesIn(".cross"), [
    [100.13, 10, 100.13, 110],
    [40, 70, 440, 70],
  ]);
  update({});
  assert.deepEqual(linesIn(".cross"), [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ]);
});

test("over an image the lines have a wider one below them", () => {
  const update = overlayOf();
  const box = { left: 40, top: 60, width: 400, height: 50 };
  const isOver = () => byId("overlay").classList.contains("over-image");
  update({ cross: { x: 100, y: 70, box }, overImage: true });
  assert.deepEqual([linesIn(".casing").slice(0, 2), isOver()], [linesIn(".cross"), true]);
  update({});
  assert.equal(isOver(), false);
});

test("each point that is read has a dot in its colour; those that have gone are nothing", () => {
  const update = overlayOf();
  const dots = () => find(".dots circle").map((one) => read(one, "cx", "cy", "r", "fill"));
  update({
    dots: [
      { x: 1, y: 2, color: "#a" },
      { x: 3, y: 4, color: "#b" },
    ],
  });
  assert.deepEqual(dots(), [
    [1, 2, 4, "#a"],
    [3, 4, 4, "#b"],
  ]);
  update({ dots: [{ x: 5, y: 6, color: "#c" }] });
  assert.deepEqual([dots()[0], dots()[1][2]], [[5, 6, 4, "#c"], 0]);
});

const flag = (x, name) => lettered([{ x, y: 50, name }], AREA)[0];

test("a mark has its line, its ring and its letter", () => {
  const update = overlayOf();
  update({ flags: [flag(100, "A")] });
  const [first, second] = find(".flag");
  assert.deepEqual(
    [first, second].map((one) => one.classList.contains("away")),
    [false, true],
  );
  assert.deepEqual(read(first.querySelector(".pole"), "x1", "y1", "x2", "y2"), [100, 10, 100, 110]);
  assert.deepEqual(read(first.querySelector(".ring"), "cx", "cy", "r"), [100, 50, 5]);
  const text = first.querySelector("text");
  assert.deepEqual(
    [text.textContent, ...read(text, "x", "y", "text-anchor")],
    ["A", 104, 21, "start"],
  );
});

test("at the right end the letter stands before its line", () => {
  const update = overlayOf();
  update({ flags: [flag(430, "A")] });
  assert.deepEqual(read(find("text")[0], "x", "text-anchor"), [426, "end"]);
});

test("a mark that is not seen is away", () => {
  const update = overlayOf();
  for (const x of [39, 441]) {
    update({ flags: [flag(x, "A")] });
    assert.equal(find(".flag")[0].classList.contains("away"), true, `${x}`);
  }
});

const SELECTIONS = [
  ["between two marks", [flag(300, "A"), flag(100, "B")], [100, 10, 200, 100]],
  ["as far as it is seen", [flag(0, "A"), flag(900, "B")], [40, 10, 400, 100]],
  ["nowhere beside what is seen", [flag(0, "A"), flag(20, "B")], [null, null, 0, 0]],
  ["not of one mark", [flag(100, "A")], [null, null, 0, 0]],
];
for (const [what, flags, expected] of SELECTIONS)
  test(`a selection is ${what}`, () => {
    overlayOf()({ flags });
    assert.deepEqual(boxIn(".selection"), expected);
  });

test("the box that is being drawn is shown until it is done", () => {
  const update = overlayOf();
  update({ drawn: { left: 50, top: 20, width: 30, height: 40 } });
  assert.deepEqual(boxIn(".drawn"), [50, 20, 30, 40]);
  update({});
  assert.deepEqual(boxIn(".drawn").slice(2), [0, 0]);
});

test("what is the same already is not written", (t) => {
  const update = overlayOf();
  const sight = { flags: [flag(100, "A")], drawn: AREA };
  update(sight);
  const written = t.mock.method(find(".drawn")[0], "setAttribute");
  update(sight);
  assert.equal(written.mock.callCount(), 0);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, layOut, observers, scopeOf, showPage } from "../support/dom.js";
import { nearestRows, Readout, roomIn, rowsIn } from "../../../static/cursor/readout.js";

test("little room, few words", () => {
  assert.deepEqual(
    [
      [900, 300],
      [380, 200],
      [200, 100],
      [900, 60],
    ].map(([width, height]) => roomIn({ width, height })),
    ["wide", "narrow", "tiny", "tiny"],
  );
  assert.deepEqual(
    [
      [900, 300, false],
      [900, 300, true],
      [380, 160, true],
      [200, 100, true],
    ].map(([width, height, measured]) => rowsIn({ width, height }, measured)),
    [
      { rows: 15, figures: 0 },
      { rows: 6, figures: 7 },
      { rows: 2, figures: 2 },
      { rows: 1, figures: 0 },
    ],
  );
  const rows = [5, 1, 9, 3].map((distance) => ({ distance }));
  assert.deepEqual(
    nearestRows(rows, 2).map(({ distance }) => distance),
    [1, 3],
  );
});

// -- The element itself -------------------------------------------------------------------------

const WIDE = { width: 900, height: 300 };
const NARROW = { width: 380, height: 200 };
const TINY = { width: 200, height: 150 };

/** A readout in its page, and how often it has told that its size is another. */
function readoutOf() {
  showPage("index.html");
  const told = [];
  const readout = new Readout(
    byId("plot").parentElement,
    () => told.push("resized"),
    scopeOf().signal,
  );
  return { readout, told, element: byId("readout") };
}
const rowOf = (name, more = {}) => ({
  name,
  brief: name,
  color: `#${name}`,
  value: "1.23456789",
  short: "1.23457",
  exact: true,
  distance: 0,
  ...more,
});
const figures = (name) => ({
  name,
  brief: name,
  color: `#${name}`,
  figures: ["1", "2", "3", "4", "5"],
});
const measuredOf = (...rows) => ({
  differences: [
    ["Δx", "1"],
    ["Δy", "2"],
    ["slope", "3"],
  ],
  rows,
  note: "computing…",
});
const content = (more = {}) => ({ at: "50 s", rows: [rowOf("a")], measured: null, ...more });
const cells = (selector) =>
  [...byId("readout").querySelectorAll(`${selector} tr`)].map((line) =>
    [...line.children].map(({ textContent }) => textContent),
  );
const said = (selector) => byId("readout").querySelector(selector).textContent;

test("it is hidden until there is something to say, and again", () => {
  const { readout, element } = readoutOf();
  assert.deepEqual([element.hidden, readout.text], [true, ""]);
  readout.show(content(), WIDE);
  assert.equal(element.hidden, false);
  assert.match(readout.text, /50 s/);
  readout.show(content({ at: "", rows: [] }), WIDE);
  assert.equal(element.hidden, true);
  readout.show(content(), WIDE);
  readout.hide();
  assert.deepEqual([element.hidden, readout.text], [true, ""]);
});

test("a series has a row with its colour and its value, or few digits of it", () => {
  const { readout, element } = readoutOf();
  readout.show(content({ rows: [rowOf("a"), rowOf("<b>", { exact: false })] }), WIDE);
  assert.deepEqual(cells(".rows"), [
    ["a", "1.23456789"],
    ["<b>", "1.23456789"],
  ]);
  const lines = [...element.querySelectorAll(".rows tr")];
  assert.deepEqual(
    lines.map((line) => line.classList.contains("about")),
    [false, true],
  );
  assert.equal(lines[0].querySelector(".swatch").style.getPropertyValue("--color"), "#a");
  readout.show(content(), TINY);
  assert.deepEqual(cells(".rows"), [["a", "1.23457"]]);
  assert.equal(element.dataset.room, "tiny");
});

test("rows that have no room are counted, those nearest to the pointer stay", () => {
  const { readout } = readoutOf();
  const rows = Array.from({ length: 20 }, (_, i) => rowOf(`s${i}`, { distance: 20 - i }));
  readout.show(content({ rows }), WIDE);
  assert.equal(cells(".rows").length, 15);
  assert.deepEqual([cells(".rows")[0][0], said(".more")], ["s5", "and 5 more"]);
  readout.show(content({ rows }), TINY);
  assert.deepEqual([cells(".rows"), said(".more")], [[["s19", "1.23457"]], ""]);
});

test("differences stand side by side, two of them in a small frame", () => {
  const { readout, element } = readoutOf();
  const pairs = () =>
    [...element.querySelectorAll(".differences div")].map(({ textContent }) => textContent);
  readout.show(content({ measured: measuredOf() }), WIDE);
  assert.deepEqual([pairs(), said(".note")], [["Δx1", "Δy2", "slope3"], "computing…"]);
  readout.show(content({ measured: measuredOf() }), TINY);
  assert.deepEqual(pairs(), ["Δx1", "Δy2"]);
  readout.show(content(), WIDE);
  assert.deepEqual([pairs(), said(".note")], [[], ""]);
});

test("figures have heads, as many as there is room for", () => {
  const { readout } = readoutOf();
  const measured = measuredOf(figures("a"), figures("b"));
  const heads = (area) => {
    readout.show(content({ measured }), area);
    return cells(".figures")[0];
  };
  assert.deepEqual(heads(WIDE), ["", "mean", "min", "max", "sd", "n"]);
  assert.deepEqual(cells(".figures").slice(1), [
    ["a", "1", "2", "3", "4", "5"],
    ["b", "1", "2", "3", "4", "5"],
  ]);
  assert.deepEqual(heads(NARROW), ["", "mean", "min", "max"]);
  assert.deepEqual(heads(TINY), ["", "mean"]);
  assert.deepEqual([cells(".figures").length, said(".note")], [2, ""]);
  assert.deepEqual(heads(WIDE), ["", "mean", "min", "max", "sd", "n"]);
});

test("figures that have no room are counted beside the note", () => {
  const { readout } = readoutOf();
  const rows = Array.from({ length: 9 }, (_, i) => figures(`s${i}`));
  readout.show(content({ measured: measuredOf(...rows) }), WIDE);
  assert.deepEqual([cells(".figures").length, said(".note")], [8, "computing…, and 2 more"]);
});

test("without figures there is no head", () => {
  const { readout } = readoutOf();
  readout.show(content({ measured: measuredOf(figures("a")) }), WIDE);
  readout.show(content({ measured: measuredOf() }), WIDE);
  assert.deepEqual(cells(".figures"), []);
  readout.show(content({ measured: measuredOf(figures("b")) }), WIDE);
  assert.deepEqual(
    cells(".figures").map(([name]) => name),
    ["", "b"],
  );
});

test("it stands on whole pixels, and is as wide as there is room", () => {
  const { readout, element } = readoutOf();
  readout.moveTo({ left: 10.4, top: 20.6 }, 300.9);
  assert.deepEqual(
    [element.style.transform, element.style.maxWidth],
    ["translate(10px, 21px)", "300px"],
  );
});

test("its size is known when it has changed, and told while it is seen", () => {
  const { readout, told, element } = readoutOf();
  layOut(element, { width: 120, height: 60 });
  observers.resize.at(-1).tell();
  assert.deepEqual([readout.size, told], [{ width: 120, height: 60 }, []]);
  readout.show(content(), WIDE);
  observers.resize.at(-1).tell();
  assert.deepEqual(told, ["resized"]);
});

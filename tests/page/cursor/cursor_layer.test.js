import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, layOut, observers, scopeOf, showPage } from "../support/dom.js";
import { TARGET, mark, read, reading } from "../support/readings.js";
import { CursorLayer } from "../../../static/cursor/cursor_layer.js";

const READ = { target: TARGET, readings: [reading("a", 50, 5)] };

function displayOf() {
  showPage("index.html");
  const host = byId("plot").parentElement;
  layOut(host, { width: 900, height: 300 });
  const display = new CursorLayer(host, scopeOf().signal);
  const model = new Map(
    ["a", "b"].map((name, id) => [name, { id, vertices: { view: () => new Float64Array() } }]),
  );
  const show = (rest, now, drawn = null) => display.show(read({ model, ...rest }), drawn, now);
  return { display, show };
}
const isHidden = () => byId("readout").hidden;

test("while nothing is read there is nothing over the picture", () => {
  const { display, show } = displayOf();
  assert.deepEqual([show({}, 0), isHidden(), display.text], [false, true, ""]);
});

test("what is read is drawn at once, and written", () => {
  const { display, show } = displayOf();
  assert.equal(show(READ, 0), false);
  assert.equal(document.querySelector("#overlay .cross").getAttribute("x1"), "90");
  assert.equal(isHidden(), false);
  assert.match(display.text, /50\u202fs/);
});

test("figures are written no more often than they can be read", () => {
  const { show } = displayOf();
  show(READ, 1);
  const later = { target: { ...TARGET, x: 60, spot: { x: 100, y: 60 } }, readings: [] };
  assert.equal(show(later, 1.02), true, "it wants another frame");
  assert.equal(document.querySelector("#overlay .cross").getAttribute("x1"), "100");
  assert.equal(byId("readout").querySelector(".at").textContent, "50\u202fs");
  assert.equal(show(later, 1.04), false);
  assert.equal(byId("readout").querySelector(".at").textContent, "60\u202fs");
});

test("a mark is measured from without any crosshair", () => {
  const { show } = displayOf();
  show({ marks: { a: mark(20, 5), b: null } }, 0);
  assert.deepEqual(
    [isHidden(), byId("readout").querySelector(".note").textContent],
    [false, "click again to measure from A"],
  );
  show({}, 1);
  assert.equal(isHidden(), true);
});

test("a readout that fails is not there, and the crosshair is", (t) => {
  const { show } = displayOf();
  show(READ, 0);
  const said = t.mock.method(console, "error", () => {}).mock;
  const y = { valueOf: () => assert.fail("no such digit") };
  show({ ...READ, readings: [{ ...reading("a", 50, 5), y }] }, 1);
  assert.equal(isHidden(), true);
  assert.equal(document.querySelector("#overlay .cross").getAttribute("x1"), "90");
  assert.equal(said.calls[0].arguments[0], "zwsnb: without the readout:");
  show(READ, 2);
  assert.equal(isHidden(), false);
});

test("the box that is being drawn is drawn", () => {
  const { show } = displayOf();
  show({}, 0, { left: 1, top: 2, width: 30, height: 40 });
  assert.equal(document.querySelector("#overlay .drawn").getAttribute("width"), "30");
});

test("figures of another size are placed anew", () => {
  const { show } = displayOf();
  observers.resize.at(-1).tell();
  show(READ, 0);
  const { transform } = byId("readout").style;
  layOut(byId("readout"), { width: 50, height: 20 });
  observers.resize.at(-1).tell();
  assert.notEqual(byId("readout").style.transform, transform);
});

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { byId, layOut, press, send, showPage, textsOf } from "../support/dom.js";
import { PlotGrid } from "../../../static/plots/plot_grid.js";

const ADDRESS = new URL("http://relay.test/hub/plots?token=secret&theme=dark");
const KEY = "zwsnb-plots http://relay.test/hub/plots";

beforeEach(() => {
  localStorage.clear();
  showPage("plots.html");
});
const gridOf = (...names) => {
  const grid = new PlotGrid(byId("grid"), byId("spoken"), ADDRESS);
  grid.update(new Map(names.map((name) => [name, `the ${name}`])));
  return grid;
};
const titles = () => textsOf("#grid .handle");
const handleOf = (name) =>
  [...byId("grid").querySelectorAll(".handle")].find((one) => one.textContent === `the ${name}`);
const remembered = () => JSON.parse(localStorage.getItem(KEY));

test("each plot has a card with its title, in the order in which it came", () => {
  const grid = gridOf("a", "b");
  grid.update(
    new Map([
      ["b", "b: new"],
      ["c", "the c"],
    ]),
  );
  assert.deepEqual(
    [titles(), grid.names],
    [
      ["b: new", "the c"],
      ["b", "c"],
    ],
  );
});

test("a card leads to the plot's page, with the token and the theme of this one", () => {
  gridOf("a&b");
  const { src } = byId("grid").querySelector("iframe");
  assert.equal(src, "http://relay.test/hub/?token=secret&plot=a%26b&theme=dark");
});

test("a plot that comes back has its old place", () => {
  const grid = gridOf("a", "b", "c");
  grid.update(new Map([["c", "the c"]]));
  grid.update(
    new Map([
      ["a", "the a"],
      ["c", "the c"],
    ]),
  );
  assert.deepEqual(titles(), ["the a", "the c"]);
});

test("columns are shown, and remembered for the address", () => {
  const grid = gridOf("a");
  assert.deepEqual([grid.columns, byId("grid").dataset.columns], [2, "2"]);
  grid.setColumns(3);
  assert.deepEqual([byId("grid").dataset.columns, remembered().columns], ["3", 3]);
  assert.equal(gridOf("a").columns, 3);
});

test("keys move a card, the others past it, and say where it is", () => {
  const grid = gridOf("a", "b", "c");
  const { parentElement } = handleOf("a").closest("li");
  const moved = handleOf("a").closest("li");
  assert.equal(press(handleOf("a"), "End").defaultPrevented, true);
  assert.deepEqual(titles(), ["the b", "the c", "the a"]);
  assert.equal(parentElement.lastElementChild, moved);
  assert.equal(byId("spoken").textContent, "a: place 3 of 3");
  assert.deepEqual(
    [grid.names, remembered().order],
    [
      ["b", "c", "a"],
      ["b", "c", "a"],
    ],
  );
});

test("however many plots have gone, those that come are moved as others", () => {
  const order = Array.from({ length: 500 }, (_, i) => `gone ${i}`);
  localStorage.setItem(KEY, JSON.stringify({ order, columns: 2 }));
  const grid = gridOf("a", "b");
  press(handleOf("a"), "ArrowRight");
  assert.deepEqual(
    [titles(), grid.names],
    [
      ["the b", "the a"],
      ["b", "a"],
    ],
  );
});

test("a key that leads nowhere is left to the browser", () => {
  gridOf("a", "b");
  assert.equal(press(handleOf("a"), "ArrowLeft").defaultPrevented, false);
  assert.deepEqual(titles(), ["the a", "the b"]);
});

test("a drag over another card takes its place", () => {
  gridOf("a", "b", "c");
  for (const [index, card] of [...byId("grid").children].entries())
    layOut(card, { left: 100 * index, top: 0, width: 90, height: 90 });
  const handle = handleOf("c");
  send(handle, "pointerdown", { pointerId: 1, button: 0 });
  send(handle, "pointermove", { pointerId: 1, clientX: 95, clientY: 10 });
  assert.deepEqual(titles(), ["the a", "the b", "the c"], "between two cards is none");
  send(handle, "pointermove", { pointerId: 1, clientX: 50, clientY: 10 });
  assert.deepEqual(titles(), ["the c", "the a", "the b"]);
});

test("where the browser can move an element, no frame is loaded anew", () => {
  gridOf("a", "b");
  const moved = [];
  byId("grid").moveBefore = (element, before) => {
    moved.push(element);
    byId("grid").insertBefore(element, before);
  };
  const other = handleOf("b").closest("li");
  press(handleOf("a"), "ArrowRight");
  assert.deepEqual([titles(), moved[0] === other], [["the b", "the a"], true]);
});

test("a frame without storage works, and forgets", (t) => {
  const fail = () => {
    throw new Error("no storage here");
  };
  const { localStorage: storage } = globalThis;
  t.after(() => (globalThis.localStorage = storage));
  globalThis.localStorage = { getItem: fail, setItem: fail };
  const grid = gridOf("a", "b");
  grid.setColumns(4);
  press(handleOf("a"), "ArrowRight");
  assert.deepEqual([grid.columns, titles()], [4, ["the b", "the a"]]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { initialView } from "../../../static/view/state.js";
import { Remembered } from "../../../static/view/remembered.js";

const ADDRESS = "http://relay.test/?plot=p&ticket=t&claim=1";
const ZOOMED = { ...initialView(30), mode: "range", from: 1.5, to: 2, y: { "0:left": [3, 4] } };

/** What a tab remembers, as long as it is open. */
function tabOf() {
  const kept = new Map();
  return {
    kept,
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
  };
}

/** A page that is loaded, and has its relay's word. */
function loaded(tab, { address = ADDRESS, origin = 0, view = initialView(30) } = {}) {
  const legend = { chosen: [] };
  const remembered = new Remembered(address, tab);
  return { legend, remembered, view: remembered.recall(view, legend, origin) };
}

test("a page that is loaded again has the view, what is hidden and the pause", () => {
  const tab = tabOf();
  const { remembered } = loaded(tab);
  const view = { ...ZOOMED, paused: true, home: "all", touched: 5, pointers: [{ id: 1 }] };
  remembered.keep(view, { chosen: [["loss", true]] }, 0);
  const again = loaded(tab);
  assert.deepEqual(again.view, { ...view, touched: 0, pointers: [] });
  assert.deepEqual(again.legend.chosen, [["loss", true]]);
});

test("what is seen stays where it is when x are counted from elsewhere", () => {
  const tab = tabOf();
  loaded(tab).remembered.keep({ ...ZOOMED, touched: 5 }, { chosen: [] }, 100);
  const { from, to } = loaded(tab, { origin: 90 }).view;
  assert.deepEqual([from, to], [11.5, 12]);
});

test("a view that follows has no range, before and after", () => {
  const tab = tabOf();
  loaded(tab).remembered.keep({ ...initialView(20), touched: 5 }, { chosen: [] }, 0);
  const { view } = loaded(tab);
  assert.deepEqual([view.mode, view.window, view.from], ["follow", 20, NaN]);
});

test("another output, another plot and another kernel have a view of their own", () => {
  const tab = tabOf();
  loaded(tab).remembered.keep({ ...ZOOMED, touched: 5 }, { chosen: [] }, 0);
  for (const address of [`${ADDRESS}2`, ADDRESS.replace("t=t", "t=u"), ADDRESS.replace("=p", "=q")])
    assert.equal(loaded(tab, { address }).view.mode, "follow");
  assert.equal([...tab.kept].flat().join().includes("ticket"), false);
});

test("nothing is kept before anything was chosen, nor before what was is read", () => {
  const tab = tabOf();
  loaded(tab).remembered.keep(initialView(30), { chosen: [] }, 0);
  const late = new Remembered(ADDRESS, tab);
  late.keep({ ...ZOOMED, touched: 5 }, { chosen: [] }, 0);
  assert.equal(tab.kept.size, 0);
});

test("a series that is chosen is news, and so is the way back", () => {
  const tab = tabOf();
  const { remembered } = loaded(tab);
  remembered.keep(initialView(30), { chosen: [["loss", true]] }, 0);
  remembered.keep(initialView(30), { chosen: [] }, 0);
  assert.deepEqual(loaded(tab).legend.chosen, []);
});

test("it reads once, so a connection that comes again changes nothing", () => {
  const tab = tabOf();
  const { remembered, legend } = loaded(tab);
  remembered.keep({ ...ZOOMED, touched: 5 }, { chosen: [] }, 0);
  const view = initialView(null);
  assert.equal(remembered.recall(view, legend, 0), view);
});

test("a tab that remembers nothing does without", () => {
  const { remembered, view } = loaded(undefined);
  remembered.keep({ ...ZOOMED, touched: 5 }, { chosen: [] }, 0);
  assert.equal(view.mode, "follow");
});

test("a view of the signal is none of its spectrum", () => {
  const tab = tabOf();
  loaded(tab).remembered.keep({ ...ZOOMED, touched: 5 }, { chosen: [["loss", true]] }, 0);
  const spectrum = initialView(null, true);
  const { view, legend, remembered } = loaded(tab, { view: spectrum });
  assert.deepEqual([view, legend.chosen], [spectrum, [["loss", true]]]);
  remembered.keep({ ...spectrum, mode: "range", from: 40, to: 60, touched: 5 }, legend, 0);
  assert.equal(loaded(tab, { view: spectrum }).view.from, 40);
  assert.equal(loaded(tab).view.mode, "follow");
});

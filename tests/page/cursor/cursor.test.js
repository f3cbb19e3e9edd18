import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, layOut, scopeOf, showPage } from "../support/dom.js";
import { Model } from "../../../static/link/model.js";
import { completeOptions } from "../../../static/link/options.js";
import { Cursor } from "../../../static/cursor/cursor.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";
import { plain } from "../support/text.js";
import { itemOf } from "../support/lines.js";

const left = axisView(LINEAR, [10, 0], 100);
const PANELS = [
  {
    box: { left: 40, top: 10, width: 100, height: 100 },
    x: axisView(LINEAR, [0, 10], 100),
    left,
    right: null,
    series: ["a", "b"].map((name) => ({
      name,
      label: name,
      brief: name,
      color: `#${name}`,
      axis: left,
    })),
  },
];
const POINTS = { a: [2, 5, 4, 6, 8, 1], b: [2, 9, 8, 9] };

/** A cursor over one panel at 40, 10 of 100 x 100 pixels, x and y from 0 to 10. */
function cursorOf({ empty = false, listens = [], edits = true, panels = () => PANELS } = {}) {
  showPage("index.html");
  const host = byId("plot").parentElement;
  layOut(host, { width: 500, height: 200 });
  const model = new Model();
  model.setSeries(Object.keys(POINTS).map((name, id) => itemOf(name, id)));
  if (!empty) {
    for (const one of model.series) one.vertices.apply(0, 0, Float64Array.from(POINTS[one.name]));
    [model.xMin, model.xMax, model.points] = [2, 8, 5];
  }
  const told = { asked: [], moved: [], changes: 0 };
  const session = {
    model,
    options: completeOptions({}),
    listens,
    edits,
    request: (question) => told.asked.push(question) > 0,
  };
  const cursor = new Cursor(scopeOf(), {
    session,
    panels,
    pan: (by) => told.moved.push(by),
    changed: () => (told.changes += 1),
  });
  return { cursor, told, model };
}
/** Where a point is on the screen. */
const spotAt = (x, y) => ({ x: 40 + 10 * x, y: 110 - 10 * y });
const rows = ({ crosshair }) => crosshair.rows.map(({ name, x, y, exact }) => [name, x, y, exact]);

test("the pointer reads all series at its x, about right", () => {
  const { cursor, told } = cursorOf();
  cursor.point(spotAt(4, 6));
  assert.equal(told.changes, 1);
  cursor.frame(1);
  const { crosshair, readout } = cursor.stats();
  assert.deepEqual([crosshair.x, crosshair.series, crosshair.keyed], [4, "a", false]);
  assert.deepEqual(rows(cursor.stats()), [
    ["a", 4, 6, false],
    ["b", 2, 9, false],
  ]);
  assert.match(plain(readout), /≈ 6/);
});

test("the relay is asked, and its answer is the truth", () => {
  const { cursor, told } = cursorOf();
  cursor.point(spotAt(4, 6));
  cursor.frame(1);
  assert.deepEqual(told.asked, [{ type: "read", x: 4, id: 1 }]);
  cursor.answered({ type: "read", id: 1, x: 4, points: [{ id: 1, x: 4.1, y: 8.5, exact: true }] });
  cursor.frame(2);
  assert.deepEqual(rows(cursor.stats())[1], ["b", 4.1, 8.5, true]);
});

test("a pointer that leaves reads nothing", () => {
  const { cursor } = cursorOf();
  cursor.point(spotAt(4, 6));
  cursor.frame(1);
  cursor.point(null);
  cursor.frame(2);
  assert.deepEqual([cursor.stats().crosshair, byId("readout").hidden], [null, true]);
});

test("nor does one that draws a box", () => {
  const { cursor } = cursorOf();
  cursor.point(spotAt(4, 6));
  const box = { left: 50, top: 20, width: 30, height: 30 };
  cursor.draw(box);
  cursor.frame(1);
  const { crosshair, drawn } = cursor.stats();
  assert.deepEqual([crosshair, drawn], [null, box]);
});

test("two clicks measure what lies between them, and ask for its figures", () => {
  const { cursor, told } = cursorOf();
  cursor.click(spotAt(2, 5), 1);
  cursor.frame(1);
  cursor.click(spotAt(8, 1), 1);
  cursor.frame(2);
  assert.deepEqual(cursor.selection, { from: 2, to: 8 });
  assert.deepEqual(told.asked.at(-1), { type: "measure", from: 2, to: 8, id: 1 });
  const series = [{ id: 0, count: 3, gaps: 0, mean: 4, min: 1, max: 6, sd: 2, complete: true }];
  cursor.answered({ type: "measure", id: 1, from: 2, to: 8, series });
  assert.deepEqual(cursor.stats().figures, { a: series[0] });
});

test("a double-click gives back what its first click took", () => {
  const { cursor } = cursorOf();
  for (const [x, y, count] of [
    [2, 5, 1],
    [8, 1, 1],
    [4, 6, 1],
    [4, 6, 2],
  ])
    cursor.click(spotAt(x, y), count);
  assert.deepEqual(cursor.selection, { from: 2, to: 8 });
});

test("a mark is on a point that is near, or free of it", () => {
  const { cursor } = cursorOf();
  const near = { x: spotAt(4, 6).x + 5, y: spotAt(4, 6).y + 5 };
  cursor.click(near, 1);
  assert.deepEqual(cursor.stats().marks.a, { x: 4, y: 6, axis: "0:left", series: "a" });
  cursor.click(near, 1, true);
  assert.deepEqual(cursor.stats().marks.b, { x: 4.5, y: 5.5, axis: "0:left", series: null });
});

test("a click beside the plot, or on an empty one, marks nothing", () => {
  const { cursor } = cursorOf();
  cursor.click({ x: 5, y: 5 }, 1);
  assert.equal(cursor.stats().marks.a, null);
  const empty = cursorOf({ empty: true }).cursor;
  empty.click(spotAt(4, 6), 1);
  assert.equal(empty.stats().marks.a, null);
});

test("keys lead from point to point and from series to series", () => {
  const { cursor } = cursorOf();
  assert.deepEqual([cursor.step(1, false), cursor.change(1)], [false, false]);
  cursor.toggle();
  const at = (now) => {
    cursor.frame(now);
    const { series, x } = cursor.stats().crosshair;
    return [series, x];
  };
  assert.deepEqual(at(1), ["a", 8]);
  assert.equal(cursor.step(-1, false), true);
  assert.deepEqual(at(2), ["a", 4]);
  assert.equal(cursor.change(1), true);
  assert.deepEqual(at(3), ["b", 2]);
  cursor.toggle();
  cursor.frame(4);
  assert.equal(cursor.stats().crosshair, null);
});

test("keys that lead out of what is seen move the view", () => {
  const { cursor, told, model } = cursorOf();
  model.byName.get("a").vertices.apply(0, 3, Float64Array.of(30, 1));
  cursor.toggle();
  cursor.step(1, false);
  assert.deepEqual(told.moved, [0.25]);
});

test("Enter marks what the crosshair is on, Escape forgets it, and then the crosshair", () => {
  const { cursor } = cursorOf();
  cursor.markHere();
  assert.equal(cursor.stats().marks.a, null, "there is no crosshair yet");
  cursor.toggle();
  cursor.frame(1);
  cursor.markHere();
  assert.deepEqual(cursor.stats().marks.a, { x: 8, y: 1, axis: "0:left", series: "a" });
  assert.deepEqual([cursor.cancel(), cursor.stats().marks.a], [true, null]);
  assert.deepEqual([cursor.cancel(), cursor.cancel()], [true, false]);
});

test("what the keys have reached is said, after the last of a row of keys", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { cursor } = cursorOf();
  const said = () => plain(byId("read").textContent);
  cursor.toggle();
  cursor.frame(1);
  t.mock.timers.tick(299);
  cursor.step(-1, false);
  cursor.frame(2);
  t.mock.timers.tick(299);
  assert.equal(said(), "");
  t.mock.timers.tick(1);
  assert.equal(said(), "4, a ≈ 6, b ≈ 9");
  cursor.toggle();
  cursor.frame(3);
  t.mock.timers.tick(300);
  assert.equal(said(), "Crosshair off");
});

test("a crosshair on nothing that is seen says nothing", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { cursor, model } = cursorOf();
  model.byName.get("a").vertices.apply(0, 3, Float64Array.of(30, 1));
  byId("read").textContent = "before";
  cursor.toggle();
  cursor.step(1, false);
  cursor.frame(1);
  t.mock.timers.tick(300);
  assert.equal(byId("read").textContent, "");
});

test("a plot that has become empty forgets its marks", () => {
  const { cursor, model } = cursorOf();
  cursor.click(spotAt(2, 5), 1);
  model.xMin = NaN;
  cursor.frame(1);
  assert.equal(cursor.stats().marks.a, null);
});

test("after another greeting the relay is asked again", () => {
  const { cursor, told } = cursorOf();
  cursor.point(spotAt(4, 6));
  cursor.frame(1);
  cursor.connected();
  cursor.frame(1.1);
  assert.equal(told.asked.length, 2);
});

test("a frame that has not written all wants another", () => {
  const { cursor } = cursorOf();
  cursor.point(spotAt(4, 6));
  assert.deepEqual([cursor.frame(1), cursor.frame(1.01), cursor.frame(1.1)], [false, true, false]);
  assert.equal(document.querySelectorAll("#overlay .dots circle").length, 2);
});

const sentOf = (told, type) => told.asked.filter((one) => one.type === type);
const selectedIn = (told) => sentOf(told, "measure").filter(({ selected }) => selected);

test("a selection is told once, when no second click has taken it back", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { cursor, told } = cursorOf({ listens: ["select"] });
  let now = 0;
  const frame = () => {
    now += 1;
    cursor.frame(now);
    const { id, type } = told.asked.at(-1) ?? {};
    if (type === "measure") cursor.answered({ type, id, from: 2, to: 8, series: [] });
  };
  for (const x of [2, 8]) {
    cursor.click(spotAt(x, 9), 1);
    frame();
  }
  assert.equal(selectedIn(told).length, 0, "a second click may come");
  t.mock.timers.tick(400);
  frame();
  assert.deepEqual(selectedIn(told), [{ type: "measure", from: 2, to: 8, id: 2, selected: true }]);
  cursor.connected();
  frame();
  assert.equal(sentOf(told, "measure").length, 3);
  assert.equal(selectedIn(told).length, 1, "a new connection repeats no selection");
  cursor.click(spotAt(4, 6), 1);
  cursor.click(spotAt(4, 6), 2);
  t.mock.timers.tick(400);
  frame();
  assert.equal(selectedIn(told).length, 1, "a double-click gives it back");
});

for (const world of [{ listens: ["cross"] }, { listens: ["select", "click"], edits: false }])
  test(`nobody is told of hands where ${JSON.stringify(world)}`, (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { cursor, told } = cursorOf(world);
    for (const x of [2, 8]) cursor.click(spotAt(x, 5), 1);
    t.mock.timers.tick(400);
    cursor.frame(1);
    assert.deepEqual([selectedIn(told), sentOf(told, "click")], [[], []]);
  });

test("a click is told with the point that is near, by hand and by keys", () => {
  const { cursor, told } = cursorOf({ listens: ["click"] });
  cursor.click({ x: spotAt(4, 6).x + 5, y: spotAt(4, 6).y + 5 }, 1);
  cursor.click(spotAt(6, 3), 1);
  cursor.toggle();
  cursor.frame(1);
  cursor.markHere();
  assert.deepEqual(sentOf(told, "click"), [
    { type: "click", x: 4.5, y: 5.5, point: { id: 0, x: 4, y: 6 } },
    { type: "click", x: 6, y: 3 },
    { type: "click", x: 8, y: 1, point: { id: 0, x: 8, y: 1 } },
  ]);
});

test("where other points are shown nothing is marked, and the crosshair is gone", () => {
  const { cursor } = cursorOf();
  for (const x of [2, 4]) cursor.click(spotAt(x, 5), 1);
  cursor.point(spotAt(4, 6));
  cursor.frame(1);
  cursor.toggle();
  assert.notEqual(cursor.selection, null);
  cursor.forget();
  cursor.frame(2);
  const { marks, crosshair } = cursor.stats();
  assert.deepEqual([marks, crosshair], [{ a: null, b: null }, null]);
});

test("on a running trigger marks stay beside it, on their curves, with the figures of the sweep", () => {
  let since = 2;
  const panels = () => [{ ...PANELS[0], since }];
  const { cursor, told } = cursorOf({ panels });
  cursor.click(spotAt(2, 5), 1);
  cursor.click(spotAt(4, 6), 1);
  cursor.frame(1);
  const asked = () => told.asked.filter(({ type }) => type === "measure");
  cursor.answered({ type: "measure", id: 1, series: [] });
  since = 4;
  cursor.frame(2);
  const { marks, selection, figures } = cursor.stats();
  assert.deepEqual(
    [marks.a, marks.b].map(({ x, y }) => [x, y]),
    [
      [4, 6],
      [6, 3.5],
    ],
  );
  assert.deepEqual([selection, figures], [{ from: 4, to: 6 }, {}]);
  assert.deepEqual(
    asked().map(({ from, to }) => [from, to]),
    [
      [2, 4],
      [4, 6],
    ],
  );
});

test("marks that were set while looking back stay at their x", () => {
  let since = null;
  const { cursor } = cursorOf({ panels: () => [{ ...PANELS[0], since }] });
  cursor.click(spotAt(2, 5), 1);
  for (since of [4, 6]) cursor.frame(since);
  assert.equal(cursor.stats().marks.a.x, 2);
});

test("the crosshair of the keys goes along with a trigger, as it does where x are counted anew", () => {
  let since = 2;
  const { cursor } = cursorOf({ panels: () => [{ ...PANELS[0], since }] });
  cursor.frame(1);
  cursor.toggle();
  cursor.frame(1);
  const before = cursor.stats().crosshair.x;
  since = 0;
  cursor.frame(2);
  assert.equal(cursor.stats().crosshair.x, before - 2);
  cursor.moved(-0.5);
  since = -0.5;
  cursor.frame(3);
  assert.equal(cursor.stats().crosshair.x, before - 2.5);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { firstAfter, shownOf, visibleIn } from "../../../static/saved/looked.js";
import { heldOf, savedOf, waves } from "../support/saved.js";

const view = (more) => ({ type: "view", width: 100, paused: false, mode: "all", ...more });

/** @param {object} asked @param {ReturnType<typeof heldOf>[]} series @param {object} head */
function visible(asked, series, head = {}) {
  const saved = savedOf(series, head);
  return visibleIn(view(asked), saved.head, saved.series);
}

test("everything, what follows the newest point, and a range", () => {
  const series = [waves(1001)];
  assert.deepEqual(visible({}, series), {
    lo: 0,
    hi: Infinity,
    pixels: 100,
    grid: { width: 8, log: false },
  });
  const follow = visible({ mode: "follow", window: 100 }, series);
  assert.deepEqual([follow.lo, follow.hi, follow.grid.width], [900, Infinity, 1]);
  assert.equal(visible({ mode: "follow", window: 1e6 }, series).lo, 0);
  const range = visible({ mode: "range", from: 10, to: 60 }, series);
  assert.deepEqual([range.lo, range.hi, range.grid.width], [10, 60, 0.5]);
});

test("a logarithmic axis begins with what it can show", () => {
  const series = [heldOf([[-1, 1], [0, 2], [0, 3], [2, 4], [2048, 5]])]; // biome-ignore format: a table
  const { lo, grid } = visible({}, series, { log: true });
  assert.deepEqual([lo, grid], [2, { width: 2 ** -4, log: true }]);
  const none = visible({}, [heldOf([[-1, 1]]), heldOf([[1, 1]], { xy: true })], { log: true });
  assert.equal(none.lo, 0);
});

test("there it begins with the first row of an image, too", () => {
  const { head, series } = savedOf([heldOf([[8, 1]])], { log: true });
  const seen = (rows) => visibleIn(view({}), { ...head, x_range: [-1, 2048] }, series, rows);
  const { lo, grid } = seen(Float64Array.of(-1, 0, 2, 4, 2048));
  assert.deepEqual([lo, grid], [2, { width: 2 ** -4, log: true }]);
  assert.deepEqual([seen(Float64Array.of(-1)).lo, seen(null).lo], [8, 8]);
});

test("an empty plot has a screen, too", () => {
  const { grid, lo } = visible({}, []);
  assert.ok(Number.isNaN(lo) && grid.width > 0);
});

test("few points are shown as they are, with one more at each side", () => {
  const held = waves(1000);
  const shown = shownOf(held, visible({ mode: "range", from: 100.5, to: 200.5 }, [held]));
  assert.deepEqual([shown.kind, shown.isCoarse], ["points", false]);
  assert.deepEqual([shown.vertices[0], shown.vertices.at(-2)], [99, 201]);
});

test("many are shown in columns, with every extreme", () => {
  const held = waves(10_000);
  held.curve[2 * 5000 + 1] = 99;
  const shown = shownOf(held, visible({}, [held]));
  assert.deepEqual([shown.kind, shown.isCoarse], ["columns", false]);
  assert.ok(shown.vertices.length / 2 <= 4 * 200);
  assert.ok(shown.vertices.includes(99));
});

test("where the file has columns only, that is said; among the newest points it is not", () => {
  const held = waves(1000, { exact: 600 });
  const at = (from, to) => shownOf(held, visible({ mode: "range", from, to }, [held]));
  assert.deepEqual([at(100, 200).kind, at(100, 200).isCoarse], ["columns", true]);
  assert.deepEqual([at(700, 800).kind, at(700, 800).isCoarse], ["points", false]);
  assert.equal(at(550, 650).isCoarse, true);
});

test("a curve is shown whole, and says so where it is looked at closely", () => {
  const held = waves(10, { xy: true, exact: 10 });
  const close = shownOf(held, visible({ mode: "range", from: 2, to: 3 }, [held]));
  assert.deepEqual([close.kind, close.vertices.length, close.isCoarse], ["xy", 20, true]);
  assert.equal(shownOf(held, visible({}, [held])).isCoarse, false);
});

test("the first after an x is behind all that have it", () => {
  const { curve } = heldOf([[0, 0], [1, 0], [1, 1], [2, 0]]); // biome-ignore format: a table
  assert.deepEqual([firstAfter(curve, 1), firstAfter(curve, 0.5), firstAfter(curve, 9)], [3, 1, 4]);
});

/** Candles over x from 0 to 1000, of one width. @param {number} width */
function level(width) {
  const count = 1000 / width;
  const candle = (i) => [i, 1, i + 0.5, 4, i + 0.5, 0, i + 1, 2];
  const values = Array.from({ length: count }, (_, i) => candle(i)).flat();
  const curve = Float64Array.from(values, (value, at) => (at % 2 ? value : value * width));
  return { width, vertices: 4 * count, curve };
}

test("of candles those of the shortest period for which there is room are shown, whole", () => {
  const held = waves(1001, { candles: [level(5), level(20), level(100)] });
  const at = (asked) => shownOf(held, visible(asked, [held]));
  const all = at({});
  assert.deepEqual([all.kind, all.vertices.length], ["candles", 8 * 10]);
  const closer = at({ mode: "range", from: 250, to: 350 });
  assert.deepEqual([closer.vertices[0], closer.vertices.length % 8], [220, 0]);
  assert.equal(closer.vertices.at(-2), 380);
  assert.equal(closer.isCoarse, false);
  const closest = at({ mode: "range", from: 250, to: 260 });
  assert.deepEqual([closest.vertices[0], closest.vertices.at(-2)], [240, 270]);
  assert.equal(closest.isCoarse, true);
  assert.equal(at({ mode: "range", from: -9000, to: 9000 }).vertices.length, 8 * 10);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Labels } from "../../../static/base/labels.js";
import { Series } from "../../../static/link/model.js";
import { SeriesItem } from "../../../static/ui/series_item.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";
import { itemOf } from "../support/lines.js";

/** An item of a series of the points (0, 0), (1, 10), (2, 20) and what is on the screen. */
function itemFor({ x = [0, 2], isLive = false, kind = "points", more = {}, lastY = 20 } = {}) {
  const series = new Series(itemOf("a", 0, more));
  series.apply({
    kind,
    drop: 0,
    keep: 0,
    vertices: Float64Array.of(0, 0, 1, 10, 2, 20),
    points: 3,
    lastX: 2,
    lastY,
  });
  const labels = new Labels();
  labels.update([["a", "Series A"]]);
  const picture = {
    x,
    labels,
    colorOf: () => "#0474d4",
    penOf: () => ({ dashes: [6, 3], opacity: 0.5 }),
    homeOf: () => ({ panel: 0, list: null }),
    sideOf: () => "left",
    lackOf: () => "",
    axisOf: () => axisView(LINEAR, [20, 0], 100),
  };
  return new SeriesItem(series, picture, isLive);
}

test("it has what stands for its name, and how its line looks", () => {
  const { name, whole, label, color, dashes, opacity } = itemFor();
  assert.deepEqual(
    [name, whole, label, color, dashes, opacity],
    ["a", "Series A", "Series A", "#0474d4", [6, 3], 0.5],
  );
});

for (const [what, look, value] of [
  ["the newest value, live", { x: [0, 1.5], isLive: true }, /^20/],
  ["the last that is seen, looking back", { x: [0, 1.5] }, /^10/],
  ["one at the edge", { x: [0, 1] }, /^10/],
  ["the newest, where it is seen", { x: [0, 5] }, /^20/],
  ["none where no point is seen", { x: [1.2, 1.8] }, /^–$/],
  ["none before the first point", { x: [-2, -1] }, /^–$/],
  ["the newest of a curve", { x: [0, 1], kind: "xy" }, /^20/],
])
  test(`its value is ${what}`, () => assert.match(itemFor(look).value, value));

test("of what is derived it says what it is, unless its name does", () => {
  assert.equal(itemFor({ more: { derived: "b + 1" } }).note, "b + 1, 3 points");
  assert.equal(itemFor({ more: { derived: "a" } }).note, "3 points");
});

for (const [what, look, by, text] of [
  ["from the left end of what is seen to the newest", { x: [1, 2], isLive: true }, 10, /^10/],
  ["to the last that is seen", { x: [0, 1] }, 10, /^10/],
  ["none where nothing is seen", { x: [5, 6] }, 0, /^$/],
  ["none of a curve", { kind: "xy" }, 0, /^$/],
  ["none where it is the noise of doubles", { isLive: true, lastY: 1e-15 }, 0, /^$/],
])
  test(`its change is ${what}`, () => {
    const { change } = itemFor(look);
    assert.equal(change.by, by);
    assert.match(change.text, text);
  });

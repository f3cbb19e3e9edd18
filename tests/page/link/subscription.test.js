import assert from "node:assert/strict";
import { test } from "node:test";
import { Subscription } from "../../../static/link/subscription.js";
import { FOLLOW, range, sceneOf } from "../support/views.js";

/** What the relay is told: `look` at a view, `silences` of all that was told. */
function gaze(model = { series: [{ kind: "xy" }], image: { count: 0 } }, way = "directly") {
  const told = [];
  const one = new Subscription({
    model,
    access: { way },
    sendView: (message) => told.push(message),
  });
  const look = (view, { hidden = false, width = 800, now = 1e6 } = {}) =>
    one.update({ view, hidden }, width, sceneOf(view), now);
  return { one, look, told, silences: () => told.map(({ paused }) => paused) };
}

test("it tells what is looked at, and whether that is another question", () => {
  const { look, told } = gaze();
  assert.deepEqual([look(FOLLOW), look(FOLLOW), look(FOLLOW, { width: 900 })], [true, false, true]);
  assert.deepEqual(told[0], {
    type: "view",
    width: 1200,
    mode: "follow",
    window: 15,
    paused: false,
  });
});

test("a page that nobody sees wants nothing", () => {
  const { look, silences } = gaze();
  look(FOLLOW, { hidden: true });
  look(FOLLOW);
  assert.deepEqual(silences(), [true, false]);
});

test("a paused view that needs another patch wants one, and then silence again", () => {
  const { one, look, silences } = gaze();
  for (const to of [50, 20]) {
    const paused = { ...range(0, to), paused: true };
    look(paused);
    one.answered();
    look(paused);
  }
  assert.deepEqual(silences(), [false, true, false, true]);
});

test("a hand has come to rest when it has done nothing for a moment", () => {
  const { look, told } = gaze();
  look({ ...range(40, 60), touched: 1 }, { now: 1 });
  look({ ...range(45, 55), touched: 2 }, { now: 2 });
  assert.deepEqual(
    [1, 2.1, 2.2].map((now) => look({ ...range(45, 55), touched: 2 }, { now })),
    [false, false, true],
  );
  assert.deepEqual(told.at(-1).from, 40);
});

const plot = (kinds, image = 0) => ({
  series: kinds.map((kind) => ({ kind })),
  image: { count: image },
});

for (const [what, model, width, way] of [
  ["lines are asked for finer", plot(["points", "columns"]), 3232],
  ["nothing, too", plot([]), 3232],
  ["candles are made for their pixels", plot(["columns", "candles"]), 1600],
  ["so are scatters and curves", plot(["xy"]), 1600],
  ["and images", plot(["points"], 1), 1600],
  ["of very many lines that would be much", plot(Array(17).fill("points")), 1600],
  ["by the notebook too", plot(["points"]), 1600, "by the notebook"],
])
  test(`at rest, of what is seen: ${what}`, () => {
    const { look, told } = gaze(model, way);
    look({ ...range(40, 60), touched: 1 }, { now: 1 });
    look({ ...range(40, 60), touched: 1 }, { now: 2 });
    assert.deepEqual([told.at(0).width, told.at(-1).width], [1600, width]);
  });

test("a gesture that finds its vertices is as long as it takes to paint them", () => {
  const { one } = gaze();
  one.moved(false, FOLLOW, FOLLOW, 1);
  one.refineLatency.painted(2);
  assert.equal(one.refineLatency.count, 0);
  one.moved(false, range(40, 60), range(45, 55), 3);
  one.refineLatency.painted(3.5);
  assert.deepEqual([one.refineLatency.count, one.refineLatency.last], [1, 500]);
  one.moved(true, range(45, 55), range(46, 54), 4);
  one.moved(false, range(46, 54), range(46.1, 54), 4.1);
  one.refineLatency.painted(4.2);
  assert.equal(one.refineLatency.count, 1, "the first of them has not been answered");
  one.answered();
  one.refineLatency.painted(5);
  assert.deepEqual([one.refineLatency.count, one.refineLatency.last], [2, 1000]);
});

test("a gesture within what is still on its way is over when that has come", () => {
  const { one, look } = gaze(plot(["columns"]));
  look({ ...range(40, 60), touched: 1 }, { now: 1 });
  one.answered();
  look({ ...range(40, 60), touched: 1 }, { now: 2 });
  one.moved(look({ ...range(42, 54), touched: 3 }, { now: 3 }), range(40, 60), range(42, 54), 3);
  one.refineLatency.painted(3.1);
  assert.equal(one.refineLatency.count, 0);
  one.answered();
  one.refineLatency.painted(4);
  assert.deepEqual([one.refineLatency.count, one.refineLatency.last], [1, 1000]);
});

test("another connection is told everything again", () => {
  const { one, look } = gaze();
  look(FOLLOW);
  one.forget();
  assert.equal(look(FOLLOW), true);
});

test("the height of an image is told, and few pixels more are no other question", () => {
  const { one, look, told } = gaze();
  look(FOLLOW);
  assert.equal("height" in told.at(-1), false);
  one.setHeight(300);
  assert.equal(look(FOLLOW), true);
  assert.equal(told.at(-1).height, 320);
  one.setHeight(315);
  assert.equal(look(FOLLOW), false);
});

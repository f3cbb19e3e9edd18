import assert from "node:assert/strict";
import { test } from "node:test";
import { askedFor } from "../../../static/link/prefetch.js";
import { Subscription } from "../../../static/link/subscription.js";
import { LOG } from "../../../static/view/scale.js";
import { initialView } from "../../../static/view/state.js";

const FOLLOW = initialView(10);
const range = (from, to) => ({ ...FOLLOW, mode: "range", from, to });
const sceneOf = ({ mode, from, to }) =>
  mode === "range" ? { from, to, min: 0, max: 100 } : { from: 90, to: 100, min: 0, max: 100 };

/** What is asked for, view after view: [from, to, width], or [window, width]. */
function asked(views, rests = false) {
  let before = null;
  return views.map((view) => {
    before = askedFor(view, 800, sceneOf(view), before, rests);
    return before.mode === "range"
      ? [before.from, before.to, before.width]
      : [before.window, before.width];
  });
}

test("more is asked for than is seen, as fine, and as far as there is something", () => {
  assert.deepEqual(asked([range(40, 60)]), [[30, 70, 1600]]);
  assert.deepEqual(asked([range(5, 25)]), [[0, 35, 1400]]);
  assert.deepEqual(asked([range(85, 105)]), [[75, 105, 1200]]);
  assert.deepEqual(asked([FOLLOW]), [[15, 1200]]);
  assert.deepEqual(asked([initialView(null)]), [[null, 800]]);
});

test("near by there is nothing to ask", () => {
  assert.deepEqual(asked([range(40, 60), range(44, 64), range(36, 56), range(47, 67)]), [
    [30, 70, 1600],
    [30, 70, 1600],
    [30, 70, 1600],
    [37, 77, 1600],
  ]);
});

test("a hand that zooms in gets what it sees, and the rest when it rests", () => {
  assert.deepEqual(asked([range(40, 60), range(45, 55), range(46, 56)]), [
    [30, 70, 1600],
    [45, 55, 800],
    [41, 61, 1600],
  ]);
  const zoomed = askedFor(
    range(45, 55),
    800,
    sceneOf(range(45, 55)),
    askedFor(range(40, 60), 800, sceneOf(range(40, 60)), null, false),
    false,
  );
  assert.deepEqual(
    [zoomed.ample, askedFor(range(45, 55), 800, sceneOf(range(45, 55)), zoomed, true).from],
    [false, 40],
  );
});

test("a hand that zooms out gets more at once", () => {
  assert.deepEqual(asked([range(45, 55), range(40, 60)]), [
    [40, 60, 1600],
    [30, 70, 1600],
  ]);
});

test("another size or mode is another question", () => {
  const before = askedFor(range(40, 60), 800, sceneOf(range(40, 60)), null, false);
  assert.equal(askedFor(range(40, 60), 900, sceneOf(range(40, 60)), before, true).width, 1800);
  assert.equal(askedFor(FOLLOW, 800, sceneOf(FOLLOW), before, true).mode, "follow");
});

test("on a logarithmic axis the margin is one of places", () => {
  const { from, to, width } = askedFor(
    range(10, 1000),
    800,
    { from: 1, to: 3, min: -2, max: 6, scale: LOG },
    null,
    true,
  );
  assert.deepEqual([from, to, width], [1, 10_000, 1600]);
  assert.equal(
    askedFor(FOLLOW, 800, { from: 1, to: 2, min: 0, max: 2, scale: LOG }, null, true).window,
    10,
  );
});

test("an empty plot is asked for as it is", () => {
  const { from, to } = askedFor(
    range(40, 60),
    800,
    { from: 40, to: 60, min: NaN, max: NaN },
    null,
    true,
  );
  assert.deepEqual([from, to], [40, 60]);
});

/** What the relay is sent: `look` at a view, `silences` of all that was sent. */
function gaze() {
  const sent = [];
  const one = new Subscription({ sendView: (message) => sent.push(message) });
  const look = (view, { hidden = false, width = 800, now = 1e6 } = {}) =>
    one.update({ view, hidden }, width, sceneOf(view), now);
  return { one, look, sent, silences: () => sent.map(({ paused }) => paused) };
}

test("it tells what is looked at, and whether that is another question", () => {
  const { look, sent } = gaze();
  assert.deepEqual([look(FOLLOW), look(FOLLOW), look(FOLLOW, { width: 900 })], [true, false, true]);
  assert.deepEqual(sent[0], {
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
  const { look, sent } = gaze();
  look({ ...range(40, 60), touched: 1 }, { now: 1 });
  look({ ...range(45, 55), touched: 2 }, { now: 2 });
  assert.deepEqual(
    [1, 2.1, 2.3].map((now) => look({ ...range(45, 55), touched: 2 }, { now })),
    [false, false, true],
  );
  assert.deepEqual(sent.at(-1).from, 40);
});

test("another connection is sent everything again", () => {
  const { one, look } = gaze();
  look(FOLLOW);
  one.forget();
  assert.equal(look(FOLLOW), true);
});

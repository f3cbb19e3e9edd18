import assert from "node:assert/strict";
import { test } from "node:test";
import { LOG } from "../../../static/view/scale.js";
import { initialView, isLive, visibleRange } from "../../../static/view/state.js";
import { reduce } from "../../../static/view/view.js";

const DATA = { min: 0, max: 100 };

/**
 * A viewer in front of data from 0 to 100: each gesture is made on what the one before has left on
 * the screen.
 */
function look(window, ...events) {
  let view = initialView(window);
  for (const [i, event] of events.entries()) {
    const [from, to] = visibleRange(view, DATA.min, DATA.max);
    view = reduce(view, { now: i, ...event }, { ...DATA, from, to });
  }
  const [from, to] = visibleRange(view, DATA.min, DATA.max);
  return { ...view, from: round(from), to: round(to) };
}
const round = (value) => Math.round(value * 1e6) / 1e6;
const seen = ({ mode, from, to }) => [mode, from, to];

const zoom = (at, factor) => ({ type: "zoom", at, factor });
const pan = (by) => ({ type: "pan", by });
const press = (at, id = 1) => ({ type: "press", at, id });
const move = (at, id = 1) => ({ type: "move", at, id });
const release = (id = 1) => ({ type: "release", id });
const just = (type) => ({ type });

const TABLE = [
  ["everything at first", null, [], ["all", 0, 100]],
  ["or the window at the live edge", 20, [], ["follow", 80, 100]],
  ["zoom about the middle", null, [zoom(0.5, 0.5)], ["range", 25, 75]],
  ["zoom about a quarter", null, [zoom(0.25, 0.5)], ["range", 12.5, 62.5]],
  ["zoom at the live edge follows closer", null, [zoom(1, 0.5)], ["follow", 50, 100]],
  ["zoom near the live edge too", 20, [zoom(0.99, 0.5)], ["follow", 90, 100]],
  ["zoom out of everything does nothing", null, [zoom(0.5, 2)], ["all", 0, 100]],
  [
    "zoom in and out again ends with everything",
    null,
    [zoom(0.5, 0.5), zoom(0.5, 4)],
    ["all", 0, 100],
  ],
  ["zoom out stops at the ends of the data", null, [zoom(0, 0.5), zoom(0, 1.5)], ["range", 0, 75]],
  ["a window that is zoomed out grows", 20, [zoom(0.5, 2)], ["follow", 70, 100]],
  ["and becomes everything", 20, [zoom(0.5, 100)], ["all", 0, 100]],
  ["drag to the right looks back", 20, [press(0.5), move(0.75), release()], ["range", 75, 95]],
  ["a tremble is no drag", 20, [press(0.5), move(0.502), release()], ["follow", 80, 100]],
  [
    "the picture stays under the finger",
    null,
    [zoom(0.5, 0.5), press(0.2), move(0.3), move(0.4), release()],
    ["range", 15, 65],
  ],
  [
    "drag beyond the newest point follows",
    20,
    [press(0.2), move(0.5), move(0.1), release()],
    ["follow", 80, 100],
  ],
  [
    "two fingers zoom",
    null,
    [press(0.4, 1), press(0.6, 2), move(0.3, 1), move(0.7, 2)],
    ["range", 25, 75],
  ],
  [
    "a finger that stays goes on panning",
    null,
    [
      press(0.4, 1),
      press(0.6, 2),
      move(0.3, 1),
      move(0.7, 2),
      release(2),
      press(0.3, 1),
      move(0.4, 1),
    ],
    ["range", 20, 70],
  ],
  ["moving without pressing does nothing", 20, [move(0.1)], ["follow", 80, 100]],
  ["panned by keys", null, [zoom(0.5, 0.2), pan(-0.1)], ["range", 38, 58]],
  ["nobody gets lost before the data", 20, [pan(-50)], ["range", -18, 2]],
  ["nor beyond it", 20, [pan(5)], ["follow", 80, 100]],
  ["everything, by key", 20, [just("everything")], ["all", 0, 100]],
  [
    "follow, by key, with the window last used",
    20,
    [just("everything"), just("follow")],
    ["follow", 80, 100],
  ],
  [
    "follow again, by its button, with the window last used",
    20,
    [just("everything"), zoom(0.5, 0.1), just("follow again")],
    ["follow", 80, 100],
  ],
  [
    "or where there was none, with the span",
    null,
    [zoom(0.5, 0.3), just("follow again")],
    ["follow", 70, 100],
  ],
  [
    "what a linked plot looks at",
    20,
    [{ type: "shared", looked: { mode: "range", from: -5, to: 7 } }],
    ["range", -5, 7],
  ],
  ["follow a range: the span stays", null, [zoom(0.5, 0.3), just("follow")], ["follow", 70, 100]],
  ["back to live is back to the window", 20, [pan(-1), just("live")], ["follow", 80, 100]],
  ["back to live is back to everything", null, [zoom(0.5, 0.5), just("live")], ["all", 0, 100]],
  [
    "back and forward in what was seen",
    null,
    [zoom(0.5, 0.5), zoom(0.5, 0.5), just("back")],
    ["range", 25, 75],
  ],
  ["forward again", null, [zoom(0.5, 0.5), just("back"), just("forward")], ["range", 25, 75]],
  ["no further back than the beginning", null, [just("back")], ["all", 0, 100]],
  [
    "options move a viewer who has not chosen",
    null,
    [{ type: "options", window: 10 }],
    ["follow", 90, 100],
  ],
  [
    "and leave alone one who has",
    null,
    [zoom(0.5, 0.5), { type: "options", window: 10 }],
    ["range", 25, 75],
  ],
  [
    "but where x is of another kind nothing of that is left",
    null,
    [zoom(0.5, 0.5), just("pause"), { type: "options", window: 10, isSpectrum: true }],
    ["follow", 90, 100],
  ],
  [
    "there again one may choose",
    null,
    [{ type: "options", window: null, isSpectrum: true }, zoom(0.5, 0.5)].concat([
      { type: "options", window: 10, isSpectrum: true },
    ]),
    ["range", 25, 75],
  ],
];
for (const [name, window, events, expected] of TABLE) {
  test(name, () => assert.deepEqual(seen(look(window, ...events)), expected));
}

test("a wheel that turns is one step of history", () => {
  let view = initialView(null);
  for (const now of [1, 1.1, 1.2])
    view = reduce(view, { type: "zoom", at: 0.5, factor: 0.9, now }, { ...DATA, from: 0, to: 100 });
  assert.equal(view.past.length, 1);
});

test("a paused picture does not move when points come", () => {
  const paused = look(20, just("pause"));
  assert.deepEqual([visibleRange(paused, 0, 170), isLive(paused)], [[80, 100], false]);
});

test("the second Space goes on where the edge is now", () => {
  const view = look(20, just("pause"), just("pause"));
  assert.deepEqual([visibleRange(view, 0, 170), isLive(view)], [[150, 170], true]);
});

test("a paused picture can be looked at closer", () => {
  const view = look(null, just("pause"), zoom(0.5, 0.5));
  assert.deepEqual([...seen(view), view.paused], ["range", 25, 75, true]);
});

for (const type of ["live", "everything", "follow"]) {
  test(`${type} ends a pause`, () =>
    assert.equal(look(20, just("pause"), just(type)).paused, false));
}

test("a view of the past stays where it is", () => {
  const view = look(null, zoom(0.5, 0.5));
  assert.deepEqual(visibleRange(view, 0, 1e6), [25, 75]);
});

test("an empty plot takes no gesture, but a pause", () => {
  const empty = { from: 0, to: 1, min: NaN, max: NaN };
  assert.equal(
    reduce(initialView(5), { type: "zoom", at: 0.5, factor: 0.5, now: 1 }, empty).mode,
    "follow",
  );
  assert.equal(reduce(initialView(5), { type: "pause" }, empty).paused, true);
  assert.deepEqual(visibleRange(initialView(5), NaN, NaN), [0, 5]);
});

test("closer than doubles can tell is not possible", () => {
  let view = initialView(null);
  const data = { min: 1.7e9, max: 1.7e9 + 100 };
  for (let i = 0; i < 200; i++) {
    const [from, to] = visibleRange(view, data.min, data.max);
    view = reduce(view, { type: "zoom", at: 0.5, factor: 0.5, now: i }, { ...data, from, to });
  }
  assert.ok(view.to - view.from > 1e-6);
});

test("a drag soon after a wheel is a step of its own", () => {
  const at = (view, event) => reduce(view, { now: 1, ...event }, { ...DATA, from: 20, to: 40 });
  const view = [zoom(0.5, 0.5), press(0.5), move(0.6), move(0.7), release(), zoom(0.5, 0.5)].reduce(
    at,
    initialView(null),
  );
  assert.equal(view.past.length, 2);
});

const GESTURES_IN_Y = [
  ["fixes what it names", [{ type: "y", ranges: { "0:left": [1, 2] } }], { "0:left": [1, 2] }],
  ["changes nothing without a range", [{ type: "y", ranges: {} }], {}],
  [
    "leaves the other axes",
    [
      { type: "y", ranges: { "0:left": [1, 2] } },
      { type: "y", ranges: { "1:left": [3, 4] } },
    ],
    { "0:left": [1, 2], "1:left": [3, 4] },
  ],
  ["ends with everything", [{ type: "y", ranges: { "0:left": [1, 2] } }, just("everything")], {}],
  ["ends with live", [{ type: "y", ranges: { "0:left": [1, 2] } }, just("live")], {}],
  [
    "lasts while x is moved",
    [{ type: "y", ranges: { "0:left": [1, 2] } }, zoom(0.5, 0.5), pan(0.1)],
    { "0:left": [1, 2] },
  ],
  ["can be gone back from", [{ type: "y", ranges: { "0:left": [1, 2] } }, just("back")], {}],
  [
    "and forward to",
    [{ type: "y", ranges: { "0:left": [1, 2] } }, just("back"), just("forward")],
    { "0:left": [1, 2] },
  ],
];
for (const [name, events, expected] of GESTURES_IN_Y) {
  test(`a gesture in y ${name}`, () => assert.deepEqual(look(null, ...events).y, expected));
}

const box = (x, y = {}) => ({ type: "box", x, y, now: 0 });

test("a box is looked at, in x and y", () => {
  const view = look(null, box([0.2, 0.5], { "0:left": [3, 4] }));
  assert.deepEqual([...seen(view), view.y], ["range", 20, 50, { "0:left": [3, 4] }]);
});

test("a box stays where it is, even at the live edge", () =>
  assert.deepEqual(seen(look(20, box([0.5, 1]))), ["range", 90, 100]));

test("a box in y leaves x", () =>
  assert.deepEqual(seen(look(20, box(null, { "0:left": [3, 4] }))), ["follow", 80, 100]));

test("boxes at once are steps of their own", () =>
  assert.deepEqual(seen(look(null, box([0.2, 0.5]), box([0, 0.5]), { ...just("back"), now: 0 })), [
    "range",
    20,
    50,
  ]));

const DECADES = { from: 0, to: 4, min: 0, max: 4, scale: LOG };
const shown = (view) => visibleRange(view, 1, 10_000).map((value) => Number(value.toPrecision(6)));

test("zoom on a log x holds the decade under the pointer", () => {
  const view = reduce(initialView(null), { type: "zoom", at: 0.5, factor: 0.5, now: 1 }, DECADES);
  assert.deepEqual(shown(view), [10, 1000]);
});

test("drag on a log x moves by decades", () => {
  const range = { ...initialView(null), mode: "range", from: 10, to: 1000 };
  const scene = { ...DECADES, from: 1, to: 3 };
  const pressed = reduce(range, { type: "press", id: 1, at: 0.5 }, scene);
  assert.deepEqual(shown(reduce(pressed, { type: "move", id: 1, at: 1, now: 1 }, scene)), [1, 100]);
});

test("closer at the live edge follows it, in values", () => {
  const view = reduce(initialView(null), { type: "zoom", at: 1, factor: 0.5, now: 1 }, DECADES);
  assert.equal(view.mode, "follow");
  assert.deepEqual(shown(view), [100, 10_000]);
});

test("a paused log picture stands still", () =>
  assert.deepEqual(shown(reduce(initialView(null), { type: "pause" }, DECADES)), [1, 10_000]));

test("where x are counted from elsewhere, what is seen stays what it is", () => {
  const pressed = look(null, zoom(0.5, 0.5), zoom(0.5, 0.5), just("back"), press(0.5));
  const moved = reduce(pressed, { type: "moved", by: 1000 }, DATA);
  assert.deepEqual(
    [moved.from, moved.to, moved.pointers[0].x],
    [pressed.from + 1000, pressed.to + 1000, pressed.pointers[0].x + 1000],
  );
  const ranges = ({ past, future }) => [...past, ...future].map(({ from, to }) => [from, to]);
  assert.deepEqual(
    ranges(moved),
    ranges(pressed).map(([from, to]) => [from + 1000, to + 1000]),
  );
  assert.equal(moved.touched, pressed.touched);
});

/** The same where the range from 0 to 200 is to be filled, half of it by now. */
function fill(...events) {
  const wanted = [0, 200];
  let view = initialView(null);
  for (const [i, event] of events.entries()) {
    const [from, to] = visibleRange(view, DATA.min, DATA.max, wanted);
    view = reduce(view, { now: i, ...event }, { ...DATA, from, to, whole: wanted });
  }
  const [from, to] = visibleRange(view, DATA.min, DATA.max, wanted);
  return { ...view, from: round(from), to: round(to) };
}

for (const [what, events, expected] of [
  ["all of it at first", [], ["all", 0, 200]],
  ["a zoom stays about its point", [zoom(0.25, 0.5)], ["range", 25, 125]],
  ["what is to come may be looked at", [zoom(1, 0.5)], ["range", 100, 200]],
  ["a zoom out ends with all of it", [zoom(0.25, 0.5), zoom(0.5, 9)], ["all", 0, 200]],
  ["or at its ends", [zoom(0, 0.5), zoom(0, 1.5)], ["range", 0, 150]],
  ["a drag goes to what is to come", [zoom(0.25, 0.5), pan(0.5)], ["range", 75, 175]],
  [
    "two fingers stay where they are",
    [press(0.25), press(0.5, 2), move(0.75, 2)],
    ["range", 25, 125],
  ],
  ["f follows with the width that is seen", [zoom(0, 0.1), just("follow")], ["follow", 80, 100]],
  ["All leads back", [zoom(0.25, 0.5), just("everything")], ["all", 0, 200]],
])
  test(`of a range that is to be filled: ${what}`, () =>
    assert.deepEqual(seen(fill(...events)), expected));

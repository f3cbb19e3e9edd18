import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { contextOf, document, layOut, prefer, scopeOf } from "../support/dom.js";
import { imagePatch } from "../support/images.js";
import { flat, sessionOf } from "../support/lines.js";
import { Picture } from "../../../static/picture/picture.js";
import { completeOptions } from "../../../static/link/options.js";
import { initialView } from "../../../static/view/state.js";

const LESS_MOVEMENT = "(prefers-reduced-motion: reduce)";
const ALL = initialView(null);
const A = { a: flat([0, 1], [5, 3], [10, 2]) };
beforeEach(() => prefer(LESS_MOVEMENT, true));

/** A picture of 500 x 300 pixels, and how often it has asked to be drawn. */
function pictureOf(points = A, options = {}) {
  const element = document.createElement("div");
  document.body.append(element);
  layOut(element, { width: 500, height: 300 });
  const session = sessionOf(points, options);
  const hidden = new Set();
  const wakes = [];
  const picture = new Picture(
    element,
    session,
    (name) => hidden.has(name),
    () => wakes.push("wake"),
    scopeOf().signal,
  );
  picture.setLook();
  return { picture, session, hidden, wakes, element };
}
const range = (from, to) => ({ ...ALL, mode: "range", from, to });

test("everything is seen, x from end to end, y with a margin", () => {
  const { picture } = pictureOf();
  assert.equal(picture.draw(ALL, 1), false);
  assert.deepEqual(picture.x, [0, 10]);
  const [{ left, right, series }] = picture.panels();
  assert.ok(left.low < 1 && left.low >= 0 && left.high > 3 && left.high < 4, JSON.stringify(left));
  assert.deepEqual([right, series.map(({ name }) => name)], [null, ["a"]]);
});

test("it is drawn when there is something new to see, and not before", () => {
  const { picture } = pictureOf();
  for (let i = 0; i < 3; i++) picture.draw(ALL, i);
  assert.equal(picture.frames, 1);
  picture.stale = true;
  picture.draw(ALL, 3);
  picture.draw(range(2, 4), 4);
  picture.draw(range(2, 4.0001), 5);
  assert.equal(picture.frames, 3, "less than a part of a pixel is not drawn");
});

test("the view is told what is on the screen, and what there is", () => {
  const { picture } = pictureOf();
  picture.draw(range(2, 4), 1);
  const { from, to, min, max } = picture.scene();
  assert.deepEqual([from, to, min, max], [2, 4, 0, 10]);
});

test("a gesture begins where the view will be, and fixes y at once", () => {
  const { picture } = pictureOf();
  picture.draw(ALL, 1);
  picture.lookAt({ ...range(2, 4), y: { "0:left": [-7, 7] } });
  assert.deepEqual([picture.x, picture.scene().from], [[2, 4], 2]);
  const [{ left }] = picture.panels();
  assert.deepEqual([left.low, left.high], [-7, 7]);
});

test("a following plot moves evenly between its points, unless less movement is asked for", () => {
  const follow = initialView(5);
  const moved = (less) => {
    prefer(LESS_MOVEMENT, less);
    const { picture, session } = pictureOf();
    for (let i = 0; i < 5; i++) {
      session.model.xMax = 10 + i / 10;
      picture.stale = true;
      picture.draw(follow, 1 + i / 10);
    }
    const goesOn = picture.draw(follow, 1.45);
    return [goesOn, Math.round(1000 * picture.x[1]) / 1000];
  };
  assert.deepEqual(moved(true), [false, 10.4]);
  assert.deepEqual(moved(false), [true, 10.45]);
});

test("series have their panel, their axis and their colour", () => {
  const points = { a: A.a, b: flat([0, 10], [10, 20]), c: flat([0, 5]) };
  const options = {
    panels: [["a", "b"], ["c"]],
    series: { b: { axis: "right", color: "#abcdef" } },
    y2_unit: "V",
  };
  const { picture, hidden } = pictureOf(points, options);
  picture.draw(ALL, 1);
  const [top, bottom] = picture.panels();
  assert.deepEqual(
    [top.series, bottom.series].map((all) => all.map(({ name }) => name)),
    [["a", "b"], ["c"]],
  );
  assert.equal(top.series[1].axis, top.right);
  assert.deepEqual([top.right.suffix, top.series[1].color, bottom.right], ["V", "#abcdef", null]);
  assert.ok(picture.axisOf("b").high >= 20);
  hidden.add("b");
  assert.equal(picture.panels()[0].right, null);
  assert.deepEqual([picture.sideOf("b"), picture.sideOf("a")], ["right", "left"]);
});

test("on a logarithmic x what has none begins where the points do that have one", () => {
  const points = { a: flat([-5, 1], [1, 2], [1000, 3]) };
  const { picture } = pictureOf(points, { log: "x" });
  picture.draw(ALL, 1);
  assert.deepEqual(picture.x, [1, 1000]);
  const { from, to, min, max } = picture.scene();
  assert.deepEqual([from, to, min, max], [0, 3, 0, 3]);
  assert.equal(picture.lackOf("a"), "≤\u202f0 not shown");
});

test("a logarithmic plot without anything to show shows a decade", () => {
  const { picture } = pictureOf({ a: flat([-5, 1], [-1, 2]) }, { log: "x" });
  picture.draw(ALL, 1);
  assert.deepEqual(picture.x, [1, 10]);
});

test("bars have room at both ends, in a live picture", () => {
  const { picture } = pictureOf({ a: flat([0, 1], [1, 2], [2, 3]) }, { style: "bars" });
  picture.draw(ALL, 1);
  assert.ok(picture.x[0] < 0 && picture.x[1] > 2, `${picture.x}`);
  picture.draw(range(0, 2), 2);
  assert.deepEqual(picture.x, [0, 2]);
});

test("a y that is too wide shrinks in the end, even if nothing comes", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { picture, session, wakes } = pictureOf({ a: flat([0, 0], [1, 100]) });
  picture.draw(ALL, 1);
  session.model.byName.get("a").vertices.apply(0, 0, flat([0, 0], [1, 1]));
  picture.stale = true;
  picture.draw(ALL, 1.1);
  assert.ok(picture.panels()[0].left.high >= 100);
  t.mock.timers.tick(1_550);
  assert.ok(wakes.length > 0, "it asks to be drawn");
  picture.stale = true;
  for (let now = 2.7; now < 6; now += 0.05) picture.draw(ALL, now);
  assert.ok(picture.panels()[0].left.high < 2);
});

test("what the user has just moved is fitted at once", () => {
  const { picture } = pictureOf({ a: flat([0, 0], [1, 100], [2, 1], [3, 1.5]) });
  picture.draw(ALL, 1);
  picture.refit(1.1);
  picture.stale = true;
  assert.equal(picture.draw({ ...range(2, 3), touched: 1.1 }, 1.2), true);
  for (let now = 1.2; now < 1.7; now += 0.02) picture.draw({ ...range(2, 3), touched: now }, now);
  assert.ok(picture.panels()[0].left.high < 90);
});

test("another arrangement of axes forgets what they had learnt", () => {
  const { picture, session } = pictureOf();
  picture.draw(ALL, 1);
  session.options = completeOptions({ log: "y" });
  picture.setLook();
  picture.draw(ALL, 2);
  const [{ left }] = picture.panels();
  assert.ok(left.log && left.low > 0, JSON.stringify(left));
});

test("colours are those of the ground", () => {
  const { picture, element } = pictureOf();
  const light = picture.colorOf("a");
  element.style.setProperty("--grid", "#121212");
  picture.setGround("dark");
  picture.draw(ALL, 1);
  assert.notEqual(picture.colorOf("a"), light);
  const [context] = [...element.querySelectorAll("canvas.flot-base")].map(contextOf);
  assert.equal(context.looksOf("stroke")[0].strokeStyle, "#121212");
  assert.deepEqual(picture.penOf("a"), { dashes: [], opacity: 1 });
});

test("an element that is in no document yet has its colours when it has come into one", () => {
  const { picture, element } = pictureOf();
  element.style.setProperty("--grid", "#121212");
  element.remove();
  picture.setGround("dark");
  document.body.append(element);
  picture.resize();
  picture.draw(ALL, 1);
  const context = contextOf(element.querySelector("canvas.flot-base"));
  assert.equal(context.looksOf("stroke")[0].strokeStyle, "#121212");
});

test("the ends of a band are no series of their own", () => {
  const points = { mean: A.a, lo: flat([0, 0]), hi: flat([0, 5]) };
  const { picture } = pictureOf(points, { series: { mean: { band: ["lo", "hi"] } } });
  assert.deepEqual(
    ["mean", "lo", "hi"].map((name) => picture.isEnd(name)),
    [false, true, true],
  );
});

test("another size is drawn anew", () => {
  const { picture, element } = pictureOf();
  picture.draw(ALL, 1);
  const before = picture.deviceWidth;
  layOut(element, { width: 700, height: 300 });
  picture.resize();
  assert.deepEqual([picture.stale, picture.deviceWidth - before], [true, 200]);
});

test("an image fills its panel, unless a range is said, and has no grid", () => {
  const { picture, session, element } = pictureOf({});
  session.model.image.apply(imagePatch({ x: [0, 1], colors: [1, 2, 3, 4], height: 2 }));
  [session.model.xMin, session.model.xMax] = [0, 1];
  globalThis.ImageData = class {
    constructor(width, height) {
      Object.assign(this, { width, height, data: new Uint8ClampedArray(4 * width * height) });
    }
  };
  picture.draw(ALL, 1);
  const [{ left, image }] = picture.panels();
  assert.deepEqual([left.low, left.high, image], [0, 2, true]);
  assert.equal(picture.imageHeight, picture.panels()[0].box.height * devicePixelRatio);
  const context = contextOf(element.querySelector("canvas.flot-base"));
  assert.equal(context.of("drawImage").length, 1);
  const whole = picture.imageHeight;
  session.options = completeOptions({ y_range: [0, 1] });
  picture.setLook();
  picture.draw(ALL, 2);
  assert.equal(picture.panels()[0].left.high, 1);
  assert.equal(picture.imageHeight, 2 * whole, "closer, it would be as high");
  session.options = completeOptions({ log: "y" });
  session.model.image.apply(imagePatch({ x: [0], colors: [1, 2], height: 2, bins: 8 }));
  picture.setLook();
  picture.draw(ALL, 3);
  const [{ left: decades }] = picture.panels();
  assert.deepEqual([decades.low.toFixed(3), decades.high.toFixed(3)], ["0.500", "8.000"]);
  assert.equal(picture.imageHeight, 8);
  session.model.image.clear();
  assert.equal(picture.imageHeight, 0);
});

test("an empty plot has a range all the same", () => {
  const { picture } = pictureOf({});
  picture.draw(ALL, 1);
  assert.deepEqual([picture.x, picture.panels()[0].series], [[0, 1], []]);
});

test("a range that is to be filled is seen from the start, and what lies beyond it", () => {
  const empty = pictureOf({}, { x_range: [5, 15] }).picture;
  empty.draw(ALL, 1);
  assert.deepEqual(empty.x, [5, 15]);
  const { picture } = pictureOf({ a: flat([0, 1], [10, 2]) }, { x_range: [5, 15] });
  picture.draw(ALL, 1);
  assert.deepEqual([picture.x, picture.scene().whole, picture.scene().max], [[0, 15], [0, 15], 10]);
});

/** Where the line of a picture goes, in pixels of the canvas. */
function pathIn(element) {
  const { calls } = contextOf(element.querySelector("canvas.flot-base"));
  const ofSeries = calls.slice(calls.findIndex(([name]) => name === "translate"));
  return ofSeries.filter(([name]) => name === "lineTo" || name === "moveTo");
}

test("a line goes across the whole picture at the ends of doubles as anywhere", () => {
  const shape = [
    [0, -1],
    [5, 1],
    [10, 0],
  ];
  const drawn = ([x, y]) => {
    const { picture, element } = pictureOf({
      a: flat(...shape.map((at) => [at[0] * x, at[1] * y])),
    });
    picture.draw(ALL, 1);
    const [{ x: across, left }] = picture.panels();
    assert.ok([across.low, across.high, left.low, left.high].every(Number.isFinite));
    assert.ok(across.low < across.high && left.low < left.high);
    return pathIn(element);
  };
  const plain = drawn([1, 1.2e8]);
  for (const sizes of [
    [1e-306, 1.2e-300],
    [1e307, 1.2e307],
    [1e-307, 1.2e300],
    [1.7e307, 1.2],
  ]) {
    const path = drawn(sizes);
    assert.equal(path.length, plain.length);
    for (const [index, [, , down]] of path.entries())
      assert.ok(Math.abs(down - plain[index][2]) < 1e-6, `${sizes}: ${path}`);
  }
});

test("all axes are read in values, however they are drawn", () => {
  const { picture } = pictureOf({ a: flat([-1.7e308, -1.7e308], [0, 0], [1.7e308, 1.7e308]) });
  picture.draw(ALL, 1);
  const [{ x, left }] = picture.panels();
  assert.deepEqual(picture.x, [-1.7e308, 1.7e308]);
  assert.deepEqual([left.low, left.high], [-Number.MAX_VALUE, Number.MAX_VALUE]);
  assert.ok(Math.abs(x.pixelOf(0) / x.pixelOf(1.7e308) - 0.5) < 1e-12);
});

test("a sweep is seen as it was cut, with a handle at the level and x from the trigger", () => {
  const trigger = { series: "a", level: 2, slope: "rising", mode: "normal", persist: 0 };
  const { picture, session, element } = pictureOf(A, { trigger, window: 4 });
  const follow = initialView(4);
  assert.equal(picture.scene().isSwept, true);
  session.sweeps.expect({ number: 1, x: 3, from: 2, to: 6, first: 1 });
  session.sweeps.begin(session.model.series, 0);
  assert.equal(picture.draw(follow, 1), false);
  assert.deepEqual(picture.x, [2, 6]);
  const [{ since }] = picture.panels();
  const handle = element.querySelector(".level-handle");
  assert.deepEqual([since, handle.hidden, handle.getAttribute("aria-valuenow")], [3, false, "2"]);
  picture.draw(range(0, 1), 2);
  assert.deepEqual([picture.x, picture.panels()[0].since], [[0, 1], null]);
});

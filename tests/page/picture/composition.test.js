import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { colorOf } from "../../../static/chart/colors.js";
import { Composition } from "../../../static/picture/composition.js";
import { Model } from "../../../static/link/model.js";
import { completeOptions } from "../../../static/link/options.js";
import { itemOf } from "../support/lines.js";
import { golden } from "../support/rules.js";
import { LINEAR, linearFor } from "../../../static/view/scale.js";

const flat = (...points) => Float64Array.from(points.flat());

/** A session whose series have the points that are given by name. */
function sessionOf(points, options = {}, kind = "points") {
  const model = new Model();
  model.setSeries(Object.keys(points).map((name, id) => itemOf(name, id)));
  for (const series of model.series) {
    series.kind = kind;
    series.vertices.apply(0, 0, points[series.name]);
  }
  return { model, options: completeOptions(options) };
}
const POINTS = { mean: flat([1, 10], [2, 20]), lo: flat([1, 9]), hi: flat([1, 11]) };
const linesOf = (session, hidden = []) =>
  new Composition(session).lines((name) => hidden.includes(name), "light");

test("a line has all that is said of its series, and what is said of the plot", () => {
  const session = sessionOf(POINTS, {
    style: "area",
    series: { mean: { style: "step", points: true, width: 3, axis: "right" } },
  });
  const [[mean, lo]] = linesOf(session);
  assert.deepEqual(
    [mean.name, mean.style, mean.dots, mean.width, mean.axis, mean.kind, [...mean.points]],
    ["mean", "step", true, 3, "right", "points", [1, 10, 2, 20]],
  );
  assert.deepEqual([lo.style, lo.dots, lo.width, lo.axis], ["area", false, null, "left"]);
});

test("a colour that was said is taken, else that of its slot on its ground", () => {
  const session = sessionOf(POINTS, { series: { mean: { color: "#abcdef" } } });
  const composition = new Composition(session);
  assert.equal(composition.colorOf("mean", "dark"), "#abcdef");
  for (const ground of ["light", "dark"])
    assert.equal(composition.colorOf("lo", ground), colorOf(1, ground));
});

test("what is derived stands in the panel and on the axis of its source, if nothing is said of it", () => {
  const session = sessionOf(
    { a: POINTS.lo, b: POINTS.lo, "a + 1": POINTS.hi, "a + 2": POINTS.hi, more: POINTS.hi },
    {
      panels: [["a"], ["b", "more"]],
      series: { a: { axis: "right" }, more: { axis: "left" } },
    },
  );
  const source = { "a + 1": "a", "a + 2": "a + 1", more: "a" };
  session.model.setSeries(
    session.model.series.map((one) => ({ ...one, source: source[one.name] })),
  );
  const lines = linesOf(session).map((panel) => panel.map(({ name, axis }) => [name, axis]));
  assert.deepEqual(lines, [
    [
      ["a", "right"],
      ["a + 1", "right"],
      ["a + 2", "right"],
    ],
    [
      ["b", "left"],
      ["more", "left"],
    ],
  ]);
});

test("hidden series have no line, but keep their panel", () => {
  const session = sessionOf(POINTS, { panels: [["mean"], ["lo"]] });
  const lines = linesOf(session, ["mean"]);
  assert.deepEqual(
    lines.map((panel) => panel.map(({ name }) => name)),
    [[], ["lo", "hi"]],
  );
});

test("the ends of a band are its area, and no lines", () => {
  const composition = new Composition(
    sessionOf(POINTS, { series: { mean: { band: ["lo", "hi"] } } }),
  );
  const [[mean, ...others]] = composition.lines(() => false, "light");
  assert.deepEqual([others, composition.isEnd("lo"), composition.isEnd("mean")], [[], true, false]);
  assert.deepEqual(
    [[...mean.band.low], [...mean.band.high]],
    [
      [1, 9],
      [1, 11],
    ],
  );
});

test("there is no band of series that are missing, or that go backwards", () => {
  const options = { series: { mean: { band: ["lo", "hi"] } } };
  const { lo, mean } = POINTS;
  assert.equal(linesOf(sessionOf({ mean, lo }, options))[0][0].band, null);
  assert.equal(linesOf(sessionOf(POINTS, options, "xy"))[0][0].band, null);
});

test("on logarithmic axes lines are in places, and what has none is counted", () => {
  const composition = new Composition(
    sessionOf({ a: flat([1, 10], [10, -1], [100, 1000]) }, { log: "xy" }),
  );
  const [[line]] = composition.lines(() => false, "light");
  assert.deepEqual([...line.points], [0, 1, 1, NaN, 2, 3]);
  assert.deepEqual([composition.impossibleIn("a"), composition.impossibleIn("none")], [1, 0]);
  assert.deepEqual([composition.xScale.log, composition.yScaleOf(0).log], [true, true]);
});

test("panels may be logarithmic or not, and so are the bands in each", () => {
  const [mean, end] = [flat([1, 1], [2, 100]), flat([1, 10], [2, 1000])];
  const options = {
    log: "xy",
    panels: [["a"], { series: ["b"], log: "none" }],
    series: { a: { band: ["end", "end"] }, b: { band: ["end", "end"] } },
  };
  const composition = new Composition(sessionOf({ a: mean, b: mean, end }, options));
  const lines = composition.lines(() => false, "light").flat();
  const levels = (points) => [...points].filter((_, index) => index % 2 === 1);
  assert.deepEqual(
    lines.map(({ points, band }) => [levels(points), levels(band.low)]),
    [
      [
        [0, 2],
        [1, 3],
      ],
      [
        [1, 100],
        [10, 1000],
      ],
    ],
  );
  assert.deepEqual([composition.xScale.log, composition.yScaleOf(1).log], [true, false]);
});

test("x is multiplied where it is near the ends of doubles, and nowhere else", () => {
  const session = sessionOf({ a: flat([0, 1], [1, 2]) });
  const composition = new Composition(session);
  const scaleOf = (xMin, xMax) => {
    Object.assign(session.model, { xMin, xMax });
    return composition.xScale;
  };
  for (const [xMin, xMax] of [
    [NaN, NaN],
    [0, 0],
    [0, 1],
    [-1e300, 1],
    [1e-260, 1e-250],
  ])
    assert.equal(scaleOf(xMin, xMax), LINEAR);
  const [[plain]] = composition.lines(() => false, "light");
  assert.equal(plain.points.buffer, session.model.series[0].vertices.view().buffer);
  assert.equal(scaleOf(-1.7e308, 1), linearFor(1.7e308));
  assert.equal(scaleOf(0, 1e-306), linearFor(1e-306));
  const [[line]] = composition.lines(() => false, "light");
  assert.deepEqual([...line.points], [0, 1, linearFor(1e-306).factor, 2]);
});

test("it composes anew when the options or the series are others, and not before", () => {
  const session = sessionOf(POINTS);
  const composition = new Composition(session);
  composition.update();
  const { panels } = composition;
  composition.update();
  assert.equal(composition.panels, panels);
  session.options = completeOptions({ panels: [["lo"], []] });
  composition.update();
  assert.deepEqual(composition.panels, [["lo"], ["mean", "hi"]]);
  session.model.setSeries([itemOf("mean", 0)]);
  composition.update();
  assert.deepEqual(composition.panels, [[], ["mean"]]);
});

const RUNS = [
  itemOf("loss", 4, { cell: 9 }),
  itemOf("loss (2)", 2, { of: "loss", number: 2 }),
  itemOf("loss (1)", 0, { of: "loss", number: 1 }),
];
const sessionOfRuns = (items, options) => {
  const model = new Model();
  model.setSeries(items);
  return { model, options: completeOptions(options) };
};

test("past runs look like the current one, paler and behind it, without its band", () => {
  const session = sessionOfRuns([...RUNS, itemOf("lo", 5), itemOf("hi", 6)], {
    series: { loss: { style: "step", color: "#ff0000", axis: "right", band: ["lo", "hi"] } },
    panels: [["acc"], ["loss"]],
  });
  const [, lines] = linesOf(session);
  assert.deepEqual(
    lines.map(({ name, style, axis, color, band }) => [name, style, axis, color, band !== null]),
    [
      ["loss (1)", "step", "right", "#ff8c8c", false],
      ["loss (2)", "step", "right", "#ff6161", false],
      ["loss", "step", "right", "#ff0000", true],
    ],
  );
  assert.equal(new Composition(session).colorOf("loss (2)", "dark"), "#a50606");
});

test("the series of a named run share its colour, not one that was said of its series", () => {
  const session = sessionOfRuns(
    ["a", "b"].flatMap((run, i) => [
      itemOf(`loss · ${run}`, 2 * i, { of: "loss", run, slot: i }),
      itemOf(`acc · ${run}`, 2 * i + 1, { of: "acc", run, slot: i }),
    ]),
    { series: { loss: { color: "#ff0000" } } },
  );
  const [lines] = linesOf(session);
  const colors = lines.map(({ color }) => color);
  assert.deepEqual([colors[0], colors[2]], [colors[1], colors[3]]);
  assert.notEqual(colors[0], colors[2]);
  assert.ok(!colors.includes("#ff0000"));
  assert.deepEqual(
    lines.map(({ dashes }) => dashes.length > 0),
    [false, true, false, true],
  );
});

test("a label, dashes and opacity that were said are those of the line", () => {
  const session = sessionOf(POINTS, {
    series: { mean: { label: "Mean of all", dash: "dot", opacity: 0.4 } },
  });
  const composition = new Composition(session);
  const [[mean, lo]] = composition.lines(() => false, "light");
  assert.deepEqual([mean.label, mean.dashes, mean.opacity], ["Mean of all", [2, 3], 0.4]);
  assert.deepEqual([lo.label, lo.dashes, lo.opacity], ["lo", [], 1]);
  assert.equal(composition.panelOf("nobody"), 0);
});

test("the end of a band has a pen in a named run too, though no line", () => {
  const session = sessionOf(POINTS, { series: { mean: { band: ["lo", "hi"] } } });
  session.model.setSeries([
    itemOf("mean", 0),
    itemOf("lo · a", 1, { of: "lo", run: "a", slot: 3 }),
  ]);
  const composition = new Composition(session);
  assert.deepEqual(composition.penOf("lo · a").dashes, []);
  assert.equal(composition.colorOf("lo · a", "light"), colorOf(3, "light"));
  assert.ok(composition.isEnd("lo · a"));
});

golden("runs");

test("current curves have a head, named where there are several", () => {
  const heads = (points, options) =>
    linesOf(sessionOf(points, options, "xy"))[0].map(({ head }) => head);
  const { lo, hi } = POINTS;
  assert.deepEqual(heads({ lo }), [""]);
  assert.deepEqual(heads({ lo, hi }), ["lo", "hi"]);
  assert.deepEqual(heads({ lo, hi }, { series: { hi: { style: "points" } } }), ["", null]);
  assert.deepEqual(
    linesOf(sessionOf({ lo, hi }))[0].map(({ head }) => head),
    [null, null],
  );
});

test("nothing is kept of a series that has gone, on whatever axes it was drawn", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const session = sessionOf(POINTS);
  const composition = new Composition(session);
  const drawn = () => composition.lines(() => false, "light")[0].map(({ points }) => points);
  const held = drawn().map((points) => new WeakRef(points.buffer));
  session.options = completeOptions({ log: "y" });
  held.push(...drawn().map((points) => new WeakRef(points.buffer)));
  session.model.setSeries([itemOf("another", 9)]);
  drawn();
  // What a WeakRef leads to is held until the end of a turn in which it was made.
  await new Promise((soon) => setImmediate(soon));
  collect();
  assert.deepEqual(
    held.map((each) => each.deref()),
    held.map(() => undefined),
  );
});

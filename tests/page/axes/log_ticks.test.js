import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../support/patches.js";
import { logTicks } from "../../../static/axes/log_ticks.js";
import { ScaledVertices } from "../../../static/view/scaled_vertices.js";
import { axisView, LINEAR, LOG } from "../../../static/view/scale.js";
import { initialView, visibleRange } from "../../../static/view/state.js";
import { reduce } from "../../../static/view/view.js";
import { YFit } from "../../../static/axes/y_fit.js";
import { roundDecades } from "../../../static/axes/y_range.js";
import { golden } from "../support/rules.js";

const room = (label) => 6 * label.length + 28;
const labels = ({ list }) => list.map(({ label }) => plain(label));

const TICKS = [
  [0, 6, 600, "", ["1", "10", "100", "1000", "10 k", "100 k", "1 M"]],
  [-3, 1, 400, "V", ["1 mV", "10 mV", "100 mV", "1 V", "10 V"]],
  [0, 3, 900, "", ["1", "2", "5", "10", "20", "50", "100", "200", "500", "1000"]],
  [0, 12, 500, "", ["1", "100", "10 k", "1 M", "100 M", "10 G", "1 T"]],
  [Math.log10(2), Math.log10(3), 400, "", ["2.0", "2.2", "2.4", "2.6", "2.8", "3.0"]],
];
for (const [min, max, pixels, unit, expected] of TICKS) {
  test(`log ticks from 10^${min.toFixed(2)} to 10^${max.toFixed(2)} on ${pixels} pixels`, () => {
    assert.deepEqual(labels(logTicks(min, max, pixels, room, unit)), expected);
  });
}

test("log labels never touch, at any width, for any range", () => {
  for (let pixels = 160; pixels <= 3840; pixels += 80) {
    for (const [min, max] of [
      [-3, 3],
      [0, 1],
      [0, 0.05],
      [2.3, 2.31],
      [-12, 15],
      [0.9, 2.2],
      [5, 5.6],
    ]) {
      const { list } = logTicks(min, max, pixels, room);
      assert.ok(list.length <= 80, `${list.length} labels`);
      list.slice(1).forEach((b, i) => {
        const apart = ((b.value - list[i].value) / (max - min)) * pixels;
        assert.ok(
          apart >= 3 * (list[i].label.length + b.label.length) + 8,
          `${list[i].label} ${b.label} at ${pixels} of ${min}..${max}`,
        );
      });
    }
  }
});

const POINTS = Float64Array.of(-1, 5, 0, 5, 1, 10, 10, -3, 100, 0.1, 1000, NaN);
const places = (x, y, points = POINTS) => {
  const made = new ScaledVertices();
  return { of: [...made.of(points, x, y)], impossible: made.impossible };
};

test("linear places are the values themselves", () =>
  assert.equal(new ScaledVertices().of(POINTS, LINEAR, LINEAR), POINTS));

test("what has no logarithm on y is a gap, and counted", () => {
  assert.deepEqual(places(LINEAR, LOG), {
    of: [-1, Math.log10(5), 0, Math.log10(5), 1, 1, 10, NaN, 100, -1, 1000, NaN],
    impossible: 1,
  });
});

test("what has none on x is left out before, and a gap between", () => {
  assert.deepEqual(places(LOG, LINEAR), { of: [0, 10, 1, -3, 2, 0.1, 3, NaN], impossible: 2 });
  assert.deepEqual(places(LOG, LINEAR, Float64Array.of(1, 1, -1, 2, 10, 3)), {
    of: [0, 1, 0, NaN, 1, 3],
    impossible: 1,
  });
});

test("places are made once for the same vertices", () => {
  const made = new ScaledVertices();
  const first = made.of(POINTS, LINEAR, LOG);
  assert.equal(made.of(POINTS, LINEAR, LOG), first);
  assert.deepEqual([...made.of(POINTS.subarray(4, 6), LINEAR, LOG)], [1, 1]);
});

test("an axis on the screen, both ways", () => {
  const axis = axisView(LOG, [3, 1], 200);
  assert.deepEqual(
    [axis.low, axis.high, axis.pixelOf(100), axis.valueAt(100), axis.pixelOf(-1)],
    [10, 1000, 100, 100, NaN],
  );
});

const line = (points) => ({
  points: Float64Array.from(points),
  band: null,
  style: "line",
  axis: "left",
});
const fit = (said, points = [0, -2, 1, 2], held) => {
  const made = new YFit();
  made.fit([line(points)], [0, 1], { held, said, scale: LOG, eager: false }, 0);
  return made.scaled;
};

test("a log axis is fitted in decades", () =>
  assert.deepEqual(fit(null), Object.values(roundDecades(-2, 2))));
test("fixed by values", () => assert.deepEqual(fit([10, 1000]), [1, 3]));
test("a range down to 0 shows three decades", () => assert.deepEqual(fit([0, 1000]), [0, 3]));
test("a range without any logarithm is passed over", () =>
  assert.deepEqual(fit([-5, 0]), fit(null)));
test("the hand comes before the option", () =>
  assert.deepEqual(fit([10, 1000], [0, 0], [1, 10]), [0, 1]));
test("one decade is shown around a single value", () =>
  assert.deepEqual(roundDecades(2, 2), { low: 1.5, high: 2.5 }));

const SCENE = { from: 0, to: 4, min: 0, max: 4, scale: LOG };
const seen = (view) => visibleRange(view, 1, 10_000).map((value) => Number(value.toPrecision(6)));

test("zoom on a log x holds the decade under the pointer", () => {
  const view = reduce(initialView(null), { type: "zoom", at: 0.5, factor: 0.5, now: 1 }, SCENE);
  assert.deepEqual(seen(view), [10, 1000]);
});

test("drag on a log x moves by decades", () => {
  const range = { ...initialView(null), mode: "range", from: 10, to: 1000 };
  const scene = { ...SCENE, from: 1, to: 3 };
  const pressed = reduce(range, { type: "press", id: 1, at: 0.5 }, scene);
  assert.deepEqual(seen(reduce(pressed, { type: "move", id: 1, at: 1, now: 1 }, scene)), [1, 100]);
});

test("closer at the live edge follows it, in values", () => {
  const view = reduce(initialView(null), { type: "zoom", at: 1, factor: 0.5, now: 1 }, SCENE);
  assert.equal(view.mode, "follow");
  assert.deepEqual(seen(view), [100, 10_000]);
});

test("a paused log picture stands still", () =>
  assert.deepEqual(seen(reduce(initialView(null), { type: "pause" }, SCENE)), [1, 10_000]));

golden("log_ticks");

import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../support/text.js";
import { offsetOf } from "../../../static/axes/offset.js";
import {
  labelledTicks,
  linearTicks,
  scaledTicks,
  turned,
  TickCache,
  ticksFrom,
} from "../../../static/axes/ticks.js";
import { roundRange } from "../../../static/axes/y_range.js";
import { axisView, LINEAR, linearFor, widened } from "../../../static/view/scale.js";
import { anyEnds, readLabel } from "../support/doubles.js";
import { golden } from "../support/rules.js";

const measure = (text) => 6 * text.length;
const labels = ({ list }) => list.map(({ label }) => plain(label));

const Y_TICKS = [
  [0, 1, 300, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]],
  [-2.2, 2.2, 200, ["−2", "−1", "0", "1", "2"]],
  [0, 12_000, 200, ["0", "5000", "10 000"]],
  [0, 3e6, 200, ["0", "1 000 000", "2 000 000", "3 000 000"]],
  [0, 4e-6, 200, ["0", "10⁻⁶", "2×10⁻⁶", "3×10⁻⁶", "4×10⁻⁶"]],
  [1_000_000, 1_000_001, 120, ["1 000 000.0", "1 000 000.5", "1 000 001.0"]],
  [0, 1e30, 120, ["0", "0.5×10³⁰", "1.0×10³⁰"]],
];
for (const [min, max, pixels, expected] of Y_TICKS) {
  test(`ticks from ${min} to ${max}`, () =>
    assert.deepEqual(labels(linearTicks(min, max, pixels, 40)), expected));
}

test("ticks may count from a zero of their own, which the context says", () => {
  const zero = { x: 1000.5, text: "trigger at 1000.5 s" };
  const ticks = ticksFrom(1000.496, 1000.516, zero, 600, measure, "s");
  assert.deepEqual(labels(ticks), ["0", "5 ms", "10 ms", "15 ms"]);
  assert.ok(Math.abs(ticks.list[0].value - 1000.5) < 1e-9);
  assert.equal(ticks.context, zero.text);
});

test("labels never touch, from 240 to 3840 pixels, for any range", () => {
  for (let pixels = 240; pixels <= 3840; pixels += 90) {
    for (const [min, max] of [
      [0, 1],
      [-1e9, 1e9],
      [1e6, 1e6 + 1],
      [0.001, 0.0011],
      [1.7e9, 1.7e9 + 30],
      [-3, 1e-3],
    ]) {
      const { list } = labelledTicks(min, max, pixels, measure);
      assert.ok(list.length <= 60, `${list.length} labels`);
      list.reduce((a, b) => {
        const apart = ((b.value - a.value) / (max - min)) * pixels;
        assert.ok(
          apart >= (measure(a.label) + measure(b.label)) / 2 + 8,
          `${a.label} ${b.label} at ${pixels}`,
        );
        return b;
      });
    }
  }
});

/** Ticks are inside, ascending and distinct; each is what its label says, and has a pixel. */
function checkTicks({ list, context }, [min, max], pixels) {
  const said = (what) => `${what}: ${JSON.stringify([min, max, pixels, context, list])}`;
  const offset = offsetOf(min, max);
  const axis = axisView(LINEAR, [min, max], pixels);
  assert.equal(new Set(list.map(({ label }) => label)).size, list.length, said("labels"));
  list.reduce((before, { value, label }) => {
    assert.ok(value > before, said("order"));
    const pixel = axis.pixelOf(value);
    assert.ok(pixel >= -0.1 && pixel <= pixels + 0.1, said("pixels"));
    const read = readLabel(label);
    // Two doubles are rounded where there is an offset, and one where there is none.
    const rounding = Math.abs(value) * Number.EPSILON * (offset ? 2 : 1);
    const apart = Math.abs(read.value - (offset ? value - offset.value : value));
    assert.ok(apart <= read.half * (1 + 1e-9) + rounding, said(label));
    return value;
  }, -Infinity);
}

test("any range has ticks that can be told apart, across and down", () => {
  for (const [low, high] of anyEnds(2)) {
    const y = roundRange(low, high);
    for (const pixels of [100, 262, 1000]) {
      const spacing = Math.max(22, Math.min(50, pixels / 7));
      const ticks = linearTicks(y.low, y.high, pixels, spacing);
      checkTicks(ticks, [y.low, y.high], pixels);
      assert.ok(ticks.list.length >= 2, JSON.stringify([y, pixels]));
    }
    const x = widened([low, high]);
    for (const pixels of [400, 744, 3840]) {
      const ticks = labelledTicks(...x, pixels, measure);
      checkTicks(ticks, x, pixels);
      assert.ok(ticks.list.length >= (pixels < 744 ? 1 : 2), JSON.stringify([x, pixels]));
    }
  }
});

test("digits that repeat stand once, beside the axis", () => {
  const begin = 1_795_811_940_000_000_000;
  const ticks = labelledTicks(begin, begin + 3e5, 400, measure);
  assert.equal(plain(ticks.context), "+1.79581194×10¹⁸");
  assert.deepEqual(labels(ticks), ["0", "100 000", "200 000", "300 000"]);
});

test("ticks stand where the axis has its values", () => {
  const ticks = linearTicks(-1.7e308, 1.7e308, 300, 40);
  const scale = linearFor(1.7e308);
  const scaled = scaledTicks(ticks, scale).list.map(({ value }) => value);
  assert.deepEqual(
    scaled,
    ticks.list.map(({ value }) => value * scale.factor),
  );
  assert.equal(scaledTicks(ticks, LINEAR), ticks);
});

test("ticks slide with the data: the same values, the same labels", () => {
  const before = labelledTicks(0, 100, 800, measure);
  const after = labelledTicks(3.7, 103.7, 800, measure);
  const common = after.list.filter(({ value }) => value <= 100);
  assert.deepEqual(
    common,
    before.list.filter(({ value }) => value >= 3.7),
  );
});

test("a sliding axis makes ticks once in a while, a zoomed one at once", () => {
  let made = 0;
  const make = (min, max, pixels) => {
    made += 1;
    return linearTicks(min, max, pixels, 40);
  };
  const cache = new TickCache(make, 1 / 8);
  for (let i = 0; i < 100; i++) cache.get(i / 10, 100 + i / 10, 800);
  assert.equal(made, 1);
  cache.get(0, 50, 800);
  assert.equal(made, 2);
});

golden("linear_ticks");
golden("labelled_ticks");
golden("ticks_from");
golden("counted_ticks");

test("ticks that count down stand where their values are", () => {
  const at = (value) => 3 - value;
  const { list } = turned(
    { list: [0, 1, 2, 3].map((value) => ({ value, label: `${value}` })) },
    at,
  );
  assert.deepEqual(
    list.map(({ value, label }) => [value, label]),
    [
      [0, "3"],
      [1, "2"],
      [2, "1"],
      [3, "0"],
    ],
  );
});

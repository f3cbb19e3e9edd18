import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../support/text.js";
import { labelledTicks, linearTicks, TickCache } from "../../../static/axes/ticks.js";
import { golden } from "../support/rules.js";

const measure = (text) => 6 * text.length;
const labels = ({ list }) => list.map(({ label }) => plain(label));

const Y_TICKS = [
  [0, 1, 300, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]],
  [-2.2, 2.2, 200, ["−2", "−1", "0", "1", "2"]],
  [0, 12_000, 200, ["0", "5 k", "10 k"]],
  [0, 3e6, 200, ["0", "1 M", "2 M", "3 M"]],
  [0, 4e-6, 200, ["0", "1 µ", "2 µ", "3 µ", "4 µ"]],
  [1_000_000, 1_000_001, 120, ["1 000 000.0", "1 000 000.5", "1 000 001.0"]],
  [0, 1e30, 120, ["0", "5.0e29", "1.0e30"]],
];
for (const [min, max, pixels, expected] of Y_TICKS) {
  test(`ticks from ${min} to ${max}`, () =>
    assert.deepEqual(labels(linearTicks(min, max, pixels, 40)), expected));
}

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

import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../support/text.js";
import { logTicks } from "../../../static/axes/log_ticks.js";
import { golden } from "../support/rules.js";

const room = (label) => 6 * label.length + 28;
const labels = ({ list }) => list.map(({ label }) => plain(label));

const TICKS = [
  [0, 6, 600, "", ["1", "10", "100", "1000", "10 000", "100 000", "1 000 000"]],
  [-3, 1, 400, "V", ["1 mV", "10 mV", "100 mV", "1 V", "10 V"]],
  [0, 3, 900, "", ["1", "2", "5", "10", "20", "50", "100", "200", "500", "1000"]],
  [-5, -3, 900, "", ["10⁻⁵", "2×10⁻⁵", "5×10⁻⁵", "10⁻⁴", "2×10⁻⁴", "5×10⁻⁴", "10⁻³"]],
  [0, 12, 500, "", ["10⁰", "10²", "10⁴", "10⁶", "10⁸", "10¹⁰", "10¹²"]],
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
      [-8, -5],
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

test("where no step is large enough, or the axis goes on beyond doubles, the largest is taken", () => {
  for (const high of [Math.log10(Number.MAX_VALUE), 308.3, 400])
    for (const span of [0.01, 0.3, 0.7, 0.96])
      for (let pixels = 20; pixels < 300; pixels += 10) {
        const { list } = logTicks(high - span, high, pixels, room, "", 0.1);
        assert.ok(list.length < pixels && list.every(({ value }) => Number.isFinite(value)));
      }
});

golden("log_ticks");

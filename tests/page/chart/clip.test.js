import assert from "node:assert/strict";
import { test } from "node:test";
import { roomForBars, roomForCandles, within } from "../../../static/chart/clip.js";
import { golden } from "../support/rules.js";

const flat = (...points) => Float64Array.from(points.flat());
const LINE = {
  kind: "points",
  style: "line",
  band: null,
  points: flat([0, 1], [1, 2], [2, 3], [3, 4], [4, 5]),
};
const xs = ({ points }) => [...points].filter((_, i) => i % 2 === 0);
const seen = (range, line = LINE) => xs(within(line, range));

test("a line is cut to what is seen, with one vertex more at each side", () => {
  assert.deepEqual(
    [seen([1.5, 2.5]), seen([1, 3]), seen([-9, 9]), seen([3.5, 9])],
    [
      [1, 2, 3],
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
      [3, 4],
    ],
  );
});

test("all that stands at the edge is seen", () => {
  assert.deepEqual(
    seen([2, 3], { ...LINE, points: flat([1, 1], [2, 2], [2, 9], [3, 3], [3, 9], [3, 5]) }),
    [1, 2, 2, 3, 3, 3],
  );
});

test("between two vertices it goes on, beside them it reaches the edge", () => {
  assert.deepEqual(
    [seen([1.2, 1.4]), seen([7, 8]), seen([-3, -2]), seen([0, 1], { ...LINE, points: flat() })],
    [[1, 2], [4], [0], []],
  );
});

test("its band is cut with it", () => {
  const { band } = within(
    { ...LINE, band: { low: LINE.points, high: flat([0, 9], [9, 9]) } },
    [1.5, 2.5],
  );
  assert.deepEqual(
    [xs({ points: band.low }), xs({ points: band.high })],
    [
      [1, 2, 3],
      [0, 9],
    ],
  );
});

test("a series that goes backwards stays whole", () => {
  const loop = { ...LINE, kind: "xy", points: flat([5, 0], [1, 1], [9, 2]) };
  assert.equal(within(loop, [4, 6]), loop);
});

test("bars want half of what each has to itself, at both ends", () => {
  const bars = { ...LINE, style: "bars" };
  assert.deepEqual(
    [roomForBars([0, 4], [bars]), roomForBars([0, 4], [LINE])],
    [
      [-0.5, 4.5],
      [0, 4],
    ],
  );
  assert.deepEqual(roomForBars([0, 16], [bars]), [-0.5, 16.5]);
});

const CANDLES = {
  ...LINE,
  kind: "candles",
  points: flat(
    ...[0, 2, 4, 6].flatMap((x) => [
      [x, 1],
      [x + 1, 2],
      [x + 1, 0],
      [x + 2, 1],
    ]),
  ),
};

test("candles are cut whole, with one more at each side", () => {
  const begins = (range) => seen(range, CANDLES).filter((_, i) => i % 4 === 0);
  assert.deepEqual(
    [begins([4.5, 4.6]), begins([1, 9])],
    [
      [2, 4, 6],
      [0, 2, 4, 6],
    ],
  );
});

test("the first candle of all and the last one are seen whole", () => {
  assert.deepEqual(
    [
      roomForCandles([0.5, 7.5], [CANDLES]),
      roomForCandles([3, 5], [CANDLES]),
      roomForCandles([0.5, 7.5], [LINE, { ...CANDLES, points: flat() }]),
    ],
    [
      [0, 8],
      [3, 5],
      [0.5, 7.5],
    ],
  );
});

golden("within");
golden("room_for_candles");
golden("room_for_bars");

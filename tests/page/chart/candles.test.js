import assert from "node:assert/strict";
import { test } from "node:test";
import { candlesIn, paintCandles } from "../../../static/chart/candles.js";
import { FakeContext } from "../support/canvas.js";
import { golden } from "../support/rules.js";

const BOX = { left: 40, top: 10, width: 100, height: 100 };
const same = (value) => value;
/** One rises from 50 to 20, the other falls from 20 to 80; y goes down. */
const POINTS = Float64Array.of(0, 50, 5, 10, 5, 60, 10, 20, 10, 20, 15, 20, 15, 90, 20, 80);

function painted(points) {
  const context = new FakeContext();
  paintCandles(context, BOX, candlesIn(points, same, same), "#0474d4");
  return context;
}

test("bodies are rectangles, wicks lines above and below them", () => {
  const context = painted(POINTS);
  assert.deepEqual(context.of("rect"), [
    [40, 10, 100, 100],
    [1.5, 20, 7, 30],
    [11.5, 20, 7, 60],
  ]);
  assert.deepEqual(context.of("moveTo"), [
    [5, 10],
    [5, 50],
    [15, 20],
    [15, 80],
  ]);
});

test("one that rises is pale, one that falls is full, both have an edge where there is room", () => {
  const context = painted(POINTS);
  assert.deepEqual(
    context.looksOf("fill").map(({ fillStyle }) => fillStyle),
    ["rgba(4, 116, 212, 0.3)", "#0474d4"],
  );
  assert.equal(context.of("stroke").length, 3);
  const narrow = POINTS.map((value, at) => (at % 2 ? value : value / 4));
  assert.equal(painted(narrow).of("stroke").length, 1);
});

test("a part of a candle is none", () => {
  assert.deepEqual(candlesIn(POINTS.subarray(0, 6), same, same), []);
});

golden("candles");

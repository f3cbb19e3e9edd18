import assert from "node:assert/strict";
import { test } from "node:test";
import { paintHead } from "../../../static/chart/head.js";
import { FakeContext } from "../support/canvas.js";

const BOX = { left: 40, top: 10, width: 100, height: 100 };

function painted(spot, name, from = NaN) {
  const context = new FakeContext();
  paintHead(context, BOX, spot, from, "#0474d4", name);
  return context;
}

test("a dot is at the newest point, its name beside it", () => {
  const context = painted({ x: 20, y: 30 }, "moon");
  assert.deepEqual(context.of("arc"), [[60, 40, 3.5, 0, 2 * Math.PI]]);
  assert.deepEqual(context.of("fillText"), [["moon", 67, 40]]);
  assert.deepEqual(painted({ x: 20, y: 30 }, "").of("fillText"), []);
});

test("at the right edge the name is left of it", () => {
  const [[, left]] = painted({ x: 95, y: 30 }, "moon").of("fillText");
  assert.ok(left < 40 + 95 - 7, `${left}`);
});

test("a name is on the side to which the curve goes, where there is room", () => {
  const leftOf = (spot, from) => painted(spot, "moon", from).of("fillText")[0][1];
  assert.equal(leftOf({ x: 50, y: 30 }, 40), 40 + 57);
  assert.ok(leftOf({ x: 50, y: 30 }, 60) < 40 + 43);
  assert.equal(leftOf({ x: 5, y: 30 }, 60), 40 + 12);
});

test("a head that is not seen is not painted", () => {
  for (const spot of [
    { x: -1, y: 5 },
    { x: 5, y: 101 },
    { x: NaN, y: 5 },
  ])
    assert.deepEqual(painted(spot, "moon").of("arc"), []);
});

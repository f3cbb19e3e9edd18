import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeContext } from "../support/canvas.js";
import { flat } from "../support/lines.js";
import { paintHairline } from "../../../static/dense/hairline.js";

const CUT = { xScale: 1, yScale: 1, joined: true, nulls: false };
const same = { p2c: (value) => value };

test("a hairline is one path, a device pixel wide, from gap to gap", () => {
  const context = new FakeContext();
  const box = { left: 40, top: 10, width: 100, height: 50 };
  const points = flat([0, 1], [10, 2], [20, NaN], [30, 4], [40, 5]);
  const line = { points, color: "#c45419", dashes: [], opacity: 1 };
  paintHairline({ context, box, ratio: 2, x: same, y: same }, line, CUT);
  const [look] = context.looksOf("stroke");
  assert.deepEqual([look.strokeStyle, look.lineWidth], ["#c45419", 0.5]);
  assert.deepEqual(context.of("moveTo").join(" "), "0,1 30,4");
  assert.deepEqual(context.of("lineTo").join(" "), "10,2 40,5");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { HALO, HALO_ALPHA, strokeOver, writeOver } from "../../../static/image/halo.js";
import { FakeContext } from "../support/canvas.js";

test("a line has its halo below it, solid and wider", () => {
  const context = new FakeContext();
  Object.assign(context, { strokeStyle: "#line", globalAlpha: 0.5 });
  context.setLineDash([4, 3]);
  strokeOver(context, "#ground");
  const looks = context
    .looksOf("stroke")
    .map((look) => [look.strokeStyle, look.lineWidth, look.dashes, look.globalAlpha]);
  assert.deepEqual(looks, [
    ["#ground", 1 + 2 * HALO, [], 0.5 * HALO_ALPHA],
    ["#line", 1, [4, 3], 0.5],
  ]);
});

test("a text has it around its letters", () => {
  const context = new FakeContext();
  writeOver(context, "goal", 1, 2, "#ground");
  assert.deepEqual(
    [context.of("strokeText"), context.of("fillText")],
    [[["goal", 1, 2]], [["goal", 1, 2]]],
  );
  assert.equal(context.looksOf("strokeText")[0].lineWidth, 2 * HALO);
});

test("where there is no image there is none", () => {
  const context = new FakeContext();
  strokeOver(context, null);
  writeOver(context, "goal", 1, 2, null);
  assert.deepEqual([context.of("stroke").length, context.of("strokeText").length], [1, 0]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { ColorScale } from "../../../static/axes/color_scale.js";
import { FakeContext } from "../support/canvas.js";
import { golden } from "../support/rules.js";
import { typed } from "../support/text.js";

const PEN = { font: "11px sans-serif", text: "#123456" };
const BOX = { left: 40, top: 10, width: 300, height: 200 };

function painted(look) {
  const context = new FakeContext();
  const scale = new ColorScale();
  const room = scale.room(context, look, BOX.height, PEN);
  scale.paint(context, look, BOX, 500, PEN);
  return { context, room };
}

test("it has all colours, the highest at the top, with ticks at their values", () => {
  const { context } = painted({ z: [0, 100], label: "", unit: "dB" });
  assert.deepEqual(context.texts.map(typed), ["0", "20 dB", "40 dB", "60 dB", "80 dB", "100 dB"]);
  const heights = context.of("fillText").map(([, , y]) => Math.round(y));
  assert.deepEqual(heights, [210, 170, 130, 90, 50, 10]);
  const looks = context.looksOf("fillRect").map(({ fillStyle }) => fillStyle);
  assert.equal(new Set(looks).size, 200);
  assert.ok(looks[0].startsWith("rgb("));
});

test("a label stands beside it, and takes room", () => {
  const bare = painted({ z: [0, 1], label: "", unit: "" });
  const said = painted({ z: [0, 1], label: "power", unit: "" });
  assert.equal(said.room, bare.room + 10);
  assert.equal(said.context.texts.at(-1), "power");
});

test("room for labels is given back late", () => {
  const [context, scale] = [new FakeContext(), new ColorScale()];
  const room = (high) => scale.room(context, { z: [0, high], label: "", unit: "" }, 200, PEN);
  const narrow = room(5);
  const wide = room(0.00005);
  assert.ok(wide > narrow);
  assert.ok(room(5) <= wide);
});

golden("color_ticks");

test("of a single value it has one colour, and says it", () => {
  const { context } = painted({ z: [5, 5], log: false, label: "", unit: "dB" });
  assert.deepEqual(context.texts.map(typed), ["5 dB"]);
  assert.deepEqual(context.of("fillRect").length, 1);
});

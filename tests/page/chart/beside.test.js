import assert from "node:assert/strict";
import { test } from "node:test";
import { Sidebar } from "../../../static/chart/beside.js";
import { FakeContext } from "../support/canvas.js";
import { golden } from "../support/rules.js";
import { typed } from "../support/text.js";

const PEN = { font: "11px sans-serif", text: "#123456" };
const BOX = { left: 40, top: 10, width: 300, height: 200 };
const COLORS = { z: [0, 100], log: false, label: "", unit: "" };

/** What stands beside a panel, and the room that it takes. */
function painted(beside, height = BOX.height) {
  const context = new FakeContext();
  const sidebar = new Sidebar();
  const room = sidebar.room(context, beside, height, PEN);
  sidebar.paint(context, beside, { ...BOX, height }, 500, PEN);
  return { context, room };
}

const foot = (context) =>
  Math.max(...context.of("fillRect").map(([, top, , height]) => top + height));

golden("size_rows");

test("below the colours rings say what sizes mean, in the ink of the axes", () => {
  const { context } = painted({ colors: COLORS, sizes: [0, 31.6] });
  assert.deepEqual(context.texts.map(typed).slice(-3), ["20", "5", "1"]);
  const rings = context.of("arc");
  assert.deepEqual(
    rings.map(([, , radius]) => Math.round(radius)),
    [9, 4, 2],
  );
  assert.ok(rings.every(([, y]) => y > foot(context) && y < BOX.top + BOX.height));
  const [{ strokeStyle }] = context.looksOf("stroke");
  assert.equal(strokeStyle, PEN.text);
});

test("a low panel has the colours, and rings as far as there is room", () => {
  const counts = [200, 110, 60].map(
    (height) => painted({ colors: COLORS, sizes: [0, 31.6] }, height).context.of("arc").length,
  );
  assert.deepEqual(counts, [3, 2, 0]);
});

test("sizes alone stand at the top; without any there is room for the colours alone", () => {
  const alone = painted({ colors: null, sizes: [0, 100] });
  assert.deepEqual([alone.context.of("arc")[0][1], alone.context.of("fillRect")], [22, []]);
  const neither = painted({ colors: null, sizes: null });
  assert.deepEqual([neither.room, neither.context.texts], [0, []]);
  const bare = painted({ colors: COLORS, sizes: null });
  assert.equal(foot(bare.context), BOX.top + BOX.height);
  assert.ok(alone.room > 0 && bare.room > 0);
});

test("room for the labels of sizes is given back late", () => {
  const [context, sidebar] = [new FakeContext(), new Sidebar()];
  const room = (largest) => sidebar.room(context, { colors: null, sizes: [0, largest] }, 200, PEN);
  const narrow = room(1000);
  const wide = room(1001);
  assert.deepEqual([room(1000) <= wide, narrow <= wide], [true, true]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Latencies } from "../../static/link/meters.js";
import { statsOf } from "../../static/stats.js";
import { initialView } from "../../static/view/state.js";
import { imagePatch } from "./support/images.js";
import { flat, sessionOf } from "./support/lines.js";

const SHOWN = { view: initialView(null), hidden: false };

/** A page's parts, that have drawn the series "a". */
function partsOf(state = "live") {
  const session = Object.assign(sessionOf({ a: flat([0, 1], [5, 3]) }), {
    plot: "run",
    marks: [{ x: 1, text: "lr = 0.1" }],
    edits: true,
    listens: ["cross"],
    patches: 2,
    bytesIn: 30,
    latencies: new Latencies(),
    connection: { reason: "" },
    zone: { origin: 7 },
  });
  const picture = {
    frames: 3,
    x: [0, 5],
    panels: () => [
      {
        box: { left: 0, top: 0, width: 9, height: 9 },
        x: { low: 0, high: 5, log: false },
        left: { low: 1, high: 3, log: false },
        right: null,
        series: [{ name: "a" }],
      },
    ],
    sideOf: () => "left",
    colorOf: () => "#123",
    isEnd: () => false,
  };
  return {
    session,
    picture,
    statusBoard: { framesPerSecond: 60, state: () => state, alerts: { text: "loss above 2: 3" } },
    subscription: { refineLatency: { last: 12, count: 1 } },
    legend: { isHidden: () => true },
    cursor: { stats: () => ({ crosshair: null }) },
  };
}

test("the parts of a page are told together", () => {
  const stats = statsOf(partsOf(), SHOWN);
  assert.deepEqual(
    [stats.state, stats.plot, stats.frames, stats.fps, stats.patches, stats.bytesIn, stats.origin],
    ["live", "run", 3, 60, 2, 30, 7],
  );
  const [panel] = stats.panels;
  assert.deepEqual([panel.left, panel.right], [{ low: 1, high: 3, log: false }, null]);
  assert.deepEqual([panel.series, stats.image], [["a"], null]);
  const { hidden, axis, color, end } = stats.series.a;
  assert.deepEqual([hidden, axis, color, end], [true, "left", "#123", false]);
  const { from, to, low, high, mode } = stats.view;
  assert.deepEqual([from, to, low, high, mode], [0, 5, 1, 3, "all"]);
  assert.deepEqual(stats.annotations, ["lr = 0.1"]);
  assert.deepEqual([stats.alert, stats.listens, stats.edits], ["loss above 2: 3", ["cross"], true]);
  assert.deepEqual([stats.refineMs, stats.refinements, stats.crosshair], [12, 1, null]);
});

test("an image is told with what has been painted of it", () => {
  const parts = partsOf();
  const { model } = parts.session;
  model.image.apply(imagePatch({ x: [0, 1], colors: [1, 2, 3, 4], height: 2 }));
  model.markPainted();
  const { name, columns, height, x, z, rows } = statsOf(parts, SHOWN).image;
  assert.deepEqual([name, columns, height, x, z, rows], ["image", 2, 2, [0, 1], [0, 10], 7]);
});

test("a page that looks back is live, whatever its line says", () =>
  assert.equal(statsOf(partsOf("looking back"), SHOWN).state, "live"));

test("the heap is told where the browser does", (t) => {
  assert.equal("heap" in statsOf(partsOf(), SHOWN), false);
  performance.memory = { usedJSHeapSize: 5 };
  t.after(() => delete performance.memory);
  assert.equal(statsOf(partsOf(), SHOWN).heap, 5);
});

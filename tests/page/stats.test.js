import assert from "node:assert/strict";
import { test } from "node:test";
import { Latencies } from "../../static/link/meters.js";
import { statsOf } from "../../static/stats.js";
import { initialView } from "../../static/view/state.js";
import { flat, sessionOf } from "./support/lines.js";

const SHOWN = { view: initialView(null), hidden: false };

/** A page's parts, that have drawn the series "a". */
function partsOf(state = "live") {
  const session = Object.assign(sessionOf({ a: flat([0, 1], [5, 3]) }), {
    plot: "run",
    marks: [{ x: 1, text: "lr = 0.1" }],
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
    stats: () => [],
    panels: () => [{ left: { low: 1, high: 3 } }],
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
  const { hidden, axis, color, end } = stats.series.a;
  assert.deepEqual([hidden, axis, color, end], [true, "left", "#123", false]);
  const { from, to, low, high, mode } = stats.view;
  assert.deepEqual([from, to, low, high, mode], [0, 5, 1, 3, "all"]);
  assert.deepEqual(stats.annotations, ["lr = 0.1"]);
  assert.deepEqual([stats.alert, stats.listens], ["loss above 2: 3", ["cross"]]);
  assert.deepEqual([stats.refineMs, stats.refinements, stats.crosshair], [12, 1, null]);
});

test("a page that looks back is live, whatever its line says", () =>
  assert.equal(statsOf(partsOf("looking back"), SHOWN).state, "live"));

test("the heap is told where the browser does", (t) => {
  assert.equal("heap" in statsOf(partsOf(), SHOWN), false);
  performance.memory = { usedJSHeapSize: 5 };
  t.after(() => delete performance.memory);
  assert.equal(statsOf(partsOf(), SHOWN).heap, 5);
});

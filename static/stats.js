/** What tests and benchmarks read of a page. */
import { faults } from "./base/guard.js";
import { isLive } from "./view/state.js";

/**
 * @typedef {object} Parts of a page
 * @property {import("./link/session.js").Session} session
 * @property {import("./picture/picture.js").Picture} picture
 * @property {import("./ui/status_board.js").StatusBoard} statusBoard
 * @property {import("./link/subscription.js").Subscription} subscription
 * @property {import("./legend/legend.js").Legend} legend
 * @property {import("./cursor/cursor.js").Cursor} cursor
 */

/**
 * x are counted from `origin`.
 * @param {Parts} parts
 * @param {import("./view/state.js").PageView} shown
 */
export function statsOf(parts, shown) {
  const { session, picture, statusBoard, subscription, cursor } = parts;
  const { model, latencies, bytesIn, patches, plot, connection, zone } = session;
  const state = statusBoard.state(shown);
  return {
    state: state === "looking back" ? "live" : state,
    reason: connection.reason,
    plot,
    frames: picture.frames,
    faults: faults(),
    fps: statusBoard.framesPerSecond,
    series: Object.fromEntries(
      model.series.map((one) => [
        one.name,
        {
          ...one.painted,
          kind: one.kind,
          ...lookOf(parts, one.name),
          ...(one.marks && { marks: marksOf(one.marks) }),
        },
      ]),
    ),
    panels: picture.panels().map(panelOf),
    image: imageOf(model.image),
    origin: zone.origin,
    annotations: session.marks.map(({ text }) => text),
    alert: statusBoard.alerts.text,
    edits: session.edits,
    listens: session.listens,
    trigger: { state: session.sweeps.state, sweep: session.sweeps.current, ...earlierOf(session) },
    points: model.points,
    conflated: model.conflated,
    latencyMs: latencies.median(),
    lastLatencyMs: latencies.recent(1)[0] ?? NaN,
    bytesIn,
    patches,
    view: viewOf(picture, shown),
    refineMs: subscription.refineLatency.last,
    refinements: subscription.refineLatency.count,
    ...cursor.stats(),
    ...heap(),
  };
}

/** The numbers of the sweeps that are drawn below. @param {Parts["session"]} session */
function earlierOf({ sweeps }) {
  return { earlier: sweeps.earlier.map(({ number }) => number) };
}

/** @param {import("./scatter/marks.js").Marks} marks */
function marksOf({ colors, sizes, inSight, isDensity }) {
  return { colors, sizes, inSight, isDensity };
}

/** @param {Parts} parts @param {string} name of a series */
function lookOf({ picture, legend }, name) {
  return {
    hidden: legend.isHidden(name),
    axis: picture.sideOf(name),
    color: picture.colorOf(name),
    end: picture.isEnd(name),
  };
}

/** @param {Parts["picture"]} picture @param {import("./view/state.js").PageView} shown */
function viewOf(picture, { view, hidden }) {
  const { mode, window, paused, y } = view;
  const { x } = picture;
  const { low = NaN, high = NaN } = picture.panels()[0]?.left ?? {};
  return {
    mode,
    window,
    from: x[0],
    to: x[1],
    low,
    high,
    paused,
    hidden,
    live: isLive(view),
    fixed: Object.keys(y),
  };
}

/** @param {import("./view/hit_test.js").Panel} panel */
function panelOf({ box, x, left, right, series }) {
  return {
    box,
    x: rangeOf(x),
    left: rangeOf(left),
    right: right && rangeOf(right),
    series: series.map(({ name }) => name),
  };
}

/** @param {import("./view/scale.js").AxisView} axis */
function rangeOf({ low, high, log }) {
  return { low, high, log };
}

/** @param {import("./image/columns.js").ImageColumns} image */
function imageOf({ name, painted, height, bins, rows, x, y, z, log }) {
  return name
    ? { name, columns: painted, height, bins, rows, x: [x[0], x.at(-1)], y, z, log }
    : null;
}

function heap() {
  const memory = /** @type {{memory?: {usedJSHeapSize: number}}} */ (
    /** @type {unknown} */ (performance)
  ).memory;
  return memory ? { heap: memory.usedJSHeapSize } : {};
}

/**
 * What of the file a view is shown, as the relay chooses it (zwsnb/view/viewport.py and
 * subscription.py): points where they are few a pixel, else M4 of pixel columns. Those of the file
 * lie within the columns of a screen, so what is drawn of them is what would be drawn of all points,
 * until one zooms in further than the file goes.
 */
import { firstFrom, xOf } from "../view/vertex_search.js";
import { columnStart, columnWidth, m4, scaled } from "./m4.js";

/** Up to so many points a pixel are drawn as they are: M4 would not be fewer. */
const VERTICES_PER_PIXEL = 4;
/** Of half a pixel at least, for a candle and the room beside it. */
const CANDLE_COLUMNS = 10;
/** Of two round periods the longer one has not more than so many shorter ones. */
const FINER = 3;
const LEAST_LOG_SPAN = 2 ** -40;

/**
 * @typedef {import("./embedded.js").HeldSeries} HeldSeries
 * @typedef {import("./m4.js").Grid} Grid
 *
 * @typedef {object} Visible
 * @property {number} lo
 * @property {number} hi Infinity: all that comes after
 * @property {number} pixels
 * @property {Grid} grid
 *
 * @typedef {object} Shown
 * @property {import("../link/wire.js").Kind} kind
 * @property {Float64Array} vertices
 * @property {boolean} isCoarse there were points between them that the file has not
 */

/**
 * @param {import("../link/messages.js").ViewMessage} view
 * @param {Pick<import("./embedded.js").Head, "log" | "x_range">} head
 * @param {HeldSeries[]} series
 * @param {Float64Array | null} [rows] x of the columns of the image
 * @returns {Visible}
 */
export function visibleIn(view, { log, x_range }, series, rows = null) {
  const [least, largest] = x_range.map((x) => x ?? NaN);
  let [lo, hi, end] = [least ?? NaN, Infinity, largest ?? NaN];
  let span = end - lo;
  if (view.mode === "follow" && view.window !== null) {
    span = view.window;
    lo = Math.max(lo, end - span);
  } else if (view.mode === "range") {
    [lo, hi, end] = [view.from, view.to, view.to];
    span = hi - lo;
  }
  if (log) {
    lo = Math.max(lo, leastAbove(0, series, rows ?? []));
    span = Math.max(scaled(end, true) - scaled(lo, true), LEAST_LOG_SPAN);
  }
  const width = columnWidth(span > 0 ? span : Number.MIN_VALUE, view.width);
  return { lo, hi, pixels: view.width, grid: { width, log } };
}

/**
 * The least x above another; that where there is none.
 * @param {number} x
 * @param {HeldSeries[]} series
 * @param {ArrayLike<number>} rows of an image
 */
function leastAbove(x, series, rows) {
  const row = Array.prototype.find.call(rows, (one) => one > x);
  const points = series.flatMap(({ curve, xy }) => {
    if (xy) return [];
    let index = firstFrom(curve, x);
    while (index < curve.length / 2 && xOf(curve, index) <= x) index += 1;
    return index < curve.length / 2 ? [xOf(curve, index)] : [];
  });
  const above = row === undefined ? points : [...points, row];
  return above.length > 0 ? Math.min(...above) : x;
}

/**
 * @param {HeldSeries} series
 * @param {Visible} visible
 * @returns {Shown}
 */
export function shownOf({ curve, xy, exact, candles }, visible) {
  const { lo, hi, pixels, grid } = visible;
  if (candles.length > 0) return candlesIn(candles, visible);
  if (xy) return { kind: "xy", vertices: curve, isCoarse: exact > 0 && hi < Infinity };
  const count = curve.length / 2;
  const begin = Math.max(0, firstFrom(curve, columnStart(lo, grid)) - 1);
  const end = hi === Infinity ? count : Math.min(count, firstAfter(curve, hi) + 1);
  const vertices = curve.subarray(2 * begin, 2 * end);
  if (end - begin > VERTICES_PER_PIXEL * pixels)
    return { kind: "columns", vertices: m4(vertices, grid), isCoarse: false };
  const isCoarse = begin < exact;
  return { kind: isCoarse ? "columns" : "points", vertices, isCoarse };
}

/**
 * The candles of the shortest period for which there is room.
 * @param {import("./embedded.js").Level[]} levels
 * @param {Visible} visible
 * @returns {Shown}
 */
function candlesIn(levels, { lo, hi, grid }) {
  const least = CANDLE_COLUMNS * grid.width;
  const [finest] = /** @type {[import("./embedded.js").Level]} */ (/** @type {unknown} */ (levels));
  const fitting = levels.find(({ width }) => width >= least * (1 - 1e-9));
  const { width, curve } = fitting ?? levels.at(-1) ?? finest;
  const begin = Math.max(0, Math.floor(firstFrom(curve, lo) / 4) - 1);
  const end = hi === Infinity ? Infinity : Math.floor(firstAfter(curve, hi) / 4) + 2;
  const vertices = curve.subarray(8 * begin, end === Infinity ? curve.length : 8 * end);
  return { kind: "candles", vertices, isCoarse: width === finest.width && width > FINER * least };
}

/** The first vertex whose x is above another. @param {Float64Array} curve @param {number} x */
export function firstAfter(curve, x) {
  let index = firstFrom(curve, x);
  while (index < curve.length / 2 && xOf(curve, index) === x) index += 1;
  return index;
}

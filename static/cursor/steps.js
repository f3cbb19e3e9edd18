/** From point to point: where keys move the crosshair along a series. */
import { firstFrom, nearestInPixels, nextInX, xOf, yOf } from "../view/vertex_search.js";

/**
 * @typedef {import("../view/hit_test.js").Panel} Panel
 * @typedef {import("../link/model.js").Series} Series
 * @typedef {{x: number, y: number}} Point
 * @typedef {{name: string, axis: import("../view/scale.js").AxisView, panel: Panel, index: number}}
 *   Shown a series, and the panel that shows it
 */

/**
 * The series that are seen, from the first panel to the last.
 * @param {Panel[]} panels
 * @returns {Shown[]}
 */
export function shownIn(panels) {
  return panels.flatMap((panel, index) =>
    panel.series.map(({ name, axis }) => ({ name, axis, panel, index })),
  );
}

/**
 * The point nearest to an x, of those that are seen; else the first one to the right.
 * @param {Series} series
 * @param {Panel} panel
 * @param {number} x
 * @returns {Point | null}
 */
export function pointNear({ vertices }, { x: { low, high } }, x) {
  const points = vertices.view();
  const within = Math.max(low, Math.min(high, x));
  const seen = [
    indexAt(points, within),
    nextInX(points, within, -1, 0),
    nextInX(points, within, 1, 0),
  ].filter((index) => index >= 0 && xOf(points, index) >= low && xOf(points, index) <= high);
  const away = (/** @type {number} */ index) => Math.abs(xOf(points, index) - within);
  const index = seen.sort((a, b) => away(a) - away(b))[0] ?? nextInX(points, low, 1, 0);
  return index < 0 ? null : pointAt(points, index);
}

/** The first vertex at an x that is no gap; -1: there is none. @param {Float64Array} points @param {number} x */
function indexAt(points, x) {
  let index = firstFrom(points, x);
  while (xOf(points, index) === x && Number.isNaN(yOf(points, index))) index += 1;
  return xOf(points, index) === x ? index : -1;
}

/**
 * So many points further, as far as there are any.
 * @param {Series} series
 * @param {Shown} shown
 * @param {Point} from
 * @param {1 | -1} direction
 * @param {number} steps
 * @returns {Point}
 */
export function stepped({ kind, vertices }, shown, from, direction, steps) {
  const points = vertices.view();
  let at = from;
  for (let i = 0; i < steps; i++) {
    const index =
      kind === "xy"
        ? nextInOrder(points, shown, at, direction)
        : nextInX(points, at.x, direction, leastStep(kind, shown.panel, points));
    if (index < 0) break;
    at = pointAt(points, index);
  }
  return at;
}

/**
 * Along an XY series, as it was published.
 * @param {Float64Array} points
 * @param {Shown} shown
 * @param {Point} at
 * @param {1 | -1} direction
 */
function nextInOrder(points, { axis, panel }, at, direction) {
  const projection = { xAt: panel.x.pixelOf, yAt: axis.pixelOf, valueAt: panel.x.valueAt };
  const found = nearestInPixels(
    points,
    false,
    { x: projection.xAt(at.x), y: projection.yAt(at.y) },
    projection,
    Infinity,
  );
  const index = (found?.index ?? -1) + direction;
  return index < points.length / 2 ? index : -1;
}

/**
 * Points are stepped one by one, columns by pixels, candles from one to the next.
 * @param {import("../link/wire.js").Kind} kind
 * @param {Panel} panel
 * @param {Float64Array} points
 */
function leastStep(kind, { x, box }, points) {
  if (kind === "candles") return points.length ? xOf(points, 3) - xOf(points, 0) : 0;
  return kind === "columns" ? (x.high / 2 - x.low / 2) / (box.width / 2) : 0;
}

/**
 * How high the line between two vertices is at an x; NaN beside all of them, and in a gap.
 * @param {Float64Array} points in order of x
 * @param {number} x
 */
export function heightAt(points, x) {
  const right = firstFrom(points, x);
  if (right === points.length / 2) return NaN;
  const [to, high] = [xOf(points, right), yOf(points, right)];
  if (to === x) return high;
  if (right === 0) return NaN;
  const [from, low] = [xOf(points, right - 1), yOf(points, right - 1)];
  return low + ((high - low) * (x - from)) / (to - from);
}

/** @param {Float64Array} points @param {number} index @returns {Point} */
function pointAt(points, index) {
  return { x: xOf(points, index), y: yOf(points, index) };
}

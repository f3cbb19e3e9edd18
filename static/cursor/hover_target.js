/**
 * What the crosshair is on, and the value of each series there. The pointer's own x is taken,
 * unless a point of a series is near in pixels: then it is that point's. What is read is the
 * relay's answer as soon as it is there, and until then the nearest vertex that the page has, which
 * is marked as approximate.
 */
import { firstFrom, nearestInPixels, nearestInX, xOf, yOf } from "../view/vertex_search.js";

/**
 * @typedef {import("../view/hit_test.js").Panel} Panel
 * @typedef {import("../base/shapes.js").Spot} Spot
 * @typedef {import("../link/model.js").Series} Series
 *
 * @typedef {object} HoverTarget
 * @property {number} x
 * @property {number} y on the axis `key`
 * @property {number} panel its index
 * @property {string} key of the axis
 * @property {string | null} series whose point it is; null: of none
 * @property {Spot} spot in pixels
 *
 * @typedef {object} Reading of one series
 * @property {string} name
 * @property {string} label what is shown in its place
 * @property {string} brief and where there is hardly any room
 * @property {string} color
 * @property {number} panel
 * @property {string} key of its axis
 * @property {import("../view/scale.js").AxisView} axis
 * @property {boolean} xy x swings: x and y are read
 * @property {number} x
 * @property {number} y NaN: a gap
 * @property {boolean} exact
 * @property {number[] | null} candle its open, high, low and close
 * @property {number | null} count of points in a cell of a density, whose middle is x and y
 * @property {[number, number] | null} mark colour and size of a point of a scatter; NaN: none
 * @property {Spot} spot
 */

const REACH = 14;
/** Pixels of a mark, across and up; and how much those up count to find the point. */
const CURVE_REACH = 40;
const FLATNESS = 0.05;
/** Pixels: an answer for an x that near is the answer. */
const SAME = 0.5;

/** @param {Panel} panel @param {import("../view/scale.js").AxisView} axis */
function projectionIn({ box, x }, axis) {
  return {
    xAt: (/** @type {number} */ value) => box.left + x.pixelOf(value),
    yAt: (/** @type {number} */ value) => box.top + axis.pixelOf(value),
    valueAt: (/** @type {number} */ pixel) => x.valueAt(pixel - box.left),
  };
}

/** @param {Panel} panel @param {number} index @param {import("../view/scale.js").AxisView} axis */
function keyOf(panel, index, axis) {
  return `${index}:${axis === panel.right ? "right" : "left"}`;
}

/**
 * @param {Panel[]} panels
 * @param {Map<string, Series>} model by name
 * @param {number} index of the panel that is pointed at
 * @param {Spot} at
 * @returns {HoverTarget}
 */
export function targetAt(panels, model, index, at) {
  const panel = /** @type {Panel} */ (panels[index]);
  let [best, least] = [freeTarget(panels, index, at), Infinity];
  for (const { name, axis } of panel.series) {
    const series = model.get(name);
    const found =
      series &&
      series.kind !== "candles" &&
      nearestInPixels(
        series.vertices.view(),
        series.kind !== "xy",
        at,
        projectionIn(panel, axis),
        REACH,
      );
    if (!found || found.distance >= least) continue;
    least = found.distance;
    best = targetOn(panel, index, axis, name, found);
  }
  return best;
}

/**
 * Where a mark is set: on the point that the target is on, or else on the nearest curve, at its point
 * that is nearest in x, if the pointer is not far from it.
 * @param {Panel[]} panels
 * @param {Map<string, Series>} model by name
 * @param {HoverTarget} target
 * @returns {HoverTarget}
 */
export function onCurve(panels, model, target) {
  const panel = panels[target.panel];
  // On an image every place has a value of its own.
  if (target.series !== null || !panel || panel.image) return target;
  const { spot } = target;
  let [best, least] = [target, CURVE_REACH];
  for (const { name, axis } of panel.series) {
    const series = model.get(name);
    if (!series || series.kind === "candles" || series.kind === "xy") continue;
    const { yAt, ...across } = projectionIn(panel, axis);
    // What is far in y is hardly further, so that the x of the pointer counts.
    const flat = (/** @type {number} */ y) => spot.y + FLATNESS * (yAt(y) - spot.y);
    const points = series.vertices.view();
    const found = nearestInPixels(points, true, spot, { ...across, yAt: flat }, CURVE_REACH);
    const away = found ? Math.abs(yAt(found.y) - spot.y) : Infinity;
    if (!found || away >= least) continue;
    [best, least] = [targetOn(panel, target.panel, axis, name, found), away];
  }
  return best;
}

/**
 * At the pointer, and on no point.
 * @param {Panel[]} panels
 * @param {number} index of the panel that is pointed at
 * @param {Spot} spot
 * @returns {HoverTarget}
 */
export function freeTarget(panels, index, spot) {
  const { box, x, left } = /** @type {Panel} */ (panels[index]);
  return {
    x: x.valueAt(spot.x - box.left),
    y: left.valueAt(Math.max(0, Math.min(box.height, spot.y - box.top))),
    panel: index,
    key: `${index}:left`,
    series: null,
    spot,
  };
}

/**
 * On a point of a series, or of none.
 * @param {Panel} panel
 * @param {number} index
 * @param {import("../view/scale.js").AxisView} axis
 * @param {string | null} name
 * @param {{x: number, y: number}} point
 * @returns {HoverTarget}
 */
export function targetOn(panel, index, axis, name, { x, y }) {
  const projection = projectionIn(panel, axis);
  return {
    x,
    y,
    panel: index,
    key: keyOf(panel, index, axis),
    series: name,
    spot: { x: projection.xAt(x), y: projection.yAt(y) },
  };
}

/**
 * What a program is told of a click.
 * @param {Panel[]} panels
 * @param {Map<string, Series>} model by name
 * @param {HoverTarget} target what is clicked
 * @param {Spot} [spot] where the pointer is; else on the target
 * @returns {import("../link/messages.js").Click}
 */
export function clickOn(panels, model, { panel: index, key, series, x, y, spot: its }, spot = its) {
  const panel = /** @type {Panel} */ (panels[index]);
  const axis = (key.endsWith("right") && panel.right) || panel.left;
  const at = {
    x: panel.x.valueAt(spot.x - panel.box.left),
    y: axis.valueAt(Math.max(0, Math.min(panel.box.height, spot.y - panel.box.top))),
  };
  const id = series === null ? undefined : model.get(series)?.id;
  return { type: "click", ...at, ...(id === undefined ? {} : { point: { id, x, y } }) };
}

/**
 * The x of the crosshair: of the points that are read, if all have the same.
 * @param {HoverTarget} target
 * @param {Reading[]} readings
 */
export function crosshairX(target, readings) {
  const first = readings[0]?.x;
  return first !== undefined && readings.every(({ x, xy }) => x === first && !xy)
    ? first
    : target.x;
}

/**
 * @param {Panel[]} panels
 * @param {Map<string, Series>} model by name
 * @param {HoverTarget} target
 * @param {import("../link/messages.js").ReadAnswer | null} answer
 * @returns {Reading[]}
 */
export function readingsAt(panels, model, target, answer) {
  return panels.flatMap((panel, index) => {
    const answered =
      answer && Math.abs(panel.x.pixelOf(answer.x) - panel.x.pixelOf(target.x)) <= SAME
        ? new Map(answer.points.map((point) => [point.id, point]))
        : new Map();
    return panel.series.flatMap(({ name, label, brief, color, axis }) => {
      const series = model.get(name);
      const point = series && pointOf(series, answered, panel, axis, target);
      if (!point) return [];
      const projection = projectionIn(panel, axis);
      const { at = point.x, mark = null, count = null, ...read } = point;
      const spot = { x: projection.xAt(at), y: projection.yAt(point.y) };
      return [
        {
          name,
          label,
          brief,
          color,
          panel: index,
          key: keyOf(panel, index, axis),
          axis,
          xy: series.kind === "xy",
          ...read,
          mark,
          count,
          spot,
        },
      ];
    });
  });
}

/**
 * @param {Series} series
 * @param {Map<number, import("../link/messages.js").Point>} answered by the numbers of their series
 * @param {Panel} panel
 * @param {import("../view/scale.js").AxisView} axis
 * @param {HoverTarget} target
 * @returns {{x: number, at?: number, y: number, exact: boolean, candle: number[] | null,
 *   mark?: [number, number] | null, count?: number | null} | null} of which it is shown `at` an x
 */
function pointOf(series, answered, panel, axis, target) {
  const points = series.vertices.view();
  if (series.kind === "xy") {
    const found = nearestInPixels(points, false, target.spot, projectionIn(panel, axis), Infinity);
    if (!found) return null;
    const count = series.marks?.countAt(found.index) ?? null;
    const mark = count === null ? (series.marks?.at(found.index) ?? null) : null;
    return { x: found.x, y: found.y, exact: count === null, candle: null, mark, count };
  }
  if (series.kind === "candles") return candleAt(points, target.x);
  const answer = answered.get(series.id);
  if (answer) return { x: answer.x, y: answer.y ?? NaN, exact: answer.exact, candle: null };
  const index = nearestInX(points, target.x);
  return index < 0
    ? null
    : { x: xOf(points, index), y: yOf(points, index), exact: false, candle: null };
}

/**
 * The candle in which an x is, or that is nearest to it: where it begins, with its close; shown at its
 * middle.
 * @param {Float64Array} points
 * @param {number} x
 */
function candleAt(points, x) {
  const count = points.length / 2;
  if (count < 4) return null;
  let index = firstFrom(points, x);
  // Where one ends the next begins.
  if (index % 4 === 3 && index + 1 < count && xOf(points, index + 1) === x) index += 1;
  const first = Math.min(index - (index % 4), count - 4);
  const candle = [0, 1, 2, 3].map((vertex) => yOf(points, first + vertex));
  const [begin, at] = [xOf(points, first), xOf(points, first + 1)];
  return { x: begin, at, y: candle[3] ?? NaN, exact: true, candle };
}

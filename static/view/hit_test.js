/**
 * What a point on the plot belongs to: the plot area of a panel, one of its y-axes, the x-axis
 * below; and what of y a gesture there zooms or moves.
 */
import { TINY } from "./scale.js";

/**
 * @typedef {import("../base/shapes.js").Box} Box
 * @typedef {import("../base/shapes.js").Spot} Spot
 * @typedef {import("./scale.js").AxisView} AxisView
 * @typedef {import("./state.js").Ranges} Ranges
 *
 * @typedef {object} Panel one plot of the stack, as it is on the screen
 * @property {Box} box its plot area, in CSS pixels from the top left corner of #plot
 * @property {Box[]} [texts] where texts stand on it, in the same pixels
 * @property {AxisView} x the same in all panels
 * @property {AxisView} left
 * @property {AxisView | null} right null: no series that is seen here belongs to it
 * @property {{name: string, label: string, brief: string, color: string, axis: AxisView}[]} series
 *   that are seen here, in order, and what is shown in place of their names; the ends of bands are
 *   not among them
 * @property {number | null} [since] from where its labels of x count; null: from its zero
 * @property {boolean} [image] it shows the image of the plot
 * @property {boolean} [isEqual] a unit of x is as long as one of y
 *
 * @typedef {object} Zone
 * @property {number} panel its index
 * @property {"plot" | "left" | "right" | "x"} part
 *
 * @typedef {object} Held an axis as it was when a gesture began
 * @property {string} key
 * @property {AxisView} axis
 * @property {number} height of its panel
 */

/** Closer than this many steps of a double there is nothing to see. */
const FINEST = 64;
const { MAX_VALUE } = Number;

/** @param {Panel[]} panels @param {Spot} spot @returns {Zone} */
export function zoneAt(panels, { x, y }) {
  const panel = nearestPanel(panels, y);
  const { left, top, width, height } = boxOf(panels, panel);
  if (panel === panels.length - 1 && y > top + height) return { panel, part: "x" };
  if (x < left) return { panel, part: "left" };
  return { panel, part: x > left + width && panels[panel]?.right ? "right" : "plot" };
}

/** @param {Panel[]} panels @param {number} y */
function nearestPanel(panels, y) {
  const distances = panels.map(({ box }) => Math.max(box.top - y, y - box.top - box.height, 0));
  return distances.indexOf(Math.min(...distances));
}

/** @param {Panel[]} panels @param {number} index */
export function boxOf(panels, index) {
  return /** @type {Panel} */ (panels[index]).box;
}

/** Is it over the plot area of its panel? @param {Panel[]} panels @param {Spot} spot */
export function isInside(panels, { x, y }) {
  return panels.some(
    ({ box }) =>
      x >= box.left && x <= box.left + box.width && y >= box.top && y <= box.top + box.height,
  );
}

/** Is it over the stack of panels, or between them? @param {Panel[]} panels @param {Spot} spot */
export function isOver(panels, { x, y }) {
  const { left, top, width, height } = areaOf(panels);
  return x >= left && x <= left + width && y >= top && y <= top + height;
}

/** All panels. @param {Panel[]} panels @returns {Box} */
export function areaOf(panels) {
  const [first, last] = [boxOf(panels, 0), boxOf(panels, panels.length - 1)];
  return { ...first, height: last.top + last.height - first.top };
}

/**
 * Both axes in the plot area, so that the picture keeps its shape; one on that axis.
 * @param {Panel[]} panels
 * @param {Zone} zone
 * @returns {Held[]}
 */
export function axesOf(panels, { panel, part }) {
  const { left, right, box } = /** @type {Panel} */ (panels[panel]);
  const held = [];
  if (part !== "right") held.push({ key: `${panel}:left`, axis: left, height: box.height });
  if (right && part !== "left")
    held.push({ key: `${panel}:right`, axis: right, height: box.height });
  return held;
}

/**
 * @param {Held[]} axes
 * @param {number} at pixels from the top of the panel, which stay
 * @param {number} factor below 1: closer
 */
export function zoomedRanges(axes, at, factor) {
  return rangesOf(axes, (height) => [at - at * factor, at + (height - at) * factor]);
}

/** @param {Held[]} axes @param {number} by pixels, downwards */
export function movedRanges(axes, by) {
  return rangesOf(axes, (height) => [-by, height - by]);
}

/** @param {Held[]} axes @param {number} top pixel that is to be the top @param {number} bottom */
export function stretchedRanges(axes, top, bottom) {
  return rangesOf(axes, () => [top, bottom]);
}

/**
 * @param {Held[]} axes
 * @param {(height: number) => [number, number]} pixels of the new top and bottom
 * @returns {Ranges}
 */
function rangesOf(axes, pixels) {
  /** @type {Record<string, [number, number]>} */
  const ranges = {};
  for (const { key, axis, height } of axes) {
    const [high, low] = /** @type {[number, number]} */ (
      pixels(height).map((pixel) => axis.valueAt(pixel))
    );
    const largest = Math.max(Math.abs(low), Math.abs(high));
    const finest = Math.max(TINY, (largest / 2) * Number.EPSILON * FINEST);
    const whole = low === -MAX_VALUE && high === MAX_VALUE;
    if (!whole && high / 2 - low / 2 > finest) ranges[key] = [low, high];
  }
  return ranges;
}

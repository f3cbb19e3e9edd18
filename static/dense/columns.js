/**
 * A line so busy that it fills an area: of each device pixel column what it inks there, from its
 * lowest to its highest place. However often it goes up and down within a column, its picture is the
 * same, so that very few of its points have that of all; and one upright stroke a column is painted
 * sooner than the steep ones of the line itself.
 *
 * The rule of the snapshot is the same: zwsnb/painting/busy.py.
 */
import { clipTo, pixelsOf } from "./hairline.js";

/** Half of a device pixel: so much ink a line has above and below its middle. */
const HALF = 0.5;

/** Device pixels beyond which nothing is told apart: a double has more, a canvas then no picture. */
const FAR = 1e30;

/**
 * @typedef {object} Axis
 * @property {{min: number, max: number}} options
 * @property {(scaled: number) => number} p2c
 *
 * @typedef {object} Pixels where scaled values are: at `zero` plus `scale` for each beyond `from`
 * @property {number} from
 * @property {number} zero
 * @property {number} scale
 */

/** For one line after the other: painted before the next is looked at. */
let all = new Float64Array(0);

/**
 * @param {import("./hairline.js").Place & {x: Axis, y: Axis}} place
 * @param {{points: Float64Array, color: string, opacity: number}} line
 */
export function paintColumns({ context, box, ratio, x, y }, { points, color, opacity }) {
  const { left, top, width, height } = pixelsOf(box, ratio);
  if (all.length < 2 * width) all = new Float64Array(2 * width);
  const inked = all.subarray(0, 2 * width);
  ink(
    points,
    pixelsOn(x, ratio, box.left * ratio - left),
    pixelsOn(y, ratio, box.top * ratio),
    inked,
  );
  context.save();
  clipTo(context, box, ratio);
  context.globalAlpha = opacity;
  context.strokeStyle = color;
  context.lineWidth = 1 / ratio;
  context.lineCap = "butt";
  context.beginPath();
  for (let column = 0; column < width; column++) {
    const low = Math.max(/** @type {number} */ (inked[2 * column]), top - 1);
    const high = Math.min(/** @type {number} */ (inked[2 * column + 1]), top + height + 1);
    if (low > high) continue;
    const at = (left + column + HALF) / ratio;
    context.moveTo(at, (low - HALF) / ratio);
    context.lineTo(at, (high + HALF) / ratio);
  }
  context.stroke();
  context.restore();
}

/**
 * @param {Axis} axis
 * @param {number} ratio device pixels per pixel
 * @param {number} before device pixels before it
 * @returns {Pixels}
 */
function pixelsOn({ options: { min, max }, p2c }, ratio, before) {
  const scale = (p2c(max) - p2c(min)) / (max / 2 - min / 2) / 2;
  return { from: min, zero: p2c(min) * ratio + before, scale: scale * ratio };
}

/**
 * What a line inks of each pixel column, its stretches between vertices included.
 * @param {Float64Array} points x, y, x, y, ...; y = NaN is a gap
 * @param {Pixels} across
 * @param {Pixels} down
 * @param {Float64Array} inked lowest and highest, one column after the other; where there is no ink
 *   the lowest is more than the highest
 */
export function ink(points, across, down, inked) {
  const columns = inked.length / 2;
  for (let i = 0; i < inked.length; i++) inked[i] = i % 2 ? -Infinity : Infinity;
  let [x, y, column] = [NaN, NaN, NaN];
  for (let i = 0; i < points.length; i += 2) {
    const toX = pixelAt(/** @type {number} */ (points[i]), across);
    const toY = pixelAt(/** @type {number} */ (points[i + 1]), down);
    const to = Math.floor(toX);
    if (to !== column) {
      // Where it passes from one column to the next, or back, it is in both.
      const slope = (toY - y) / (toX - x);
      const last = Math.min(Math.max(to, column), columns);
      for (let edge = Math.max(Math.min(to, column) + 1, 0); edge <= last; edge++) {
        const height = y + (edge - x) * slope;
        if (edge > 0) reach(inked, edge - 1, height);
        if (edge < columns) reach(inked, edge, height);
      }
    }
    if (to >= 0 && to < columns) reach(inked, to, toY);
    x = toX;
    y = toY;
    column = to;
  }
}

/** @param {number} value @param {Pixels} pixels */
function pixelAt(value, { from, zero, scale }) {
  // The difference of two doubles may be none.
  const at = (value / 2 - from / 2) * (2 * scale) + zero;
  return Math.max(-FAR, Math.min(at, FAR));
}

/** A gap, NaN, reaches nothing. @param {Float64Array} inked @param {number} column @param {number} y */
function reach(inked, column, y) {
  if (y < /** @type {number} */ (inked[2 * column])) inked[2 * column] = y;
  if (y > /** @type {number} */ (inked[2 * column + 1])) inked[2 * column + 1] = y;
}

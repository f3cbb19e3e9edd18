/** Paints the dots of a scatter, the newest on top. */
import { COLORS, cssOf } from "../image/colormap.js";
import { colorNumber, radiusOf } from "./marks.js";

/** By the number of a colour. @type {string[]} */
const STYLES = Array.from({ length: COLORS + 1 }, (_, color) => (color === 0 ? "" : cssOf(color)));

/** On a dark ground colours below have an edge: they would hardly be seen. */
const DARK = 70;

/**
 * @typedef {object} Place where they are painted
 * @property {CanvasRenderingContext2D} context
 * @property {import("../base/shapes.js").Box} box
 * @property {(x: number) => number} xAt in pixels
 * @property {(y: number) => number} yAt
 */

/**
 * @param {Place} place
 * @param {Float64Array} points x, y, x, y, ... in scaled values
 * @param {import("./marks.js").Dots} dots
 * @param {string} own colour of the series: that of points without one
 */
export function paintDots({ context, box, xAt, yAt }, points, dots, own) {
  const { values, z, largest, edge = "" } = dots;
  let style = "";
  context.lineWidth = 1;
  context.strokeStyle = edge;
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [
      xAt(/** @type {number} */ (points[i])),
      yAt(/** @type {number} */ (points[i + 1])),
    ];
    // Whole where they are seen, as all dots are.
    if (!(x >= 0 && x <= box.width && y >= 0 && y <= box.height)) continue;
    const color = colorNumber(/** @type {number} */ (values[i]), z);
    const wanted = STYLES[color] || own;
    if (wanted !== style) context.fillStyle = style = wanted;
    context.beginPath();
    const radius = radiusOf(/** @type {number} */ (values[i + 1]), largest);
    context.arc(box.left + x, box.top + y, radius, 0, 2 * Math.PI);
    context.fill();
    if (edge && color > 0 && color < DARK) context.stroke();
  }
}

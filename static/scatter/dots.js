/** Paints the dots of a scatter, the newest on top. */
import { cssOf } from "../image/colormap.js";
import { colorNumber, radiusOf } from "./marks.js";

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
 * The cells of a density, whose middles are the points.
 * @param {Place} place
 * @param {Float64Array} points x, y, x, y, ... in scaled values
 * @param {import("./marks.js").Dots} dots
 */
export function paintCells({ context, box, xAt, yAt }, points, { values, z, cell }) {
  const [width, height] = (cell ?? [0, 0]).map((size) => size / 2);
  const across = edges(xAt, width ?? 0, box.width);
  const up = edges(yAt, -(height ?? 0), box.height);
  for (let i = 0; i < points.length; i += 2) {
    const [left, right] = across(/** @type {number} */ (points[i]));
    const [top, bottom] = up(/** @type {number} */ (points[i + 1]));
    if (!(right > left && bottom > top)) continue;
    context.fillStyle = cssOf(colorNumber(/** @type {number} */ (values[i]), z));
    context.fillRect(box.left + left, box.top + top, right - left, bottom - top);
  }
}

/**
 * From where to where a cell reaches, in whole pixels, so that neighbours meet; one that is smaller
 * than a pixel has the pixel of its middle.
 * @param {(value: number) => number} at
 * @param {number} half of its size; less than 0 where pixels fall
 * @param {number} most pixels
 * @returns {(middle: number) => [number, number]}
 */
function edges(at, half, most) {
  const within = (/** @type {number} */ pixel) => Math.max(0, Math.min(most, pixel));
  return (middle) => {
    const [begin, end] = [Math.round(at(middle - half)), Math.round(at(middle + half))];
    const pixel = Math.floor(at(middle));
    return begin < end ? [within(begin), within(end)] : [within(pixel), within(pixel + 1)];
  };
}

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
    const wanted = cssOf(color) || own;
    if (wanted !== style) context.fillStyle = style = wanted;
    context.beginPath();
    const radius = radiusOf(/** @type {number} */ (values[i + 1]), largest);
    context.arc(box.left + x, box.top + y, radius, 0, 2 * Math.PI);
    context.fill();
    if (edge && color > 0 && color < DARK) context.stroke();
  }
}

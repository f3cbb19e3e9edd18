/**
 * A rectangle that is drawn with the mouse to look closer at: in the plot area x and y, or the one
 * of them along which it was drawn; on an axis that axis only.
 */
import { axesOf, boxOf, stretchedRanges } from "../view/hit_test.js";

/**
 * @typedef {import("../view/hit_test.js").Panel} Panel
 * @typedef {import("../base/shapes.js").Spot} Spot
 * @typedef {import("../base/shapes.js").Box} Box
 *
 * @typedef {object} Drawn
 * @property {import("../view/hit_test.js").Zone} zone where it began
 * @property {Spot} from
 * @property {Spot} to
 */

/** Pixels: what is thinner is meant along the other direction only. */
const THIN = 10;

/**
 * What it covers; null: too little to mean anything.
 * @param {Drawn} drawn
 * @param {Panel[]} panels
 * @returns {Box | null}
 */
export function rectangleOf(drawn, panels) {
  const whole = wholeOf(drawn, panels);
  const x = stretch(drawn.from.x, drawn.to.x, whole.left, whole.width);
  const y = stretch(drawn.from.y, drawn.to.y, whole.top, whole.height);
  const [hasX, hasY] = directionsOf(drawn.zone.part, x.size, y.size);
  if (!hasX && !hasY) return null;
  return {
    left: hasX ? x.start : whole.left,
    width: hasX ? x.size : whole.width,
    top: hasY ? y.start : whole.top,
    height: hasY ? y.size : whole.height,
  };
}

/**
 * Along x it runs through all panels.
 * @param {Drawn} drawn
 * @param {Panel[]} panels
 * @returns {Box}
 */
function wholeOf({ zone }, panels) {
  const box = boxOf(panels, zone.panel);
  if (zone.part !== "x") return box;
  const first = boxOf(panels, 0);
  const bottom = box.top + box.height;
  return { ...box, top: first.top, height: bottom - first.top };
}

/**
 * @param {import("../view/hit_test.js").Zone["part"]} part
 * @param {number} width
 * @param {number} height
 * @returns {[boolean, boolean]} along x, along y
 */
function directionsOf(part, width, height) {
  if (part === "x") return [width >= THIN, false];
  if (part !== "plot") return [false, height >= THIN];
  return [width >= THIN, height >= THIN];
}

/** @param {number} a @param {number} b @param {number} low @param {number} size */
function stretch(a, b, low, size) {
  const clip = (/** @type {number} */ value) => Math.max(low, Math.min(low + size, value));
  const [start, end] = [clip(Math.min(a, b)), clip(Math.max(a, b))];
  return { start, size: end - start };
}

/**
 * What to look at: x in fractions of the width, y in values.
 * @param {Drawn} drawn
 * @param {Panel[]} panels
 * @returns {{x: [number, number] | null, y: import("../view/state.js").Ranges} | null}
 */
export function chosenOf(drawn, panels) {
  const rectangle = rectangleOf(drawn, panels);
  if (!rectangle) return null;
  const box = boxOf(panels, drawn.zone.panel);
  const [left, right] = [rectangle.left - box.left, rectangle.left - box.left + rectangle.width];
  const [top, bottom] = [rectangle.top - box.top, rectangle.top - box.top + rectangle.height];
  const allY = drawn.zone.part === "x" || rectangle.height === box.height;
  const y = allY ? {} : stretchedRanges(axesOf(panels, drawn.zone), top, bottom);
  /** @type {[number, number]} */
  const x = [left / box.width, right / box.width];
  if (panels[drawn.zone.panel]?.isEqual && !allY)
    return { x: asWide(rectangle.width === box.width ? null : x, (bottom - top) / box.height), y };
  return { x: rectangle.width === box.width ? null : x, y };
}

/**
 * Where a unit of x is as long as one of y, x has to take in what a tall rectangle covers of y: a
 * plot area shows both at the same fraction.
 * @param {[number, number] | null} x null: all
 * @param {number} fraction of the height
 * @returns {[number, number]}
 */
function asWide(x, fraction) {
  const [low, high] = x ?? [0.5, 0.5];
  const [middle, half] = [(low + high) / 2, Math.max(high - low, fraction) / 2];
  return [middle - half, middle + half];
}

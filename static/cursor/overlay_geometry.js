/**
 * Where on the screen the crosshair, the points that are read and the marks are, for
 * cursor/overlay.js.
 */
import { crosshairX } from "./hover_target.js";
import { areaOf, isInside } from "../view/hit_test.js";

/** @typedef {{x: number, y: number, color: string}} Dot */
/** @typedef {{x: number, y: number, name: string}} Flag */

/**
 * @typedef {object} OverlayGeometry in pixels of #plot
 * @property {Box} area all panels
 * @property {{x: number, y: number, box: Box} | null} cross
 * @property {Dot[]} dots
 * @property {Flag[]} flags the marks
 * @property {Box | null} drawn
 * @property {boolean} [overImage] is there an image below it?
 */

/**
 * @typedef {import("./readout_text.js").Read} Read
 * @typedef {import("../view/hit_test.js").Panel} Panel
 * @typedef {import("../base/shapes.js").Spot} Spot
 * @typedef {import("../base/shapes.js").Box} Box
 * @typedef {import("./hover_target.js").HoverTarget} HoverTarget
 */

/** Pixels of a mark's letter, and how far its base line is below the top. */
const LETTER = { width: 14, height: 15 };
const LETTER_BASE = 11;

/** @param {Read} read @returns {Omit<OverlayGeometry, "drawn">} */
export function geometryOf({ panels, target, readings, marks }) {
  const cross = target && crossAt(/** @type {Panel} */ (panels[target.panel]), target, readings);
  const dots = readings
    .filter(({ spot }) => isInside(panels, spot))
    .map(({ spot, color }) => ({ ...spot, color }));
  const overImage = panels.some(({ image }) => image);
  return { area: areaOf(panels), cross, dots, flags: flagsOf(panels, marks), overImage };
}

/**
 * What is not to be hidden: the spots that are pointed at, and of the marks their letters, their
 * poles and the selection between these.
 * @param {Read} read
 * @returns {Omit<import("./readout_placement.js").Shown, "lines">}
 */
export function shownIn({ panels, target, readings, marks }) {
  const dots = readings.map(({ spot }) => spot).filter((spot) => isInside(panels, spot));
  const [area, flags] = [areaOf(panels), flagsOf(panels, marks)];
  const seen = flags.filter(({ x }) => isAcross(area, x));
  return {
    pointed: [...flags, ...dots, ...(target ? [target.spot] : [])],
    letters: seen.map((flag) => letterOf(flag, area).box),
    poles: seen.map(({ x }) => x),
    selection: between(flags, area),
  };
}

/** @param {Box} area @param {number} x */
export function isAcross({ left, width }, x) {
  return x >= left && x <= left + width;
}

/**
 * Where the letter of a mark is: at the top of its pole, on the side that has room.
 * @param {Spot} flag
 * @param {Box} area
 * @returns {{x: number, y: number, anchor: "start" | "end", box: Box}}
 */
export function letterOf({ x }, { left, top, width }) {
  const fits = x + LETTER.width < left + width;
  const box = { left: fits ? x : x - LETTER.width, top, ...LETTER };
  return { x: x + (fits ? 4 : -4), y: top + LETTER_BASE, anchor: fits ? "start" : "end", box };
}

/**
 * The range between two marks, as far as it is seen.
 * @param {Spot[]} flags
 * @param {Box} area
 * @returns {Box | null}
 */
export function between([a, b], { left, top, width, height }) {
  if (!a || !b) return null;
  const from = Math.max(left, Math.min(a.x, b.x));
  const to = Math.min(left + width, Math.max(a.x, b.x));
  return to > from ? { left: from, top, width: to - from, height } : null;
}

/** @param {Panel[]} panels @param {import("./measure.js").Marks} marks */
function flagsOf(panels, { a, b }) {
  return [a, b].flatMap((one, index) =>
    one ? [{ ...spotOf(panels, one), name: "AB".charAt(index) }] : [],
  );
}

/**
 * @param {Panel} panel
 * @param {HoverTarget} target
 * @param {import("./hover_target.js").Reading[]} readings
 */
function crossAt({ box, x }, target, readings) {
  const { x: ofReadings = NaN, spot } = readings[0] ?? {};
  const own = crosshairX(target, readings);
  // A candle is read where it begins, and stands a little later.
  const at = spot && own === ofReadings ? spot.x : box.left + x.pixelOf(own);
  return {
    x: at >= box.left && at <= box.left + box.width ? at : target.spot.x,
    y: target.spot.y,
    box,
  };
}

/** @param {Panel[]} panels @param {import("./measure.js").Mark} mark @returns {Spot} */
function spotOf(panels, { x, y, axis }) {
  const [index, side] = axis.split(":");
  const panel = /** @type {Panel} */ (panels[Number(index)] ?? panels[0]);
  const its = (side === "right" && panel.right) || panel.left;
  return { x: panel.box.left + panel.x.pixelOf(x), y: panel.box.top + its.pixelOf(y) };
}

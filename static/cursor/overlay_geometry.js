/**
 * Where on the screen the crosshair, the points that are read and the marks are, for
 * cursor/overlay.js.
 */
import { crosshairX } from "./hover_target.js";
import { ROW } from "../axes/texts.js";
import { touches } from "../base/shapes.js";
import { between } from "./overlay.js";
import { areaOf, isInside } from "../view/hit_test.js";

/**
 * @typedef {import("./readout_text.js").Read} Read
 * @typedef {import("../view/hit_test.js").Panel} Panel
 * @typedef {import("../base/shapes.js").Spot} Spot
 * @typedef {import("../base/shapes.js").Box} Box
 * @typedef {import("./hover_target.js").HoverTarget} HoverTarget
 * @typedef {import("./overlay.js").Flag} Flag
 * @typedef {import("./overlay.js").Letter} Letter
 */

/** Pixels of a mark's letter, how far its base line is below their top, and how far its pole. */
const LETTER = { width: 14, height: ROW };
const [LETTER_BASE, BESIDE] = [11, 4];

/** @param {Read} read @returns {Omit<import("./overlay.js").OverlayGeometry, "drawn">} */
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
  const seen = flags.filter(({ letter }) => letter);
  return {
    pointed: [...flags, ...dots, ...(target ? [target.spot] : [])],
    letters: seen.flatMap(({ letter }) => (letter ? [letter.box] : [])),
    poles: seen.map(({ x }) => x),
    selection: between(flags, area),
  };
}

/** @param {Panel[]} panels @param {import("./measure.js").Marks} marks */
function flagsOf(panels, { a, b }) {
  const marks = [a, b].flatMap((one, index) =>
    one ? [{ ...spotOf(panels, one), name: "AB".charAt(index) }] : [],
  );
  return marks.length > 0 ? lettered(marks, areaOf(panels), textsOn(panels)) : [];
}

/** @param {Panel[]} panels */
function textsOn(panels) {
  return panels.flatMap(({ texts = [] }) => texts);
}

/**
 * Marks with their letters, each of which touches no text and no other letter.
 * @param {Omit<Flag, "letter">[]} marks
 * @param {Box} area
 * @param {Box[]} [texts] that stand there
 * @returns {Flag[]}
 */
export function lettered(marks, area, texts = []) {
  const taken = [...texts];
  return marks.map((mark) => {
    const isAcross = mark.x >= area.left && mark.x <= area.left + area.width;
    const letter = isAcross ? letterOf(mark.x, area, taken) : null;
    if (letter) taken.push(letter.box);
    return { ...mark, letter };
  });
}

/**
 * Where the letter of a mark is: on the side of its pole that has room, in the first row that is
 * free; if none is, in the first.
 * @param {number} x
 * @param {Box} area
 * @param {Box[]} taken
 * @returns {Letter}
 */
function letterOf(x, area, taken) {
  const fits = x + LETTER.width < area.left + area.width;
  const left = fits ? x : x - LETTER.width;
  const rows = Array.from({ length: Math.max(1, Math.floor(area.height / ROW)) }, (_, row) => ({
    left,
    top: area.top + ROW * row,
    ...LETTER,
  }));
  const isFree = (/** @type {Box} */ box) => !taken.some((one) => touches(box, one));
  const box = rows.find(isFree) ?? /** @type {Box} */ (rows[0]);
  return {
    x: x + (fits ? BESIDE : -BESIDE),
    y: box.top + LETTER_BASE,
    anchor: fits ? "start" : "end",
    box,
  };
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

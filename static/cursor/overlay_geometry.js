/**
 * Where on the screen the crosshair, the points that are read and the marks are, for
 * cursor/overlay.js.
 */
import { crosshairX } from "./hover_target.js";
import { between, isAcross, letterOf } from "./overlay.js";
import { areaOf, isInside } from "../view/hit_test.js";

/**
 * @typedef {import("./readout_text.js").Read} Read
 * @typedef {import("../view/hit_test.js").Panel} Panel
 * @typedef {import("../base/shapes.js").Spot} Spot
 * @typedef {import("../base/shapes.js").Box} Box
 * @typedef {import("./hover_target.js").HoverTarget} HoverTarget
 */

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
  const seen = flags.filter(({ x }) => isAcross(area, x));
  return {
    pointed: [...flags, ...dots, ...(target ? [target.spot] : [])],
    letters: seen.map((flag) => letterOf(flag, area).box),
    poles: seen.map(({ x }) => x),
    selection: between(flags, area),
  };
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

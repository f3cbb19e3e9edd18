/**
 * The readout's texts: the crosshair's x, the value of each series there, what two marks measure.
 */
import { cssOf } from "../image/colormap.js";
import { crosshairX } from "./hover_target.js";
import { differences, selectionOf } from "./measure.js";
import { FIGURES } from "./readout.js";
import { panelLook } from "../link/options.js";
import { colorNumber, dotsOf } from "../scatter/marks.js";
import { group, MINUS } from "../base/numbers.js";
import {
  formatSix,
  formatTime,
  formatBeside,
  formatValue,
  formatX,
  measureIn,
  measureOn,
} from "../base/readings_text.js";

/**
 * @typedef {import("../view/hit_test.js").Panel} Panel
 * @typedef {import("./hover_target.js").HoverTarget} HoverTarget
 * @typedef {import("./hover_target.js").Reading} Reading
 * @typedef {import("./measure.js").Mark} Mark
 * @typedef {import("./readout.js").Content} Content
 *
 * @typedef {object} Read all that is read off the plot
 * @property {Panel[]} panels
 * @property {Map<string, import("../link/model.js").Series>} model by name
 * @property {import("../link/options.js").Options} options
 * @property {import("../base/zones.js").Zone} zone of times
 * @property {HoverTarget | null} target
 * @property {Reading[]} readings
 * @property {import("./measure.js").Marks} marks
 * @property {import("../link/messages.js").MeasureAnswer | null} figures null: not known yet
 * @property {import("../image/columns.js").ImageColumns} image
 * @property {import("../link/messages.js").ReadAnswer | null} answer of the relay, to be there at
 *   the crosshair or not
 */

/** A scale of colours or sizes is read as if it were so long. */
const PIXELS = 255;
const ALL = Infinity;
const FEW = 6;
/** Pixels: an answer for a spot that near is the answer. */
const SAME = 0.5;
/** Digits of a cell, which is a float32. */
const DIGITS = 7;
/** Series of which a picture says what is measured. */
const MOST_ROWS = 12;

/** @param {Read} read @returns {Content} */
export function contentOf(read) {
  const { target, readings } = read;
  const cell = cellOf(read);
  const x = target && (readings.length === 0 && cell ? cell.x : crosshairX(target, readings));
  const at = x === null ? "" : fullText(read, x);
  const rows = readings.map((one) => rowOf(read, one));
  if (cell) rows.unshift(cellRow(read, cell));
  return { at, rows, measured: measuredOf(read) };
}

/**
 * The y of an image at the crosshair; null: it is not on its panel.
 * @param {Panel[]} panels
 * @param {HoverTarget} target
 */
export function imageYOf(panels, { panel: index, spot }) {
  const panel = panels[index];
  return panel?.image ? panel.left.valueAt(spot.y - panel.box.top) : null;
}

/**
 * The cell of the image below the crosshair: the relay's answer as soon as it is there, and until
 * then the highest of those at that pixel, as its colour says it.
 * @param {Read} read
 */
function cellOf({ panels, target, image, answer }) {
  const y = target && imageYOf(panels, target);
  if (!target || y === null) return null;
  const seen = image.cellAt(target.x, y);
  if (!seen) return null;
  const { x: across, left: up } = /** @type {Panel} */ (panels[target.panel]);
  const isNear =
    Math.abs(across.pixelOf(answer?.x ?? NaN) - across.pixelOf(target.x)) <= SAME &&
    Math.abs(up.pixelOf(answer?.y ?? NaN) - up.pixelOf(y)) <= SAME;
  // The picture may be of the image before, for a moment or as long as it is paused.
  const cell = isNear && answer?.cell?.began === image.began ? answer.cell : null;
  if (!cell) return { seen, ...seen, exact: false };
  return { seen, ...cell, value: cell.value === null ? NaN : numberOf(cell.value) };
}

/** @param {number | string} value as JSON has it */
function numberOf(value) {
  if (typeof value === "number") return value;
  return value === "inf" ? Infinity : -Infinity;
}

/**
 * @param {Read} read
 * @param {NonNullable<ReturnType<typeof cellOf>>} cell
 * @returns {import("./readout.js").Row}
 */
function cellRow({ panels, target, image, options }, { seen, y, value, exact }) {
  const [low, high] = image.z;
  const { unit } = panelLook(options, target?.panel ?? 0).colors;
  const axis = { log: image.log, low, high, suffix: unit };
  const about = (/** @type {number} */ one) =>
    `≈ ${formatBeside(one, { ...axis, perPixel: () => image.stepAt(one) })}`;
  const step = image.stepAt(value);
  const text = valueText(value, exact ? exactText(value, step, axis) : about(value));
  // That pixel has the colour of the highest.
  const isLower = exact && seen.color > image.colorOf(value);
  const up = /** @type {Panel} */ (panels[target?.panel ?? 0]).left;
  const place = `${text} at ${formatX(image.said(y), up)}`;
  return {
    name: image.name,
    brief: image.name,
    color: cssOf(Math.max(1, seen.color)),
    value: isLower ? `${place}, beside ${about(seen.value)}` : place,
    short: place,
    exact,
    distance: 0,
  };
}

/** @param {number} value @param {string} finite what it is if it is a number */
function valueText(value, finite) {
  if (Number.isNaN(value)) return "gap";
  if (Number.isFinite(value)) return finite;
  return value > 0 ? "∞" : `${MINUS}∞`;
}

/**
 * Whole numbers in full, others in as many digits as the scale of colours deserves.
 * @param {number} value
 * @param {number} step of a colour
 * @param {Omit<import("../base/readings_text.js").Beside, "perPixel">} axis
 */
function exactText(value, step, axis) {
  if (!Number.isSafeInteger(value))
    return formatValue(value, { ...axis, perPixel: () => step }, DIGITS);
  return formatX(value, { ...axis, log: false, low: value, high: value, perPixel: () => 1 });
}

/** The same, to be announced. @param {Content} content */
export function sentenceOf({ at, rows, measured }) {
  const pairs = [...rows.map(({ name, value }) => [name, value]), ...(measured?.differences ?? [])];
  return [at, ...pairs.map((pair) => pair.join(" "))].join(", ");
}

/** Also from where a trigger was. @param {Read} read @param {number} x */
function fullText(read, x) {
  return `${sinceText(read, x)}${xText(read, x)}`;
}

/** How far x is from a trigger; empty: there is none. @param {Read} read @param {number} x */
function sinceText({ panels, options }, x) {
  const { x: axis, since = null } = /** @type {Panel} */ (panels[0]);
  if (since === null) return "";
  const [low, high] = [axis.low - since, axis.high - since];
  const text = formatX(x - since, { ...axis, low, high, ...(options.time && { suffix: "s" }) });
  return `${x > since ? "+" : ""}${text} at `;
}

/**
 * What a point of a scatter has beside x and y.
 * @param {Read} read
 * @param {number} panel
 * @param {[number, number]} mark
 * @param {number} most digits
 */
function markText(read, panel, [color, size], most) {
  const { label, unit } = panelLook(read.options, panel).colors;
  const { z, largest } = dotsIn(read, panel);
  const colors = besideRange(z, unit);
  const what = label || "color";
  return [
    Number.isNaN(color) ? "" : `, ${what} ${formatValue(color, colors, most)}`,
    Number.isNaN(size) ? "" : `, size ${formatValue(size, besideRange([0, largest], ""), most)}`,
  ].join("");
}

/** Of points in a cell. @param {number | null} count null: it is a point */
function countText(count) {
  return count === null ? "" : `, ${group(String(count))} point${count === 1 ? "" : "s"}`;
}

/**
 * The colour of a point of a scatter.
 * @param {Read} read
 * @param {number} panel
 * @param {[number, number]} mark
 * @param {string} own of its series
 */
function markColor(read, panel, [value], own) {
  const number = colorNumber(value, dotsIn(read, panel).z);
  return number > 0 ? cssOf(number) : own;
}

/** How the scatters of a panel are drawn. @param {Read} read @param {number} panel */
function dotsIn({ panels, model, options }, panel) {
  const marks = (panels[panel]?.series ?? []).map(({ name }) => model.get(name)?.marks ?? null);
  return dotsOf(
    marks.filter((each) => each !== null),
    options.z_range,
  );
}

/** Of one value, as of a scale from 0 to it. @param {[number, number]} range @param {string} suffix */
function besideRange([low, high], suffix) {
  const span = high - low || Math.abs(low) || 1;
  return { log: false, low, high, suffix, perPixel: () => span / PIXELS };
}

/** @param {Read} read @param {number} x */
function xText({ panels, options, zone }, x) {
  const axis = /** @type {Panel} */ (panels[0]).x;
  return options.time ? formatTime(x, axis.perPixel(x), Date.now() / 1000, zone) : formatX(x, axis);
}

/**
 * @param {Read} read
 * @param {Reading} reading
 * @returns {import("./readout.js").Row}
 */
function rowOf(
  read,
  { label, brief, color, panel, x, y, axis, xy, exact, spot, candle, mark, count },
) {
  const { target } = read;
  const text = (/** @type {number} */ most) => {
    if (candle) return candleText(candle, axis, most);
    const value = Number.isNaN(y) ? "gap" : formatValue(y, axis, most);
    const its = mark ? markText(read, panel, mark, most) : countText(count);
    return (exact ? "" : "≈ ") + (xy ? `${xText(read, x)}, ${value}${its}` : value);
  };
  const distance = target ? Math.hypot(spot.x - target.spot.x, spot.y - target.spot.y) : 0;
  return {
    name: label,
    brief,
    color: mark ? markColor(read, panel, mark, color) : color,
    value: text(ALL),
    short: text(FEW),
    exact,
    distance: Number.isNaN(distance) ? Infinity : distance,
  };
}

/**
 * @param {number[]} candle open, high, low, close
 * @param {import("../view/scale.js").AxisView} axis
 * @param {number} most digits
 */
function candleText(candle, axis, most) {
  return candle.map((value, at) => `${"OHLC"[at]} ${formatValue(value, axis, most)}`).join("  ");
}

/** What the marks measure, in lines of text. @param {Read} read */
export function measuredLines(read) {
  const { a, b } = read.marks;
  const measured = measuredOf(read);
  if (!a || !measured) return [];
  const ends = b ? [`A ${fullText(read, a.x)}`, `B ${fullText(read, b.x)}`] : [];
  const pairs = measured.differences.map((pair) => pair.join(" "));
  const rows = measured.rows
    .slice(0, MOST_ROWS)
    .map(({ name, figures }) => [name, ...FIGURES.map((word, at) => `${word} ${figures[at]}`)]);
  return [[...ends, ...pairs], ...rows].map(joined);
}

/** Where a line is broken, it is between two of them. @param {string[]} parts */
function joined(parts) {
  return parts.map((part) => part.replaceAll(" ", "\u00a0")).join(" \u00b7 ");
}

/** @param {Read} read @returns {import("./readout.js").Measured | null} */
function measuredOf(read) {
  const { a, b } = read.marks;
  if (!a) return null;
  if (!b)
    return {
      differences: [["A", fullText(read, a.x)]],
      rows: [],
      note: "click again to measure from A",
    };
  const [first] = read.panels;
  const axis = axisOf(read.panels, a);
  return {
    differences: differences(a, b, {
      time: read.options.time,
      x: first ? measureOn(first.x, a.x) : measureIn(""),
      y: axis ? measureOn(axis, a.y) : measureIn(""),
    }),
    rows: figureRows(read),
    note: noteOf(read),
  };
}

/** @param {Panel[]} panels @param {Mark} mark */
function axisOf(panels, { axis }) {
  const [panel, side] = axis.split(":");
  return panels[Number(panel)]?.[side === "right" ? "right" : "left"];
}

/** @param {Read} read */
function noteOf({ marks, figures }) {
  if (!selectionOf(marks)) return "";
  if (!figures) return "computing…";
  return figures.series.some(({ complete, count }) => !complete && count >= 0)
    ? "of what is held"
    : "";
}

/** @param {Read} read @returns {import("./readout.js").FigureRow[]} */
function figureRows({ panels, model, figures }) {
  return panels.flatMap(({ series }) =>
    series.flatMap(({ name, label, brief, color, axis }) => {
      const its = figures?.series.find(({ id }) => id === model.get(name)?.id);
      return its
        ? [
            {
              name: label,
              brief,
              color,
              figures: [
                ...[its.mean, its.min, its.max, its.sd].map((figure) => figureText(figure, axis)),
                group(String(its.count)),
              ],
            },
          ]
        : [];
    }),
  );
}

/** @param {number | null} figure @param {import("../view/scale.js").AxisView} axis */
function figureText(figure, axis) {
  return figure === null ? "–" : formatSix(figure, measureOn(axis, figure));
}

/**
 * The readout's texts: the crosshair's x, the value of each series there, what two marks measure.
 */
import { crosshairX } from "./hover_target.js";
import { differences, formatSix, selectionOf } from "./measure.js";
import { formatExact, formatTime, formatX, joined } from "../base/readings_text.js";

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
 */

/** @param {Read} read @returns {Content} */
export function contentOf(read) {
  const { target, readings } = read;
  const at = target ? xText(read, crosshairX(target, readings)) : "";
  return { at, rows: readings.map((one) => rowOf(read, one)), measured: measuredOf(read) };
}

/** The same, to be announced. @param {Content} content */
export function sentenceOf({ at, rows, measured }) {
  const pairs = [...rows.map(({ name, value }) => [name, value]), ...(measured?.differences ?? [])];
  return [at, ...pairs.map((pair) => pair.join(" "))].join(", ");
}

/** @param {Read} read @param {number} x */
function xText({ panels, options, zone }, x) {
  const axis = /** @type {Panel} */ (panels[0]).x;
  const perPixel = axis.perPixel(x);
  return options.time
    ? formatTime(x, perPixel, Date.now() / 1000, zone)
    : joined(formatX(x, perPixel), options.x_unit ?? "");
}

/**
 * @param {Read} read
 * @param {Reading} reading
 * @returns {import("./readout.js").Row}
 */
function rowOf(read, { name, color, x, y, suffix, xy, exact, spot, perPixel }) {
  const { target, options } = read;
  const shownX = () => (options.time ? xText(read, x) : formatSix(x));
  const text = (/** @type {(value: number) => string} */ write) => {
    const value = Number.isNaN(y) ? "gap" : joined(write(y), suffix);
    return (exact ? "" : "≈ ") + (xy ? `${shownX()}, ${value}` : value);
  };
  const distance = target ? Math.hypot(spot.x - target.spot.x, spot.y - target.spot.y) : 0;
  return {
    name,
    color,
    value: text((one) => formatExact(one, perPixel)),
    short: text(formatSix),
    exact,
    distance: Number.isNaN(distance) ? Infinity : distance,
  };
}

/** @param {Read} read @returns {import("./readout.js").Measured | null} */
function measuredOf(read) {
  const { a, b } = read.marks;
  if (!a) return null;
  if (!b)
    return {
      differences: [["A", xText(read, a.x)]],
      rows: [],
      note: "click again to measure from A",
    };
  const { time, x_unit } = read.options;
  return {
    differences: differences(a, b, { time, x: x_unit ?? "", y: unitOf(read.panels, a) }),
    rows: figureRows(read),
    note: noteOf(read),
  };
}

/** @param {Panel[]} panels @param {Mark} mark */
function unitOf(panels, { axis }) {
  const [panel, side] = axis.split(":");
  return panels[Number(panel)]?.[side === "right" ? "right" : "left"]?.suffix ?? "";
}

/** @param {Read} read */
function noteOf({ marks, figures }) {
  if (!selectionOf(marks)) return "";
  if (!figures) return "computing…";
  return figures.series.some(({ complete, count }) => !complete && count >= 0)
    ? "of what is still held"
    : "";
}

/** @param {Read} read @returns {import("./readout.js").FigureRow[]} */
function figureRows({ panels, model, figures }) {
  return panels.flatMap(({ series }) =>
    series.flatMap(({ name, color }) => {
      const its = figures?.series.find(({ id }) => id === model.get(name)?.id);
      return its
        ? [
            {
              name,
              color,
              figures: [its.mean, its.min, its.max, its.sd, its.count].map((figure) =>
                figure === null ? "–" : formatSix(figure),
              ),
            },
          ]
        : [];
    }),
  );
}

/**
 * What is around each panel, by the options: labels, units, and which line belongs to which axis.
 */
import { OWN } from "../base/zones.js";
import { isSpectrum, namesIn, panelLook } from "../link/options.js";

/**
 * @typedef {import("../axes/look.js").Look} Look
 * @typedef {import("../chart/line.js").Line} Line
 */

/**
 * @param {import("../link/options.js").Options} options
 * @param {import("../axes/annotations.js").Notes} notes
 * @param {Line[]} lines that are seen in this panel
 * @param {number} index of the panel
 * @param {number} count of the panels
 * @param {import("../view/drawn_scale.js").Scales} scales in which it is drawn
 * @param {import("../base/zones.js").Zone} [zone] of times
 * @param {{x: boolean, y: boolean, said?: ((y: number) => number) | null,
 *   first?: import("../axes/look.js").FirstFrom | null} | null} [cells] of the image: do axes count
 *   them, what is said of y, and which is the first that is seen? null: there is none
 * @returns {Look}
 */
export function lookOf(options, notes, lines, index, count, scales, zone = OWN, cells = null) {
  const { time, x_label: label, x_unit: suffix } = options;
  const own = lines.filter(({ isEarlier }) => !isEarlier);
  const last = index === count - 1;
  const [left, right] = [
    own.filter(({ axis }) => axis === "left"),
    own.filter(({ axis }) => axis === "right"),
  ];
  const shared = right.length > 0;
  const its = panelLook(options, index);
  const isNamed = count > 1 && options.legend === "none";
  const sideOf = (/** @type {"left" | "right"} */ side, /** @type {Line[]} */ own) => ({
    scale: scales[side],
    ...sideLook(its[side], own, shared, isNamed, count > 1),
  });
  return {
    time,
    zone,
    x: {
      scale: scales.x,
      label: last ? xLabelOf(label, suffix, time) : "",
      suffix: suffix ?? "",
      ...(cells?.x && { counted: true }),
      ...(cells?.first && { first: cells.first }),
    },
    left:
      shared && left.length === 0
        ? null
        : { ...sideOf("left", left), ...(left.length === 0 && cellsOf(cells)) },
    right: shared ? sideOf("right", right) : null,
    first: index === 0,
    last,
    notes: { ...notes, lines: its.lines },
    ...(cells && { colors: its.colors }),
  };
}

/**
 * What an axis has of the cells of an image.
 * @param {{y: boolean, said?: ((y: number) => number) | null} | null} cells
 */
function cellsOf(cells) {
  return { ...(cells?.y && { counted: true }), ...(cells?.said && { said: cells.said }) };
}

/**
 * The scale of the colours of a panel: of its image, else of its scatters, else of how many points
 * are where; null: there are none.
 * @param {import("../link/options.js").Options} options
 * @param {number} index of the panel
 * @param {Line[]} lines
 * @param {{z: [number, number], log: boolean} | null} image
 * @returns {import("../axes/color_scale.js").ColorLook | null}
 */
export function colorsOf(options, index, lines, image) {
  const { label, unit } = panelLook(options, index).colors;
  const colored = lines.flatMap(({ dotted }) => (dotted?.isColored ? [dotted] : []));
  const z = image?.z ?? colored.find(({ cell }) => !cell)?.z;
  if (z) return { z, log: image?.log ?? false, label, unit };
  const [density] = colored;
  if (!density) return null;
  const [low, high] = density.z;
  return { z: [10 ** low, 10 ** high], log: true, label: label || "points", unit: "" };
}

/**
 * What stands beside a panel.
 * @param {import("../link/options.js").Options} options
 * @param {number} index of the panel
 * @param {Line[]} lines
 * @param {{z: [number, number], log: boolean} | null} image
 * @returns {import("../chart/beside.js").Beside}
 */
export function besideOf(options, index, lines, image) {
  return { colors: colorsOf(options, index, lines, image), sizes: sizesOf(lines) };
}

/**
 * The least and the largest size of the scatters of a panel; null: they have none, or one only,
 * which says nothing.
 * @param {Line[]} lines
 * @returns {[number, number] | null}
 */
function sizesOf(lines) {
  for (const { dotted } of lines)
    if (dotted?.least !== undefined && dotted.least < dotted.largest)
      return [dotted.least, dotted.largest];
  return null;
}

/**
 * What belongs together on an axis, as a text: when it is another, ranges so far are void.
 * @param {import("../link/options.js").Options} options
 * @param {string[]} axes series that have said theirs
 */
export function arrangementOf({ log, panels, style }, axes) {
  const parts = Array.isArray(panels) ? panels.map(namesIn) : panels;
  return JSON.stringify([log, parts, axes, isSpectrum({ style })]);
}

/** @type {import("../link/messages.js").Mark[]} */
const NONE = [];

/**
 * What stands at values of x or y beside the points: at a frequency there is no mark.
 * @param {import("../link/options.js").Options} options
 * @param {import("../link/messages.js").Mark[]} marks
 */
export function notesOf(options, marks) {
  const { lines, regions } = options;
  return { lines, regions, marks: isSpectrum(options) ? NONE : marks };
}

/**
 * Times have units of their own.
 * @param {string | null} label
 * @param {string | null} unit
 * @param {boolean} time
 */
function xLabelOf(label, unit, time) {
  return label || (time && unit) || "";
}

/**
 * @param {{label: string, unit: string}} its
 * @param {Line[]} lines
 * @param {boolean} shared there is a second y-axis: it must be seen which lines belong to which
 * @param {boolean} isNamed among other panels, and no legend names the lines
 * @param {boolean} amongOthers whose legends stand above them
 * @returns {Omit<NonNullable<Look["left"]>, "scale">}
 */
function sideLook({ label, unit }, lines, shared, isNamed, amongOthers) {
  const color = shared && lines.length === 1 ? (lines[0]?.color ?? null) : null;
  // The legend beside it has the names, and labels of one colour say whose they are.
  const hasKeys = isNamed || (shared && !(amongOthers && color));
  const keys = hasKeys ? lines.map(({ label, color }) => ({ name: label, color })) : [];
  return { label, suffix: unit, keys, named: isNamed || (!amongOthers && !label), color };
}

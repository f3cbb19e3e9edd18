/**
 * What is around each panel, by the options: labels, units, and which line belongs to which axis.
 */
import { OWN } from "../base/zones.js";

/**
 * @typedef {import("../axes/frame.js").Look} Look
 * @typedef {import("./composition.js").Line} Line
 */

/**
 * @param {import("../link/options.js").Options} options
 * @param {import("../axes/annotations.js").Notes} notes
 * @param {Line[]} lines that are seen in this panel
 * @param {number} index of the panel
 * @param {number} count of the panels
 * @param {import("../view/drawn_scale.js").Scales} scales in which it is drawn
 * @param {import("../base/zones.js").Zone} [zone] of times
 * @returns {Look}
 */
export function lookOf(options, notes, lines, index, count, scales, zone = OWN) {
  const { time, x_label: label, x_unit: suffix } = options;
  const last = index === count - 1;
  const [left, right] = [
    lines.filter(({ axis }) => axis === "left"),
    lines.filter(({ axis }) => axis === "right"),
  ];
  const shared = right.length > 0;
  return {
    time,
    zone,
    x: {
      scale: scales.x,
      label: last ? xLabelOf(label, suffix, time) : "",
      suffix: suffix ?? "",
    },
    left:
      shared && left.length === 0
        ? null
        : { scale: scales.left, ...sideOf(options, "left", left, shared, count > 1) },
    right: shared
      ? { scale: scales.right, ...sideOf(options, "right", right, shared, count > 1) }
      : null,
    first: index === 0,
    last,
    notes,
  };
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
 * @param {import("../link/options.js").Options} options
 * @param {"left" | "right"} side
 * @param {Line[]} lines
 * @param {boolean} shared there is a second y-axis: it must be seen which lines belong to which
 * @param {boolean} named among other panels
 * @returns {Omit<NonNullable<Look["left"]>, "scale">}
 */
function sideOf(options, side, lines, shared, named) {
  const [label, unit] =
    side === "left" ? [options.y_label, options.y_unit] : [options.y2_label, options.y2_unit];
  const keys = shared || named ? lines.map(({ label, color }) => ({ name: label, color })) : [];
  const color = shared && lines.length === 1 ? (lines[0]?.color ?? null) : null;
  return {
    label: label ?? "",
    suffix: unit ?? "",
    keys,
    named: named || !label,
    color,
  };
}

/** The two marks that measure, in an exported picture: over the plot, and in words below it. */
import { escaped } from "./svg_attributes.js";

/**
 * @typedef {object} Measurement
 * @property {import("../base/shapes.js").Box} area of the plot, in pixels of it
 * @property {{x: number, y: number, name: string}[]} flags the marks
 * @property {string[]} lines what they measure
 *
 * @typedef {{accent: string, ink: string}} Look
 */

const ROW = 17;
const LETTER_TOP = 11;

/** @param {Measurement} measurement @param {number} top of the plot @param {string} accent */
export function paintMarks({ area, flags }, top, accent) {
  const seen = flags.filter(({ x }) => x >= area.left && x <= area.left + area.width);
  const color = escaped(accent);
  const parts = seen.map(({ x, y, name }) => {
    const fits = x + 14 < area.left + area.width;
    const at = `x="${rounded(x + (fits ? 4 : -4))}" y="${rounded(area.top + LETTER_TOP)}"`;
    const end = fits ? "start" : "end";
    return (
      `<path d="M${rounded(x)} ${rounded(area.top)}v${rounded(area.height)}" stroke="${color}"/>` +
      `<circle cx="${rounded(x)}" cy="${rounded(y)}" r="5" fill="none" stroke="${color}" stroke-width="1.5"/>` +
      `<text ${at} fill="${color}" font-size="11" font-weight="600" text-anchor="${end}">${name}</text>`
    );
  });
  return `<g transform="translate(0 ${top})">${between(flags, area, color)}${parts.join("")}</g>`;
}

/** What is selected, as far as it is seen. @param {Measurement["flags"]} flags @param {Measurement["area"]} area @param {string} color */
function between([a, b], { left, top, width, height }, color) {
  if (!a || !b) return "";
  const from = Math.max(left, Math.min(a.x, b.x));
  const to = Math.min(left + width, Math.max(a.x, b.x));
  if (to <= from) return "";
  const at = `x="${rounded(from)}" y="${rounded(top)}" width="${rounded(to - from)}" height="${rounded(height)}"`;
  return `<rect ${at} fill="${color}" fill-opacity="0.1"/>`;
}

/**
 * @param {string[]} lines
 * @param {number} left
 * @param {number} top
 * @param {string} color
 * @returns {{svg: string, height: number}}
 */
export function writeLines(lines, left, top, color) {
  const texts = lines.map(
    (line, row) =>
      `<text x="${left}" y="${top + 12 + ROW * row}" fill="${escaped(color)}" font-size="11">${escaped(line)}</text>`,
  );
  return { svg: texts.join(""), height: lines.length > 0 ? ROW * lines.length + 6 : 0 };
}

/** @param {number} pixels */
function rounded(pixels) {
  return Math.round(pixels * 100) / 100;
}

/** The two marks that measure, in an exported picture: over the plot, and in words below it. */
import { escaped } from "./svg_attributes.js";

/**
 * @typedef {object} Measurement
 * @property {import("../base/shapes.js").Box} area of the plot, in pixels of it
 * @property {import("../cursor/overlay.js").Flag[]} flags the marks
 * @property {string[]} lines what they measure
 *
 * @typedef {object} Moved a part of the plot that stands elsewhere in the picture
 * @property {number} from its upper edge on the page, from the top of the plot
 * @property {number} height
 * @property {number} by how far it has moved down
 */

const ROW = 17;

/**
 * @param {Measurement} measurement
 * @param {Moved[]} moved
 * @param {string} accent
 * @param {string} ground
 */
export function paintMarks(measurement, moved, accent, ground) {
  const { area, flags } = inPicture(measurement, moved);
  const color = escaped(accent);
  const halo = `stroke="${escaped(ground)}" stroke-width="3" paint-order="stroke"`;
  const parts = flags.map(({ x, y, name, letter }) => {
    if (!letter) return "";
    const at = `x="${rounded(letter.x)}" y="${rounded(letter.y)}"`;
    return (
      `<path d="M${rounded(x)} ${rounded(area.top)}v${rounded(area.height)}" stroke="${color}"/>` +
      `<circle cx="${rounded(x)}" cy="${rounded(y)}" r="5" fill="none" stroke="${color}" stroke-width="1.5"/>` +
      `<text ${at} fill="${color}" ${halo} font-size="11" font-weight="600" text-anchor="${letter.anchor}">${name}</text>`
    );
  });
  return between(flags, area, color) + parts.join("");
}

/**
 * Where the marks are in the picture, whose panels may stand further apart.
 * @param {Measurement} measurement
 * @param {Moved[]} moved
 */
function inPicture({ area, flags }, moved) {
  const placed = (/** @type {number} */ y) =>
    y + ((moved.find(({ from, height }) => y < from + height) ?? moved.at(-1))?.by ?? 0);
  const top = placed(area.top);
  const height = placed(area.top + area.height) - top;
  return {
    area: { ...area, top, height },
    flags: flags.map(({ letter, ...flag }) => ({
      ...flag,
      y: placed(flag.y),
      letter: letter && { ...letter, y: placed(letter.y) },
    })),
  };
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

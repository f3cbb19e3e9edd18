/**
 * The exported picture: what is seen, with its title and its legend, as one SVG document. A PNG is
 * the same document, painted by the browser at twice the size.
 */
import { escaped } from "./svg_attributes.js";
import { paintMarks, writeLines } from "./svg_marks.js";
import { wrapped } from "./wrap.js";

/**
 * @typedef {object} Entry one series of the legend
 * @property {string} label
 * @property {string} color
 * @property {string} value
 * @property {number[]} [dashes] of its line
 * @property {number} [opacity]
 *
 * @typedef {object} Panel
 * @property {Entry[]} entries its legend, which stands above it
 * @property {number} left
 * @property {string} svg an element of SVG
 * @property {number} height of it
 * @property {number} [from] where it begins on the page, from the top of the plot
 *
 * @typedef {object} Content
 * @property {string} title empty: none
 * @property {string} [date] below the plot
 * @property {import("./svg_marks.js").Measurement | null} [measured]
 * @property {Panel[]} panels from the top to the bottom
 * @property {number} width of all, in CSS pixels
 * @property {{paper: string, ink: string, quiet: string, family: string, accent?: string}} look
 * @property {(text: string) => number} measure how wide a text of 12 pixels is
 */

const MARGIN = 14;
const TITLE_ROW = 18;
/** How wide a title is, of one pixel more and bold, to a text of 12 pixels. */
const TITLE_WIDTH = 1.2;
const LEGEND_ROW = 18;
const GAP = 18;
const SWATCH = 18;
const MOST_ROWS = 12;

/** @param {Content} sheet @returns {{svg: string, width: number, height: number}} */
export function svgDocument(sheet) {
  const { title, panels, width, look, measure } = sheet;
  const titles = wrapped(title, (width - 2 * MARGIN) / TITLE_WIDTH, measure);
  const headings = titles.map((line, row) =>
    text(line, MARGIN, 20 + TITLE_ROW * row, look.ink, 'font-size="13" font-weight="600"'),
  );
  const parts = [`<rect width="100%" height="100%" fill="${escaped(look.paper)}"/>`, ...headings];
  let top = titles.length > 0 ? TITLE_ROW * titles.length + 10 : 8;
  /** @type {import("./svg_marks.js").Moved[]} */
  const moved = [];
  for (const { entries, left, svg, height, from = 0 } of panels) {
    const placed = placeEntries(entries, width, measure);
    parts.push(...placed.map((one) => entry(one, top, look)));
    top += LEGEND_ROW * ((placed.at(-1)?.row ?? -1) + 1);
    if (svg) parts.push(`<g transform="translate(${left} ${top})">${svg}</g>`);
    moved.push({ from, height, by: top - from });
    top += height;
  }
  if (sheet.measured)
    parts.push(paintMarks(sheet.measured, moved, look.accent ?? look.ink, look.paper));
  const below = footOf(sheet, top);
  parts.push(below.svg);
  const whole = top + below.height;
  return { svg: documentOf(width, whole, look.family, parts.join("")), width, height: whole };
}

/** What is measured, and the date. @param {Content} sheet @param {number} top */
function footOf({ date = "", measured, width, look, measure }, top) {
  const room = width - 2 * MARGIN;
  const lines = (measured?.lines ?? []).flatMap((line) => wrapped(line, room, measure));
  const words = writeLines(lines, MARGIN, top, look.ink);
  const dated = writeLines(date ? [date] : [], MARGIN, top + words.height, look.quiet);
  return { svg: words.svg + dated.svg, height: words.height + dated.height };
}

/** @param {number} width @param {number} height @param {string} family @param {string} body */
function documentOf(width, height, family, body) {
  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  const font = `font-family="${escaped(family)}" font-size="12"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${font}>${body}</svg>\n`;
}

/**
 * @typedef {Entry & {x: number, row: number, nameWidth: number}} Placed
 */

/**
 * Entries side by side, in as many rows as they need.
 * @param {Entry[]} entries
 * @param {number} width
 * @param {(text: string) => number} measure
 */
export function placeEntries(entries, width, measure) {
  let [x, row] = [MARGIN, 0];
  /** @type {Placed[]} */
  const found = [];
  for (const { label, color, dashes, opacity, value } of entries) {
    const nameWidth = measure(label);
    const whole = SWATCH + nameWidth + 6 + measure(value);
    if (x > MARGIN && x + whole > width - MARGIN) [x, row] = [MARGIN, row + 1];
    if (row === MOST_ROWS) {
      const more = `and ${entries.length - found.length} more`;
      found.push({ label: "", color: "none", value: more, x: MARGIN, row, nameWidth: 0 });
      break;
    }
    found.push({ label, color, dashes, opacity, value, x, row, nameWidth });
    x += whole + GAP;
  }
  return found;
}

/** @param {Placed} placed @param {number} top @param {Content["look"]} look */
function entry({ label, color, dashes = [], opacity = 1, value, x, row, nameWidth }, top, look) {
  const y = top + row * LEGEND_ROW + 8;
  const dashed = dashes.length > 0 ? ` stroke-dasharray="${dashes.join(" ")}"` : "";
  const pale = opacity < 1 ? ` stroke-opacity="${opacity}"` : "";
  const swatch = `<path d="M${x} ${y}h12" stroke="${escaped(color)}" stroke-width="3"${dashed}${pale}/>`;
  return (
    swatch +
    text(label, x + SWATCH, y + 4, look.ink) +
    text(value, x + SWATCH + nameWidth + 6, y + 4, look.quiet)
  );
}

/**
 * @param {string} content
 * @param {number} x
 * @param {number} y
 * @param {string} color
 * @param {string} [more]
 */
function text(content, x, y, color, more = "") {
  const at = `x="${Math.round(x * 100) / 100}" y="${y}"`;
  return `<text ${at} fill="${escaped(color)}" ${more}>${escaped(content)}</text>`;
}

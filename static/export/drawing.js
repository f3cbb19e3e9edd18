/** What is seen, as an SVG document: the plot is drawn once more, and what it draws is recorded. */
import { byId } from "../base/dom.js";
import { colorsIn } from "../base/theme.js";
import { svgDocument } from "./svg_document.js";
import { record } from "./svg_recorder.js";

/**
 * What is drawn.
 * @typedef {object} Drawn
 * @property {() => string} title
 * @property {() => string} [date] of a picture that says it
 * @property {() => import("./svg_marks.js").Measurement | null} [measured] of one that has the marks
 * @property {() => (import("./svg_document.js").Entry & {panel: number})[]} entries of the series
 *   that are seen
 * @property {() => void} redraw the picture, on all its canvases
 */

/**
 * What is seen, with its title and its legend.
 * @param {HTMLElement} root of the page
 * @param {Drawn} drawn
 */
export function drawingOf(root, { title, date, measured, entries, redraw }) {
  const plot = byId(root, "plot");
  const pictures = picturesIn(plot, redraw);
  const named = entries();
  const unseen = { entries: named, left: 0, svg: "", height: plot.scrollHeight };
  const panels = pictures.map((picture, index) => ({
    ...picture,
    entries: named.filter(({ panel }) => panel === index),
  }));
  return svgDocument({
    title: title(),
    date: date?.(),
    measured: measured?.(),
    panels: panels.length > 0 ? panels : [unseen],
    // Beside panels may be their legends, which the picture has above them.
    width: pictures[0]?.width ?? plot.clientWidth,
    look: lookOf(root),
    measure: textMeasure(root),
  });
}

/** @param {HTMLElement} plot @param {() => void} redraw */
function picturesIn(plot, redraw) {
  const corner = plot.getBoundingClientRect();
  const canvases = [...plot.querySelectorAll("canvas")].filter(
    (one) => one.clientWidth > 0 && !one.classList.contains("flot-overlay"),
  );
  const pictures = canvases.map((canvas) => {
    const { left, top, width } = canvas.getBoundingClientRect();
    return {
      canvas,
      left: left - corner.left,
      from: top - corner.top,
      width: canvas.clientWidth,
      height: canvas.clientHeight,
      ratio: canvas.width / width,
      svg: "",
    };
  });
  recordAll(pictures, redraw);
  return pictures;
}

/**
 * All canvases are recorded while all are drawn once.
 * @param {{canvas: HTMLCanvasElement, ratio: number, svg: string}[]} pictures
 * @param {() => void} draw
 */
function recordAll(pictures, draw) {
  const [first, ...rest] = pictures;
  if (!first) return draw();
  const context = /** @type {CanvasRenderingContext2D} */ (first.canvas.getContext("2d"));
  first.svg = record(context, first.ratio, `clip${rest.length}-`, () => recordAll(rest, draw));
}

/** @param {HTMLElement} element */
function lookOf(element) {
  const { backgroundColor, color, fontFamily } = getComputedStyle(element);
  const [quiet, accent] = colorsIn(element, ["--quiet", "--accent"]);
  return { paper: backgroundColor, ink: color, quiet, accent, family: fontFamily };
}

/** @param {HTMLElement} element */
function textMeasure(element) {
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    new OffscreenCanvas(1, 1).getContext("2d")
  );
  context.font = `12px ${getComputedStyle(element).fontFamily}`;
  return (/** @type {string} */ text) => context.measureText(text).width;
}

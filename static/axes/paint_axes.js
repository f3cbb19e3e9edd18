/**
 * Grid lines, tick labels and axis titles, painted on the canvas under the series. Text on a
 * canvas costs a glyph blit; Flot's own SVG labels cost a layout a frame. Labels that move fade at
 * the ends, so none pops in and none is cut.
 */
import { fitted } from "../base/ellipsis.js";

/** @typedef {import("./ticks.js").Ticks} Ticks */
/** @typedef {import("../base/shapes.js").Box} Box */

/**
 * @typedef {object} Paint
 * @property {string} grid
 * @property {string} axis
 * @property {string} text
 * @property {string} note thresholds
 * @property {string} shade regions
 * @property {string} ground that of the page
 * @property {string} font
 *
 * @typedef {object} SideScene a y-axis
 * @property {Ticks} ticks
 * @property {(scaled: number) => number} at CSS pixels from the top of the box
 * @property {string | null} color of its labels; null: that of all texts
 * @property {Chunk[]} head what is written above it
 *
 * @typedef {object} Chunk a swatch, or a text, of a head
 * @property {string} text empty: a swatch
 * @property {string} color empty: that of all texts
 * @property {number} width in CSS pixels
 *
 * @typedef {object} AxesScene
 * @property {Box} box
 * @property {Ticks} x
 * @property {boolean} bottom x's labels are below
 * @property {boolean} [still] they have not moved: those at the ends stand aside, to be whole
 * @property {boolean} bare without lines of a grid: an image fills it
 * @property {SideScene | null} left
 * @property {SideScene | null} right
 * @property {(scaled: number) => number} xAt CSS pixels from the left of the box
 * @property {string} xLabel
 * @property {number} width of the canvas
 * @property {number} height
 */

const LABEL_BELOW = 15;
const SECOND_LINE = 29;
const FADE = 6;
/** Pixels by which a label may stand beside its tick: half of the gap between two. */
const ASIDE = 14;
const BESIDE = 8;
const HEAD_LEFT = 14;
const HEAD_BASELINE = 12;
const HEAD_GAP = 24;
const FINE = 0.5;
const NONE = /** @type {number[]} */ ([]);
/** @type {WeakMap<Ticks, number[]>} */
const made = new WeakMap();

/** Room between the chunks of a head. */
export const CHUNK_GAP = 5;
export const SWATCH_WIDTH = 10;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {AxesScene} scene
 * @param {Paint} paint
 */
export function paintAxes(context, scene, paint) {
  context.save();
  context.font = paint.font;
  context.lineWidth = 1;
  paintGrid(context, scene, paint);
  context.fillStyle = paint.text;
  if (scene.left) paintYLabels(context, scene.left, scene.box, "left", paint);
  if (scene.right) paintYLabels(context, scene.right, scene.box, "right", paint);
  context.fillStyle = paint.text;
  if (scene.bottom) paintXLabels(context, scene);
  if (scene.bottom) paintBelow(context, scene);
  paintHeads(context, scene, paint);
  context.restore();
}

/**
 * One set of lines across is enough: that of the left axis, if it is there.
 * @param {CanvasRenderingContext2D} context
 * @param {AxesScene} scene
 * @param {Paint} paint
 */
function paintGrid(context, scene, paint) {
  const { box, x } = scene;
  const side = scene.left ?? scene.right;
  context.strokeStyle = paint.grid;
  if (!scene.bare) {
    context.globalAlpha = FINE;
    strokeLines(context, scene, x.fine ?? NONE, side?.ticks.fine ?? NONE, side);
    context.globalAlpha = 1;
    strokeLines(context, scene, valuesOf(x), side ? valuesOf(side.ticks) : NONE, side);
  }
  context.strokeStyle = paint.axis;
  context.beginPath();
  const bottom = box.top + box.height + 0.5;
  line(context, box.left, bottom, box.left + box.width, bottom);
  context.stroke();
}

/** The values of ticks, made once for ticks that are kept. @param {Ticks} ticks */
function valuesOf(ticks) {
  const known = made.get(ticks) ?? ticks.list.map(({ value }) => value);
  made.set(ticks, known);
  return known;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {AxesScene} scene
 * @param {number[]} upright scaled values on x
 * @param {number[]} level scaled values on y
 * @param {SideScene | null} side
 */
function strokeLines(context, { box, xAt }, upright, level, side) {
  if (upright.length + level.length === 0) return;
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  context.beginPath();
  for (const scaled of upright) {
    const at = box.left + xAt(scaled);
    if (at >= box.left && at <= right) line(context, at, box.top, at, bottom);
  }
  for (const scaled of level) {
    const at = Math.round(box.top + /** @type {SideScene} */ (side).at(scaled)) + 0.5;
    if (at >= box.top && at <= bottom - 1) line(context, box.left, at, right, at);
  }
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 */
function line(context, x1, y1, x2, y2) {
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {SideScene} side
 * @param {Box} box
 * @param {"left" | "right"} where
 * @param {Paint} paint
 */
function paintYLabels(context, side, box, where, paint) {
  context.textAlign = where === "left" ? "right" : "left";
  context.textBaseline = "middle";
  context.fillStyle = side.color ?? paint.text;
  const x = where === "left" ? box.left - BESIDE : box.left + box.width + BESIDE;
  for (const tick of side.ticks.list) {
    const at = side.at(tick.value);
    if (at >= -0.5 && at <= box.height + 0.5) context.fillText(tick.label, x, box.top + at);
  }
}

/** @param {CanvasRenderingContext2D} context @param {AxesScene} scene */
function paintXLabels(context, { box, x, xAt, width, still = false }) {
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  const baseline = box.top + box.height + LABEL_BELOW;
  for (const tick of x.list) {
    const inside = xAt(tick.value);
    if (inside < -0.5 || inside > box.width + 0.5) continue;
    const half = context.measureText(tick.label).width / 2;
    const at = still ? wholeAt(box.left + inside, half, width) : box.left + inside;
    const room = Math.min(at - half, width - at - half);
    context.globalAlpha = still && room > -0.5 ? 1 : Math.max(0, Math.min(1, room / FADE));
    if (context.globalAlpha > 0) context.fillText(tick.label, at, baseline);
  }
  context.globalAlpha = 1;
}

/**
 * Where a label is not cut, unless that is far from its tick.
 * @param {number} at
 * @param {number} half of its width
 * @param {number} width of the canvas
 */
function wholeAt(at, half, width) {
  const whole = Math.max(half, Math.min(at, width - half));
  return Math.abs(whole - at) <= ASIDE ? whole : at;
}

/** @param {CanvasRenderingContext2D} context @param {AxesScene} scene */
function paintBelow(context, { box, x, xLabel, height }) {
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  if (x.context)
    context.fillText(x.context, box.left, box.top + box.height + SECOND_LINE, box.width / 2);
  context.textAlign = "right";
  if (xLabel)
    context.fillText(
      xLabel,
      box.left + box.width,
      height - 4,
      x.context ? box.width / 2 : box.width,
    );
}

/**
 * Two heads share the width; one has it all.
 * @param {CanvasRenderingContext2D} context
 * @param {AxesScene} scene
 * @param {Paint} paint
 */
function paintHeads(context, { left, right, width }, paint) {
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  const whole = width - 2 * HEAD_LEFT;
  const [first, second] = [left?.head ?? [], right?.head ?? []];
  const rightWidth =
    second.length === 0
      ? 0
      : Math.min(
          widthOf(second),
          first.length === 0 ? whole : Math.max(whole / 2, whole - widthOf(first)) - HEAD_GAP,
        );
  paintHead(context, first, HEAD_LEFT, whole - (rightWidth && rightWidth + HEAD_GAP), paint);
  paintHead(context, second, width - HEAD_LEFT - rightWidth, rightWidth, paint);
}

/** @param {Chunk[]} chunks */
function widthOf(chunks) {
  return chunks.reduce((sum, { width }) => sum + width + CHUNK_GAP, -CHUNK_GAP);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Chunk[]} chunks
 * @param {number} left
 * @param {number} most pixels; what needs more is cut, with an ellipsis
 * @param {Paint} paint
 */
function paintHead(context, chunks, left, most, paint) {
  let x = left;
  for (const { text, color, width } of chunks) {
    context.fillStyle = color || paint.text;
    const room = left + most - x;
    if (!text && room >= width) context.fillRect(x, HEAD_BASELINE - 5, width, 3);
    else if (text && room >= width) context.fillText(text, x, HEAD_BASELINE);
    else return void context.fillText(fitted(context, text, room), x, HEAD_BASELINE);
    x += width + CHUNK_GAP;
  }
}

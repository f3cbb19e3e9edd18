/**
 * Grid lines, tick labels and axis titles, painted on the canvas under the series. Text on a canvas costs a glyph
 * blit; Flot's own SVG labels cost a layout a frame. Labels fade at the ends, so none pops in and none is cut.
 */

/** @typedef {import("./scales.js").Ticks} Ticks */

/**
 * @typedef {object} Box the plot area, in CSS pixels of the canvas
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 *
 * @typedef {object} Paint
 * @property {string} grid
 * @property {string} axis
 * @property {string} text
 * @property {string} note thresholds
 * @property {string} shade regions
 * @property {string} font
 *
 * @typedef {object} AxesScene
 * @property {Box} box
 * @property {Ticks} x
 * @property {Ticks} y
 * @property {(value: number) => number} xAt CSS pixels from the left of the box
 * @property {(value: number) => number} yAt from its top
 * @property {string} xLabel
 * @property {string} yLabel
 * @property {number} width of the canvas
 * @property {number} height
 */

const LABEL_BELOW = 15;
const SECOND_LINE = 29;
const FADE = 6;

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
  paintYLabels(context, scene);
  paintXLabels(context, scene);
  paintTitles(context, scene);
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {AxesScene} scene
 * @param {Paint} paint
 */
function paintGrid(context, { box, x, y, xAt, yAt }, paint) {
  const right = box.left + box.width;
  const bottom = box.top + box.height;
  context.strokeStyle = paint.grid;
  context.beginPath();
  for (const tick of x.list) {
    const at = box.left + xAt(tick.value);
    if (at >= box.left && at <= right) line(context, at, box.top, at, bottom);
  }
  for (const tick of y.list) {
    const at = Math.round(box.top + yAt(tick.value)) + 0.5;
    if (at >= box.top && at <= bottom - 1) line(context, box.left, at, right, at);
  }
  context.stroke();
  context.strokeStyle = paint.axis;
  context.beginPath();
  line(context, box.left, bottom + 0.5, right, bottom + 0.5);
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

/** @param {CanvasRenderingContext2D} context @param {AxesScene} scene */
function paintYLabels(context, { box, y, yAt }) {
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of y.list) {
    const at = yAt(tick.value);
    if (at >= -0.5 && at <= box.height + 0.5) context.fillText(tick.label, box.left - 8, box.top + at);
  }
}

/** @param {CanvasRenderingContext2D} context @param {AxesScene} scene */
function paintXLabels(context, { box, x, xAt, width }) {
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  const baseline = box.top + box.height + LABEL_BELOW;
  for (const tick of x.list) {
    const inside = xAt(tick.value);
    if (inside < -0.5 || inside > box.width + 0.5) continue;
    const at = box.left + inside;
    const half = context.measureText(tick.label).width / 2;
    context.globalAlpha = Math.max(0, Math.min(1, Math.min(at - half, width - at - half) / FADE, 1));
    if (context.globalAlpha > 0) context.fillText(tick.label, at, baseline);
  }
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {AxesScene} scene */
function paintTitles(context, { box, x, xLabel, yLabel, width, height }) {
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  if (x.context) context.fillText(x.context, box.left, box.top + box.height + SECOND_LINE, box.width / 2);
  if (yLabel) context.fillText(yLabel, 14, 12, width - 28);
  context.textAlign = "right";
  if (xLabel) context.fillText(xLabel, box.left + box.width, height - 4, box.width / 2);
}

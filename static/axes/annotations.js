/** Annotations on the plot: thresholds across it, shaded ranges of x, and marks at single x. */
import { fitted } from "../base/ellipsis.js";

/**
 * @typedef {object} Notes
 * @property {import("../link/options.js").Threshold[]} lines
 * @property {{from: number, to: number, text: string}[]} regions
 * @property {{x: number, text: string}[]} marks
 *
 * @typedef {object} NotesScene
 * @property {import("../base/shapes.js").Box} box
 * @property {(value: number) => number} xAt
 * @property {(value: number, axis?: "left" | "right") => number} yAt of an axis, else of that with
 *   the grid; NaN where it is not there
 * @property {Notes} notes
 * @property {boolean} words are written; else there are lines only
 */

const DASHES = [4, 3];
const NO_DASHES = /** @type {number[]} */ ([]);
const TEXT_GAP = 6;

/**
 * The regions, under the grid.
 * @param {CanvasRenderingContext2D} context
 * @param {NotesScene} scene
 * @param {import("./paint_axes.js").Paint} paint
 */
export function paintBehind(context, { box, xAt, notes, words }, paint) {
  context.font = paint.font;
  context.textBaseline = "top";
  context.textAlign = "left";
  for (const { from, to, text } of notes.regions) {
    // What has no logarithm is left of all that has one.
    const left = Math.max(0, xAt(from) || 0);
    const right = Math.min(box.width, xAt(to) || 0);
    if (left >= right) continue;
    context.fillStyle = paint.shade;
    context.fillRect(box.left + left, box.top, right - left, box.height);
    context.fillStyle = paint.text;
    if (words)
      context.fillText(
        fitted(context, text, right - left - 2 * TEXT_GAP),
        box.left + left + TEXT_GAP,
        box.top + TEXT_GAP,
      );
  }
}

/**
 * Thresholds and marks, over the grid and under the series.
 * @param {CanvasRenderingContext2D} context
 * @param {NotesScene} scene
 * @param {import("./paint_axes.js").Paint} paint
 */
export function paintNotes(context, scene, paint) {
  if (scene.notes.lines.length + scene.notes.marks.length === 0) return;
  context.save();
  context.font = paint.font;
  context.lineWidth = 1;
  context.setLineDash(DASHES);
  paintThresholds(context, scene, paint);
  paintMarks(context, scene, paint);
  context.setLineDash(NO_DASHES);
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {NotesScene} scene
 * @param {import("./paint_axes.js").Paint} paint
 */
function paintThresholds(context, { box, yAt, notes }, paint) {
  context.textAlign = "right";
  context.textBaseline = "bottom";
  context.strokeStyle = context.fillStyle = paint.note;
  for (const { y, text, axis } of notes.lines) {
    const at = yAt(y, axis);
    if (!(at >= 0 && at <= box.height)) continue;
    stroke(context, box.left, box.top + at, box.left + box.width, box.top + at);
    context.fillText(text, box.left + box.width - 2, box.top + at - 2);
  }
}

/**
 * A mark's text is written where it does not touch the one before.
 * @param {CanvasRenderingContext2D} context
 * @param {NotesScene} scene
 * @param {import("./paint_axes.js").Paint} paint
 */
function paintMarks(context, { box, xAt, notes, words }, paint) {
  context.textAlign = "left";
  context.textBaseline = "top";
  context.strokeStyle = context.fillStyle = paint.text;
  let free = -Infinity;
  for (const { x, text } of notes.marks) {
    const at = xAt(x);
    if (!(at >= 0 && at <= box.width)) continue;
    stroke(context, box.left + at, box.top, box.left + at, box.top + box.height);
    if (at < free || !words) continue;
    context.fillText(text, box.left + at + 4, box.top + 2);
    free = at + context.measureText(text).width + 2 * TEXT_GAP;
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 */
function stroke(context, x1, y1, x2, y2) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

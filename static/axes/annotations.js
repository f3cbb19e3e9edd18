/** Annotations on the plot: thresholds across it, shaded ranges of x, and marks at single x. */
import { fitted } from "../base/ellipsis.js";
import { formatSaid } from "../base/numbers.js";
import { ROW, Texts } from "./texts.js";
import { strokeOver, writeOver } from "../image/halo.js";

/**
 * @typedef {"left" | "right"} SideName
 *
 * @typedef {object} Notes
 * @property {import("../link/options.js").Threshold[]} lines
 * @property {{from: number, to: number, text: string}[]} regions
 * @property {{x: number, text: string}[]} marks
 *
 * @typedef {object} NotesScene
 * @property {import("../base/shapes.js").Box} box
 * @property {(value: number) => number} xAt
 * @property {(value: number, axis?: SideName) => number | null} yAt of an axis, else of that with
 *   the grid; null where it is not there
 * @property {Record<SideName | "main", string | undefined>} suffixes the units of the axes, and of
 *   that with the grid
 * @property {Notes} notes
 * @property {boolean} words are written; else there are lines only
 * @property {string | null} halo around what lies over an image; null: there is none
 */

const DASHES = [4, 3];
const NO_DASHES = /** @type {number[]} */ ([]);
const TEXT_GAP = 6;
/** Pixels between a mark's line and its text. */
const BESIDE = 4;
const [UP, DOWN] = ["↑", "↓"];
/** The opacity of a region over an image. */
const VEIL = 0.25;

/**
 * The regions, under the grid.
 * @param {CanvasRenderingContext2D} context
 * @param {NotesScene} scene
 * @param {import("./paint_axes.js").Paint} paint
 */
export function paintBehind(context, { box, xAt, notes, words, halo }, paint) {
  context.font = paint.font;
  context.textBaseline = "top";
  context.textAlign = "left";
  for (const { from, to, text } of notes.regions) {
    // What has no logarithm is left of all that has one.
    const left = Math.max(0, xAt(from) || 0);
    const right = Math.min(box.width, xAt(to) || 0);
    if (left >= right) continue;
    context.fillStyle = paint.shade;
    // What is behind it, an image, is seen.
    context.globalAlpha = halo ? VEIL : 1;
    context.fillRect(box.left + left, box.top, right - left, box.height);
    context.globalAlpha = 1;
    context.fillStyle = paint.text;
    if (words)
      writeOver(
        context,
        fitted(context, text, right - left - 2 * TEXT_GAP),
        box.left + left + TEXT_GAP,
        box.top + TEXT_GAP,
        halo,
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
  const texts = new Texts(context, scene.box, scene.halo);
  paintThresholds(context, scene, paint, texts);
  paintMarks(context, scene, paint, texts);
  context.setLineDash(NO_DASHES);
  context.restore();
}

/**
 * A threshold's text is above its line or below it, at the right or else at the left; that of one
 * that is not seen, or else its number, is at the edge that is nearer.
 * @param {CanvasRenderingContext2D} context
 * @param {NotesScene} scene
 * @param {import("./paint_axes.js").Paint} paint
 * @param {Texts} texts
 */
function paintThresholds(context, { box, yAt, suffixes, notes, halo }, paint, texts) {
  context.strokeStyle = context.fillStyle = paint.note;
  for (const { y, text: whole, axis } of notes.lines) {
    const at = yAt(y, axis);
    if (at === null || arrowTo(at, box.height)) continue;
    stroke(context, [box.left, box.top + at], [box.left + box.width, box.top + at], halo);
    const text = texts.fitted(whole);
    const ends = [box.width - 2 - texts.widthOf(text), 2];
    texts.write(
      text,
      ends.flatMap((left) => [at - ROW, at + 2].map((top) => ({ left, top }))),
    );
  }
  for (const { y, text, axis } of notes.lines) {
    const at = yAt(y, axis);
    const arrow = at === null ? "" : arrowTo(at, box.height);
    if (!arrow) continue;
    const words = texts.fitted(beyondText(arrow, text, y, suffixes[axis ?? "main"] ?? ""));
    const left = box.width - 2 - texts.widthOf(words);
    const places = texts.rows.map((row) => ({
      left,
      top: arrow === UP ? row : box.height - row - ROW + 2,
    }));
    texts.write(words, places);
  }
}

/**
 * What is said of a threshold that is not seen.
 * @param {string} arrow
 * @param {string} text
 * @param {number} y
 * @param {string} suffix the unit of its axis
 */
export function beyondText(arrow, text, y, suffix) {
  return `${arrow} ${text || formatSaid(y, suffix)}`;
}

/**
 * To where a threshold is that is not seen; empty where it is. What has no logarithm is below all
 * that has one.
 * @param {number} at in pixels
 * @param {number} height
 */
export function arrowTo(at, height) {
  if (at >= 0 && at <= height) return "";
  return at < 0 ? UP : DOWN;
}

/**
 * A mark's text is in the first row where it touches no other.
 * @param {CanvasRenderingContext2D} context
 * @param {NotesScene} scene
 * @param {import("./paint_axes.js").Paint} paint
 * @param {Texts} texts
 */
function paintMarks(context, { box, xAt, notes, words, halo }, paint, texts) {
  context.strokeStyle = context.fillStyle = paint.text;
  for (const { x, text: whole } of notes.marks) {
    const at = xAt(x);
    if (!(at >= 0 && at <= box.width)) continue;
    stroke(context, [box.left + at, box.top], [box.left + at, box.top + box.height], halo);
    if (!words || texts.isFull) continue;
    const text = texts.fitted(whole);
    const width = texts.widthOf(text);
    const ends = [markStart(at, width, box.width), at - BESIDE - width];
    texts.write(
      text,
      ends.flatMap((left) => texts.rows.map((top) => ({ left, top }))),
    );
  }
}

/**
 * Where a mark's text begins: right of its line, or where that is too near to the end, left of it.
 * @param {number} at
 * @param {number} width of the text
 * @param {number} end of the room
 */
export function markStart(at, width, end) {
  return at + BESIDE + width <= end ? at + BESIDE : at - BESIDE - width;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @param {string | null} halo
 */
function stroke(context, from, to, halo) {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  strokeOver(context, halo);
}

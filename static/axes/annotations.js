/** Annotations on the plot: thresholds across it, shaded ranges of x, and marks at single x. */
import { fitted } from "../base/ellipsis.js";
import { guarded } from "../base/guard.js";
import { formatSaid } from "../base/numbers.js";
import { ROW, Texts } from "./texts.js";
import { strokeOver } from "../image/halo.js";

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
 *
 * @typedef {{at: number, text: string}} Noted where a line is, in pixels of the plot area, and its
 *   text
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
export function paintBehind(context, scene, paint) {
  const { box, halo } = scene;
  context.fillStyle = paint.shade;
  for (const { left, right } of guarded("regions", () => seenRegions(scene), [])) {
    // What is behind it, an image, is seen.
    context.globalAlpha = halo ? VEIL : 1;
    context.fillRect(box.left + left, box.top, right - left, box.height);
    context.globalAlpha = 1;
  }
}

/**
 * What is seen of the regions, in pixels of the plot area.
 * @param {NotesScene} scene
 */
function seenRegions({ box, xAt, notes }) {
  return notes.regions
    .map(({ from, to, text }) => ({
      // What has no logarithm is left of all that has one.
      left: Math.max(0, xAt(from) || 0),
      right: Math.min(box.width, xAt(to) || 0),
      text,
    }))
    .filter(({ left, right }) => left < right);
}

/**
 * Thresholds and marks, over the grid and under the series, and all texts.
 * @param {CanvasRenderingContext2D} context
 * @param {NotesScene} scene
 * @param {import("./paint_axes.js").Paint} paint
 * @returns {import("../base/shapes.js").Box[]} where texts stand, in pixels of the canvas
 */
export function paintNotes(context, scene, paint) {
  const { lines, regions, marks } = scene.notes;
  if (lines.length + regions.length + marks.length === 0) return [];
  context.save();
  context.font = paint.font;
  context.lineWidth = 1;
  context.setLineDash(DASHES);
  const boxes = guarded("lines and marks", () => notesOn(context, scene, paint), []);
  context.setLineDash(NO_DASHES);
  context.restore();
  return boxes;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {NotesScene} scene
 * @param {import("./paint_axes.js").Paint} paint
 */
function notesOn(context, scene, paint) {
  const [levels, poles] = [levelsOf(scene), polesOf(scene)];
  const upright = apart(poles);
  const crossing = { upright, level: levels.map(({ at }) => at) };
  const texts = new Texts(context, scene.box, scene.halo, crossing);
  context.strokeStyle = context.fillStyle = paint.note;
  strokeLevels(context, scene, levels);
  for (const level of levels) writeThreshold(scene, level, texts);
  writeBeyond(scene, texts);
  context.strokeStyle = context.fillStyle = paint.text;
  strokePoles(context, scene, upright);
  if (scene.words) {
    for (const region of seenRegions(scene)) writeRegion(context, region, texts);
    writeMarks(scene, poles, texts);
  }
  return texts.boxes;
}

/**
 * The thresholds that are seen, and where.
 * @param {NotesScene} scene
 */
function levelsOf({ box, yAt, notes }) {
  return notes.lines.flatMap(({ y, text, axis }) => {
    const at = yAt(y, axis);
    return at === null || arrowTo(at, box.height) ? [] : [{ at, text }];
  });
}

/** The marks that are seen, and where. @param {NotesScene} scene */
function polesOf({ box, xAt, notes }) {
  return notes.marks.flatMap(({ x, text }) => {
    const at = xAt(x);
    return at >= 0 && at <= box.width ? [{ at, text }] : [];
  });
}

/** Where lines are, of which those at one pixel look like one. @param {Noted[]} poles */
function apart(poles) {
  const seen = new Map();
  for (const { at } of poles) if (!seen.has(Math.round(at))) seen.set(Math.round(at), at);
  return [...seen.values()];
}

/** @param {CanvasRenderingContext2D} context @param {NotesScene} scene @param {Noted[]} levels */
function strokeLevels(context, { box, halo }, levels) {
  for (const { at } of levels)
    stroke(context, [box.left, box.top + at], [box.left + box.width, box.top + at], halo);
}

/** @param {CanvasRenderingContext2D} context @param {NotesScene} scene @param {number[]} upright */
function strokePoles(context, { box, halo }, upright) {
  for (const at of upright)
    stroke(context, [box.left + at, box.top], [box.left + at, box.top + box.height], halo);
}

/**
 * A threshold's text is above its line or below it, at the right or else at the left.
 * @param {NotesScene} scene
 * @param {Noted} level
 * @param {Texts} texts
 */
function writeThreshold({ box }, { at, text: whole }, texts) {
  const text = texts.fitted(whole);
  const ends = [box.width - 2 - texts.widthOf(text), 2];
  texts.write(
    text,
    ends.flatMap((left) => [at - ROW, at + 2].map((top) => ({ left, top }))),
  );
}

/**
 * The text of a threshold that is not seen, or else its number, is at the edge that is nearer.
 * @param {NotesScene} scene
 * @param {Texts} texts
 */
function writeBeyond({ box, yAt, suffixes, notes }, texts) {
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
 * A region's text is in its corner, in the first row where it touches no other.
 * @param {CanvasRenderingContext2D} context
 * @param {{left: number, right: number, text: string}} region
 * @param {Texts} texts
 */
function writeRegion(context, { left, right, text }, texts) {
  const shown = fitted(context, text, right - left - 2 * TEXT_GAP);
  texts.write(
    shown,
    texts.rows.map((top) => ({ left: left + TEXT_GAP, top })),
  );
}

/**
 * Those that say the same at one pixel say it once. Where a text of that pixel has found no place no
 * further one is tried: there may be thousands, and to measure each takes longer than all the rest.
 * @param {NotesScene} scene
 * @param {Noted[]} poles
 * @param {Texts} texts
 */
function writeMarks(scene, poles, texts) {
  const said = new Set();
  const full = new Set();
  for (const pole of poles) {
    if (texts.isFull) return;
    const pixel = Math.round(pole.at);
    if (full.has(pixel)) continue;
    const { size } = said;
    if (said.add(`${pixel} ${pole.text}`).size === size) continue;
    if (!writeMark(scene, pole, texts)) full.add(pixel);
  }
}

/**
 * A mark's text is beside its line, in the first row where it touches no other.
 * @param {NotesScene} scene
 * @param {Noted} pole
 * @param {Texts} texts
 * @returns {boolean} there is such a row
 */
function writeMark({ box }, { at, text: whole }, texts) {
  if (!texts.hasRoom([at + BESIDE, at - BESIDE - 1])) return false;
  const text = texts.fitted(whole);
  const width = texts.widthOf(text);
  const ends = [markStart(at, width, box.width), at - BESIDE - width];
  return texts.write(
    text,
    ends.flatMap((left) => texts.rows.map((top) => ({ left, top }))),
  );
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

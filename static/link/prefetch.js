/**
 * What the relay is asked for: more than is seen, and at rest, where lines alone are drawn, finer.
 * So a gesture finds the edges filled, and the vertices of the next zoom there, before the relay has
 * answered; and while the view stays near there is nothing to ask. A gesture that zooms in further
 * gets what is seen, which comes sooner, and the rest when it has ended.
 */

import { LINEAR } from "../view/scale.js";

/** @typedef {import("../view/state.js").Scene} Scene */

/**
 * @typedef {object} Range
 * @property {import("../view/state.js").Mode} mode
 * @property {number} from in values
 * @property {number} to
 * @property {number | null} window
 * @property {number} width in device pixels
 *
 * @typedef {Range & {begin: number, span: number}} Seen on the screen: in scaled values
 * @typedef {Range & {seen: Seen, ample: boolean, isFine: boolean, pitch: number}} Asked what was
 *   seen then; ample: it is more than that; isFine: and finer, by pixels of that pitch in scaled
 *   values
 */

/** Parts of what is seen, to each side. */
const MARGIN = 0.5;
/** How far the view may move before more is asked for. */
const NEAR = 0.3;
/** Pixels for each that is seen: as far as one turn of the wheel goes. */
const FINER = 2.02;
/** Device pixels, of which the relay counts no more. */
const MOST_PIXELS = 16384;
const ROUNDING = 1e-9;

/**
 * @param {import("../view/state.js").View} view
 * @param {number} width of the plot in device pixels
 * @param {Scene} scene
 * @param {Asked | null} before what was asked last
 * @param {boolean} rests no gesture moves the view
 * @param {boolean} [isPlain] more vertices than pixels draw the same
 * @returns {Asked}
 */
export function askedFor({ mode, from, to, window }, width, scene, before, rests, isPlain = false) {
  const seen = { mode, from, to, window, width, begin: scene.from, span: scene.to - scene.from };
  const isFine = rests && isPlain && mode === "range";
  const isWhole = !rests || (before?.ample && before.isFine === isFine);
  if (before && isWhole && answers(before, seen, rests)) return before;
  const ample = rests || !before || seen.span >= before.seen.span;
  const range = ample ? wider(seen, scene) : seen;
  const finer = isFine ? Math.min(FINER, Math.max(1, MOST_PIXELS / range.width)) : 1;
  return {
    ...range,
    width: finer * range.width,
    seen,
    ample,
    isFine,
    pitch: seen.span / (finer * width),
  };
}

/** @param {Asked} asked @param {Seen} now @param {boolean} rests */
function answers({ from, to, seen, pitch }, now, rests) {
  if (now.mode !== seen.mode || now.width !== seen.width) return false;
  if (now.mode !== "range") return now.window === seen.window;
  if (!(from <= now.from && now.to <= to)) return false;
  if (Math.abs(now.span - seen.span) <= ROUNDING * now.span)
    return Math.abs(now.begin - seen.begin) <= NEAR * now.span;
  return !rests && now.span < seen.span && pitch * now.width <= now.span * (1 + ROUNDING);
}

/** @param {Seen} seen @param {Scene} scene @returns {Range} */
function wider(seen, scene) {
  if (seen.mode === "range" && scene.min <= scene.max) return around(seen, scene);
  // The window of a logarithmic axis has no width of its own: it depends on where it ends.
  if (seen.mode !== "follow" || seen.window === null || scene.scale?.log) return seen;
  // A sweep is cut as wide as it is seen.
  if (scene.isSwept) return seen;
  const window = Math.min(seen.window * (1 + MARGIN), Number.MAX_VALUE);
  return { ...seen, window, width: seen.width * (1 + MARGIN) };
}

/**
 * As far as there are points: what comes later is not looked at.
 * @param {Seen} seen
 * @param {Scene} scene
 * @returns {Range}
 */
function around(seen, { from, to, min, max, scale = LINEAR }) {
  const margin = MARGIN * seen.span;
  const [begin, end] = [
    Math.max(from - margin, Math.min(from, min)),
    Math.min(to + margin, Math.max(to, max)),
  ];
  return {
    ...seen,
    from: scale.valueAt(begin),
    to: scale.valueAt(end),
    width: seen.width * ((end - begin) / seen.span),
  };
}

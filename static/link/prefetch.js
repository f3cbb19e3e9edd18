/**
 * What the relay is asked for: more than is seen, at the same resolution. So a gesture that pans or
 * zooms out finds the edges filled before the relay has answered, and while the view stays near
 * there is nothing to ask. A gesture that zooms in gets what is seen, which comes sooner, and the
 * rest when it has ended.
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
 * @typedef {Range & {seen: Seen, ample: boolean}} Asked what was seen then; ample: it is more than
 *   that
 */

/** Parts of what is seen, to each side. */
const MARGIN = 0.5;
/** How far the view may move before more is asked for. */
const NEAR = 0.3;

/**
 * @param {import("../view/state.js").View} view
 * @param {number} width of the plot in device pixels
 * @param {Scene} scene
 * @param {Asked | null} before what was asked last
 * @param {boolean} rests no gesture moves the view
 * @returns {Asked}
 */
export function askedFor({ mode, from, to, window }, width, scene, before, rests) {
  const seen = { mode, from, to, window, width, begin: scene.from, span: scene.to - scene.from };
  if (before && answers(before, seen) && (before.ample || !rests)) return before;
  const ample = rests || !before || seen.span >= before.seen.span;
  return { ...(ample ? wider(seen, scene) : seen), seen, ample };
}

/** @param {Asked} asked @param {Seen} now */
function answers({ from, to, seen }, now) {
  if (now.mode !== seen.mode || now.width !== seen.width) return false;
  if (now.mode !== "range") return now.window === seen.window;
  const isNear =
    Math.abs(now.begin - seen.begin) <= NEAR * now.span &&
    Math.abs(now.span - seen.span) <= 1e-9 * now.span;
  return isNear && from <= now.from && now.to <= to;
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

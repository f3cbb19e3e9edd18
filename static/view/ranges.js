/**
 * The arithmetic of zooming, panning and pinching: from what is on the screen to the viewport that
 * a gesture asks for. Gestures are in fractions of the plot's width; each holds the x under the
 * pointer where it was. Ranges are in scaled values (view/scale.js); `inValues` ends that.
 *
 * A range that touches the newest point follows it, and one that covers everything shows
 * everything: there is no way to lose the live edge by looking around, and a view of the past stays
 * where it is.
 */
import { LINEAR, TINY } from "./scale.js";

/**
 * @typedef {import("./state.js").Pointer} Pointer
 * @typedef {import("./state.js").Ranges} Ranges
 * @typedef {import("./state.js").Scene} Scene
 * @typedef {import("./state.js").View} View
 * @typedef {Partial<import("./state.js").Viewport>} Change what of the viewport becomes another
 */

/** Part of the span within which a range that is zoomed belongs to the live edge. */
const TOUCHES_EDGE = 0.02;
/** Part of the span that may be empty before the first point. */
const EMPTY_BEFORE = 0.9;
/** Part of the span: an end that is nearer to an end of the data is there. */
const ROUNDING = 1e-9;
/** Two fingers that are nearer than this part of the width tell no span. */
const NARROWEST_PINCH = 0.02;
/** A span below this many steps of a double shows the double's steps, not the data. */
const FINEST = 64;

/**
 * What a gesture has chosen is in scaled values; what is remembered, and sent to the relay, in
 * values.
 * @template {Change} Part
 * @param {Part} chosen
 * @param {Scene} scene
 * @returns {Part}
 */
export function inValues(chosen, { max, scale }) {
  if (!scale || scale === LINEAR) return chosen;
  const { from, to, window } = chosen;
  const range =
    from === undefined || to === undefined
      ? {}
      : { from: scale.valueAt(from), to: scale.valueAt(to) };
  return {
    ...chosen,
    ...range,
    ...(window == null ? {} : { window: spanOf(scale.valueAt(max - window), scale.valueAt(max)) }),
  };
}

/** No window is wider than the largest double. @param {number} from @param {number} to */
function spanOf(from, to) {
  return Math.min(to - from, Number.MAX_VALUE);
}

/** The window of a follow to come. @param {View} view @param {Scene} scene */
export function followWindow(view, scene) {
  const { window: seen } = inValues({ window: scene.to - scene.from }, scene);
  return view.mode === "range" ? seen : (view.window ?? seen);
}

/**
 * @param {number} at fraction of the width that stays
 * @param {number} factor below 1: closer
 * @param {Scene} scene
 * @returns {Change}
 */
export function zoomed(at, factor, scene) {
  const held = scene.from + at * (scene.to - scene.from);
  const span = Math.max((scene.to - scene.from) * factor, finestSpan(scene));
  const from = held - at * span;
  const to = from + span;
  if (factor > 1) return zoomedOut(from, to, scene);
  return settled(from, to, liveFrom(scene, scene.max - TOUCHES_EDGE * span));
}

/**
 * What was selected is what is seen, however near the live edge it is.
 * @param {Ranges} fixed of y, so far
 * @param {{x: [number, number] | null, y: Ranges}} box
 * @param {Scene} scene
 * @returns {Change}
 */
export function boxed(fixed, { x, y }, scene) {
  const ranges = Object.keys(y).length > 0 ? { ...fixed, ...y } : fixed;
  const span = scene.to - scene.from;
  if (x === null || (x[1] - x[0]) * span < finestSpan(scene)) return { y: ranges };
  return { mode: "range", from: scene.from + x[0] * span, to: scene.from + x[1] * span, y: ranges };
}

/** @param {Scene} scene */
function finestSpan({ min, max, scale = LINEAR }) {
  const finest = Math.max(Math.abs(min), Math.abs(max)) * Number.EPSILON * FINEST;
  return Math.max(finest || Number.EPSILON, 4 * TINY * scale.factor);
}

/**
 * Never farther than the data, or than what was seen already.
 * @param {number} from
 * @param {number} to
 * @param {Scene} scene
 * @returns {Change}
 */
function zoomedOut(from, to, scene) {
  const [min, max] = scene.whole ?? [scene.min, scene.max];
  const start = Math.max(from, Math.min(min, scene.from));
  const end = Math.min(to, Math.max(max, scene.to));
  const rounding = Math.max((to - from) * ROUNDING, finestSpan(scene) / FINEST);
  if (end < max - rounding) return { mode: "range", from: start, to: end };
  // No window is as wide as all that doubles can be.
  const { valueAt } = scene.scale ?? LINEAR;
  const isAll = start <= min + rounding || valueAt(end) - valueAt(start) === Infinity;
  return isAll ? { mode: "all" } : settled(start, end, liveFrom(scene, -Infinity));
}

/**
 * @param {number} from where what is seen shall begin
 * @param {Scene} scene
 * @returns {Change}
 */
export function panned(from, scene) {
  const span = scene.to - scene.from;
  const [min] = scene.whole ?? [scene.min];
  const earliest = Math.max(from, min - EMPTY_BEFORE * span);
  const edge = from > scene.from ? liveFrom(scene, scene.max) : Infinity;
  return settled(earliest, earliest + span, edge);
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} edge from where on the range belongs to the live edge
 * @returns {Change}
 */
function settled(from, to, edge) {
  return to >= edge ? { mode: "follow", window: to - from } : { mode: "range", from, to };
}

/**
 * Two pointers, each of which keeps its x under it.
 * @param {Pointer} a
 * @param {Pointer} b
 * @param {Scene} scene
 * @returns {Change}
 */
export function pinched(a, b, scene) {
  const apart = b.at - a.at;
  if (Math.abs(apart) < NARROWEST_PINCH || a.x === b.x) return {};
  const span = Math.max((b.x - a.x) / apart, finestSpan(scene));
  const from = a.x - a.at * span;
  return span > scene.to - scene.from
    ? zoomedOut(from, from + span, scene)
    : settled(from, from + span, liveFrom(scene, scene.max));
}

/**
 * From where on a range belongs to the live edge: never, where there is room beyond it, for what
 * follows the edge would jump there.
 * @param {Scene} scene
 * @param {number} edge
 */
function liveFrom({ whole }, edge) {
  return whole ? Infinity : edge;
}

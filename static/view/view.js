/**
 * What the user looks at: following a window, everything, or a range of the past; paused or not. A
 * pure reducer: `reduce(view, event, scene)` gives the next view, and knows nothing of the DOM or
 * of the relay. view/ranges.js computes what a gesture asks for, view/history.js remembers it.
 *
 * y fits itself to what is seen, axis by axis, until a gesture fixes it; then it stays until the
 * user asks for everything or for live. Its ranges come ready: the axis knows whether it is
 * logarithmic.
 */
import { changed, stepped } from "./history.js";
import { boxed, followWindow, inValues, panned, pinched, zoomed } from "./ranges.js";
import { FITTING, initialView } from "./state.js";

/**
 * @typedef {import("./state.js").Pointer} Pointer
 * @typedef {import("./state.js").Ranges} Ranges
 * @typedef {import("./state.js").Scene} Scene
 * @typedef {import("./state.js").View} View
 *
 * @typedef {"everything" | "follow" | "follow again" | "live" | "back" | "forward"} Command
 *
 * @typedef {{type: "options", window: number | null, isSpectrum?: boolean}
 *   | {type: "moved", by: number}
 *   | {type: "zoom", at: number, factor: number, now: number}
 *   | {type: "pan", by: number, now: number}
 *   | {type: "y", ranges: Ranges, now: number}
 *   | {type: "box", x: [number, number] | null, y: Ranges, now: number}
 *   | {type: "press", id: number, at: number}
 *   | {type: "move", id: number, at: number, now: number}
 *   | {type: "release", id: number}
 *   | {type: Command, now: number}
 *   | {type: "shared", looked: import("./shared_x.js").Looked, now: number}
 *   | {type: "pause"}} ViewEvent a box's x is in fractions of the width; moved: so much was added
 *   to every x; follow takes the width that is seen, follow again the last one that was followed
 */

/** Part of the width: a press that moves less is a click. */
const CLICK_SLOP = 0.004;

/**
 * @param {View} view
 * @param {ViewEvent} event
 * @param {Scene} scene
 * @returns {View}
 */
export function reduce(view, event, scene) {
  switch (event.type) {
    case "options":
      return withOptions(view, event.window, event.isSpectrum);
    case "moved":
      return moved(view, event.by);
    case "pause":
      return togglePause(view, scene);
    case "release":
      return release(view, event.id);
    case "shared":
      return changed(view, event.looked, event.now);
    default:
      return scene.min <= scene.max ? reduceGesture(view, event, scene) : view;
  }
}

/**
 * @param {View} view
 * @param {Exclude<ViewEvent, {type: "options" | "moved" | "pause" | "release" | "shared"}>} event
 * @param {Scene} scene
 * @returns {View}
 */
function reduceGesture(view, event, scene) {
  switch (event.type) {
    case "press":
      return press(view, event.id, event.at, scene);
    case "move":
      return drag(view, event, scene);
    case "zoom":
      return changed(view, inValues(zoomed(event.at, event.factor, scene), scene), event.now);
    case "pan":
      return pan(view, scene.from + event.by * (scene.to - scene.from), scene, event.now);
    case "y":
      return Object.keys(event.ranges).length > 0
        ? changed(view, { y: { ...view.y, ...event.ranges } }, event.now)
        : view;
    case "box":
      return changed(view, inValues(boxed(view.y, event, scene), scene), event.now, "a step");
    default:
      return reduceCommand(view, event, scene);
  }
}

/**
 * @param {View} view
 * @param {{type: Command, now: number}} event
 * @param {Scene} scene
 * @returns {View}
 */
function reduceCommand(view, { type, now }, scene) {
  switch (type) {
    case "everything":
      return resumed(changed(view, { mode: "all", y: FITTING }, now, "a step"));
    case "follow":
      return resumed(
        changed(view, { mode: "follow", window: followWindow(view, scene) }, now, "a step"),
      );
    case "follow again":
      return resumed(
        changed(
          view,
          { mode: "follow", window: view.window ?? followWindow(view, scene) },
          now,
          "a step",
        ),
      );
    case "live":
      return resumed(changed(view, { mode: view.home, y: FITTING }, now, "a step"));
    case "back":
      return stepped(view, "past", "future", now);
    case "forward":
      return stepped(view, "future", "past", now);
  }
}

/**
 * The plot's options have come: they move only a user who has not chosen, or has looked at another
 * kind of x.
 * @param {View} view
 * @param {number | null} window
 * @param {boolean} [isSpectrum]
 * @returns {View}
 */
function withOptions(view, window, isSpectrum = false) {
  const isOther = view.isSpectrum !== isSpectrum;
  if (!isOther && (view.touched !== -Infinity || view.paused)) return view;
  return initialView(window, isSpectrum);
}

/** @param {View} view @param {number} by @returns {View} */
function moved(view, by) {
  const at = (/** @type {import("./state.js").Viewport} */ one) => ({
    ...one,
    from: one.from + by,
    to: one.to + by,
  });
  return {
    ...view,
    from: view.from + by,
    to: view.to + by,
    pointers: view.pointers.map((one) => ({ ...one, x: one.x + by })),
    past: view.past.map(at),
    future: view.future.map(at),
  };
}

/** @param {View} view @returns {View} */
function resumed(view) {
  return view.paused ? { ...view, paused: false } : view;
}

/** @param {View} view @param {Scene} scene @returns {View} */
function togglePause(view, scene) {
  if (view.paused) return resumed(view);
  const { from, to } = inValues({ from: scene.from, to: scene.to }, scene);
  return { ...view, paused: true, from, to };
}

/** @param {View} view @param {number} from @param {Scene} scene @param {number} now */
function pan(view, from, scene, now) {
  return changed(view, inValues(panned(from, scene), scene), now);
}

/**
 * @param {View} view
 * @param {number} id
 * @param {number} at
 * @param {Scene} scene
 * @returns {View}
 */
function press(view, id, at, scene) {
  const others = view.pointers
    .filter((one) => one.id !== id)
    .map((one) => hold(one.id, one.at, scene));
  return {
    ...view,
    dragging: false,
    open: false,
    pointers: [...others, hold(id, at, scene)].slice(-2),
  };
}

/** @param {number} id @param {number} at @param {Scene} scene @returns {Pointer} */
function hold(id, at, scene) {
  return { id, at, x: scene.from + at * (scene.to - scene.from) };
}

/**
 * One pointer pans, two zoom: each keeps its x under it.
 * @param {View} view
 * @param {{id: number, at: number, now: number}} event
 * @param {Scene} scene
 * @returns {View}
 */
function drag(view, { id, at, now }, scene) {
  const before = view.pointers.find((one) => one.id === id);
  if (!before || (!view.dragging && Math.abs(at - before.at) < CLICK_SLOP)) return view;
  const pointers = view.pointers.map((one) => (one.id === id ? { ...one, at } : one));
  const moved = { ...view, pointers, dragging: true };
  const [first, second] = pointers;
  if (first && second) return changed(moved, inValues(pinched(first, second, scene), scene), now);
  return pan(moved, before.x - at * (scene.to - scene.from), scene, now);
}

/** @param {View} view @param {number} id @returns {View} */
function release(view, id) {
  const pointers = view.pointers.filter((one) => one.id !== id);
  return { ...view, pointers, dragging: view.dragging && pointers.length > 0 };
}

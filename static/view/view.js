/**
 * What the user looks at: following a window, everything, or a range of the past; paused or not. A pure reducer:
 * `reduce(view, event, scene)` gives the next view, and knows nothing of the DOM or of the relay. Gestures speak in
 * fractions of the plot's width; every gesture holds the x under the pointer where it was.
 *
 * A range that touches the newest point follows it, and one that covers everything shows everything: there is no way
 * to lose the live edge by looking around, and a view of the past stays where it is.
 *
 * y fits itself to what is seen, axis by axis, until a gesture fixes it; then it stays until the user asks for
 * everything or for live. Its ranges come ready: the axis knows whether it is logarithmic.
 */

/**
 * @typedef {"follow" | "all" | "range"} Mode
 *
 * @typedef {object} Pointer
 * @property {number} id
 * @property {number} at fraction of the plot's width where it is now
 * @property {number} x the x that it holds
 *
 * @typedef {Readonly<Record<string, [number, number]>>} Ranges of y that the user has fixed, in values, by the axis's key:
 *   "0:left" is the left axis of the first panel
 *
 * @typedef {object} Look what can be gone back to
 * @property {Mode} mode
 * @property {number | null} window
 * @property {number} from
 * @property {number} to
 * @property {Ranges} y
 *
 * @typedef {object} View
 * @property {Mode} mode
 * @property {number | null} window span of follow, and of the follow to come; null: not known yet
 * @property {number} from of range, and of the picture that is paused
 * @property {number} to
 * @property {Ranges} y
 * @property {boolean} paused
 * @property {"follow" | "all"} home where "back to live" leads
 * @property {Pointer[]} pointers that are down
 * @property {boolean} dragging they have moved by more than a tremble
 * @property {Look[]} past
 * @property {Look[]} future
 * @property {boolean} open the last gesture may go on: what comes soon belongs to it
 * @property {number} touched when the last gesture changed what is seen, in seconds
 *
 * @typedef {object} PageView
 * @property {View} view
 * @property {boolean} hidden nobody sees the page
 *
 * @typedef {object} Scene what is on the screen and what there is, in places (view/scale.js)
 * @property {number} from
 * @property {number} to
 * @property {number} min of the plot's x; NaN: empty
 * @property {number} max
 * @property {import("./scale.js").Scale} [scale] of x; linear if it is left out
 *
 * @typedef {{type: "options", window: number | null}
 *   | {type: "zoom", at: number, factor: number, now: number}
 *   | {type: "pan", by: number, now: number}
 *   | {type: "y", ranges: Ranges, now: number}
 *   | {type: "box", x: [number, number] | null, y: Ranges, now: number}
 *   | {type: "press", id: number, at: number}
 *   | {type: "move", id: number, at: number, now: number}
 *   | {type: "release", id: number}
 *   | {type: "everything", now: number}
 *   | {type: "follow", now: number}
 *   | {type: "live", now: number}
 *   | {type: "back", now: number}
 *   | {type: "forward", now: number}
 *   | {type: "pause"}} ViewEvent a box's x is in fractions of the width
 */

const TREMBLE = 0.004;
const TOUCHES_EDGE = 0.02;
const ONE_GESTURE = 0.7;
const MOST_LOOKS = 50;
/** A span below this many steps of a double shows the double's steps, not the data. */
const FINEST = 64;
/** @type {Ranges} */
const FITTING = Object.freeze({});

/** @param {number | null} window @returns {View} */
export function initialView(window) {
  const mode = window === null ? "all" : "follow";
  return {
    mode,
    window,
    from: NaN,
    to: NaN,
    y: FITTING,
    paused: false,
    home: mode,
    pointers: [],
    dragging: false,
    past: [],
    future: [],
    open: false,
    touched: -Infinity,
  };
}

/**
 * The x-range on the screen.
 * @param {View} view
 * @param {number} min of the plot's x; NaN: empty
 * @param {number} edge the newest x, or a little ahead of it while the plot glides
 * @returns {[number, number]}
 */
export function visibleRange(view, min, edge) {
  if (view.mode === "range" || (view.paused && !Number.isNaN(view.from)))
    return [view.from, view.to];
  if (Number.isNaN(edge)) return [0, view.window ?? 1];
  // Until the window is full it stands still, and fills from the left.
  if (view.mode === "follow" && view.window !== null)
    return min + view.window > edge ? [min, min + view.window] : [edge - view.window, edge];
  return min < edge ? [min, edge] : [edge - 0.5, edge + 0.5];
}

/** @param {View} view */
export function isLive(view) {
  return view.mode !== "range" && !view.paused;
}

/**
 * The protocol's `view` message.
 * @param {View} view
 * @param {number} width of the plot in device pixels
 * @param {boolean} silent the relay need send nothing
 */
export function viewMessage(view, width, silent) {
  const base = { type: "view", width: Math.max(1, Math.round(width)), mode: view.mode };
  if (view.mode === "follow") return { ...base, window: view.window, paused: silent };
  if (view.mode === "range") return { ...base, from: view.from, to: view.to, paused: silent };
  return { ...base, paused: silent };
}

/**
 * @param {View} view
 * @param {ViewEvent} event
 * @param {Scene} scene
 * @returns {View}
 */
export function reduce(view, event, scene) {
  switch (event.type) {
    case "options":
      return adopt(view, event.window);
    case "pause":
      return togglePause(view, scene);
    case "release":
      return release(view, event.id);
    default:
      return scene.min <= scene.max ? reduceGesture(view, event, scene) : view;
  }
}

/**
 * @param {View} view
 * @param {Exclude<ViewEvent, {type: "options" | "pause" | "release"}>} event
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
      return look(view, inValues(zoomed(view, event.at, event.factor, scene), scene), event.now);
    case "pan":
      return look(
        view,
        inValues(panned(view, scene.from + event.by * (scene.to - scene.from), scene), scene),
        event.now,
      );
    case "y":
      return Object.keys(event.ranges).length > 0
        ? look(view, { y: { ...view.y, ...event.ranges } }, event.now)
        : view;
    case "box":
      return look(view, inValues(boxed(view, event, scene), scene), event.now, "a step");
    case "everything":
      return resumed(look(view, { mode: "all", y: FITTING }, event.now, "a step"));
    case "follow":
      return resumed(
        look(view, { mode: "follow", window: followWindow(view, scene) }, event.now, "a step"),
      );
    case "live":
      return resumed(look(view, { mode: view.home, y: FITTING }, event.now, "a step"));
    case "back":
      return travel(view, "past", "future", event.now);
    case "forward":
      return travel(view, "future", "past", event.now);
  }
}

/** The plot's options have come: they move only a viewer who has not chosen. @param {View} view @param {number | null} window @returns {View} */
function adopt(view, window) {
  if (view.touched !== -Infinity || view.paused) return view;
  return initialView(window);
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

/**
 * What a hand has chosen is in places; what is remembered, and told to the relay, in values.
 * @template {Partial<Look>} Part
 * @param {Part} chosen
 * @param {Scene} scene
 * @returns {Part}
 */
function inValues(chosen, { max, scale }) {
  if (!scale?.log) return chosen;
  const { from, to, window } = chosen;
  const range =
    from === undefined || to === undefined
      ? {}
      : { from: scale.valueAt(from), to: scale.valueAt(to) };
  return {
    ...chosen,
    ...range,
    ...(window == null ? {} : { window: scale.valueAt(max) - scale.valueAt(max - window) }),
  };
}

/**
 * @param {View} view
 * @param {Partial<Look>} next
 * @param {number} now
 * @param {"a part" | "a step"} size of a gesture that may go on, or all of one: a step of the history
 * @returns {View}
 */
function look(view, next, now, size = "a part") {
  if (isSame(view, next)) return view;
  const mode = next.mode ?? view.mode;
  const past =
    size === "a step" || !view.open || now - view.touched > ONE_GESTURE
      ? [...view.past, lookOf(view)].slice(-MOST_LOOKS)
      : view.past;
  const home = mode === "range" ? view.home : mode;
  return { ...view, ...next, mode, home, past, future: [], open: size === "a part", touched: now };
}

/** @param {View} view @param {Partial<Look>} next */
function isSame(view, next) {
  return Object.entries(next).every(
    ([key, value]) => view[/** @type {keyof Look} */ (key)] === value,
  );
}

/** @param {View} view @returns {Look} */
function lookOf({ mode, window, from, to, y }) {
  return { mode, window, from, to, y };
}

/**
 * @param {View} view
 * @param {"past" | "future"} here
 * @param {"past" | "future"} there
 * @param {number} now
 * @returns {View}
 */
function travel(view, here, there, now) {
  const next = view[here].at(-1);
  if (!next) return view;
  const home = next.mode === "range" ? view.home : next.mode;
  return {
    ...view,
    ...next,
    home,
    paused: false,
    [here]: view[here].slice(0, -1),
    [there]: [...view[there], lookOf(view)],
    touched: now,
  };
}

/** @param {View} view @param {Scene} scene */
function followWindow(view, scene) {
  const { window: seen } = inValues({ window: scene.to - scene.from }, scene);
  return view.mode === "range" ? seen : (view.window ?? seen);
}

/**
 * @param {View} view
 * @param {number} at fraction of the width that stays
 * @param {number} factor below 1: closer
 * @param {Scene} scene
 * @returns {Partial<Look>}
 */
function zoomed(view, at, factor, scene) {
  const held = scene.from + at * (scene.to - scene.from);
  const span = Math.max((scene.to - scene.from) * factor, finestSpan(scene));
  const from = held - at * span;
  const to = from + span;
  if (factor > 1) return zoomedOut(from, to, scene);
  return settle(view, from, to, scene.max - TOUCHES_EDGE * span);
}

/**
 * What was selected is what is seen, however near the live edge it is.
 * @param {View} view
 * @param {{x: [number, number] | null, y: Ranges}} box
 * @param {Scene} scene
 * @returns {Partial<Look>}
 */
function boxed(view, { x, y }, scene) {
  const ranges = Object.keys(y).length > 0 ? { ...view.y, ...y } : view.y;
  const span = scene.to - scene.from;
  if (x === null || (x[1] - x[0]) * span < finestSpan(scene)) return { y: ranges };
  return { mode: "range", from: scene.from + x[0] * span, to: scene.from + x[1] * span, y: ranges };
}

/** @param {Scene} scene */
function finestSpan(scene) {
  return (
    Math.max(Math.abs(scene.min), Math.abs(scene.max)) * Number.EPSILON * FINEST || Number.EPSILON
  );
}

/** Never farther than the data, or than what was seen already. @param {number} from @param {number} to @param {Scene} scene @returns {Partial<Look>} */
function zoomedOut(from, to, scene) {
  const start = Math.max(from, Math.min(scene.min, scene.from));
  const end = Math.min(to, Math.max(scene.max, scene.to));
  if (end < scene.max) return { mode: "range", from: start, to: end };
  return start <= scene.min ? { mode: "all" } : { mode: "follow", window: end - start };
}

/**
 * @param {View} view
 * @param {number} from
 * @param {Scene} scene
 * @returns {Partial<Look>}
 */
function panned(view, from, scene) {
  const span = scene.to - scene.from;
  const earliest = Math.max(from, scene.min - 0.9 * span);
  return settle(view, earliest, earliest + span, from > scene.from ? scene.max : Infinity);
}

/**
 * @param {View} view
 * @param {number} from
 * @param {number} to
 * @param {number} edge from where on the range belongs to the live edge
 * @returns {Partial<Look>}
 */
function settle(view, from, to, edge) {
  return to >= edge ? { mode: "follow", window: to - from } : { mode: "range", from, to };
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
  if (!before || (!view.dragging && Math.abs(at - before.at) < TREMBLE)) return view;
  const pointers = view.pointers.map((one) => (one.id === id ? { ...one, at } : one));
  const moved = { ...view, pointers, dragging: true };
  const [first, second] = pointers;
  if (first && second)
    return look(moved, inValues(pinched(view, first, second, scene), scene), now);
  return look(
    moved,
    inValues(panned(view, before.x - at * (scene.to - scene.from), scene), scene),
    now,
  );
}

/**
 * @param {View} view
 * @param {Pointer} a
 * @param {Pointer} b
 * @param {Scene} scene
 * @returns {Partial<Look>}
 */
function pinched(view, a, b, scene) {
  const apart = b.at - a.at;
  if (Math.abs(apart) < 0.02 || a.x === b.x) return {};
  const span = Math.max((b.x - a.x) / apart, finestSpan(scene));
  const from = a.x - a.at * span;
  return span > scene.to - scene.from
    ? zoomedOut(from, from + span, scene)
    : settle(view, from, from + span, scene.max);
}

/** @param {View} view @param {number} id @returns {View} */
function release(view, id) {
  const pointers = view.pointers.filter((one) => one.id !== id);
  return { ...view, pointers, dragging: view.dragging && pointers.length > 0 };
}

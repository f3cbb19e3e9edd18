/**
 * What the user looks at, as values: its types, how it begins, and the x-range that it shows.
 * view/view.js changes it.
 */

/**
 * @typedef {"follow" | "all" | "range"} Mode
 *
 * @typedef {object} Pointer
 * @property {number} id
 * @property {number} at fraction of the plot's width where it is now
 * @property {number} x the x that it holds
 *
 * @typedef {Readonly<Record<string, [number, number]>>} Ranges of y that the user has fixed, in
 *   values, by the axis's key: "0:left" is the left axis of the first panel
 *
 * @typedef {object} Viewport what can be gone back to
 * @property {Mode} mode
 * @property {number | null} window span of follow, and of the follow to come; null: not known yet
 * @property {number} from of range, and of the picture that is paused
 * @property {number} to
 * @property {Ranges} y
 *
 * @typedef {object} ViewOnly what a viewport has not
 * @property {boolean} paused
 * @property {"follow" | "all"} home where "back to live" leads
 * @property {Pointer[]} pointers that are down
 * @property {boolean} dragging they have moved by more than a click may
 * @property {Viewport[]} past
 * @property {Viewport[]} future
 * @property {boolean} open the last gesture may go on: what comes soon belongs to it
 * @property {number} touched when the last gesture changed what is seen, in seconds
 *
 * @typedef {Viewport & ViewOnly} View
 *
 * @typedef {object} PageView
 * @property {View} view
 * @property {boolean} hidden nobody sees the page
 *
 * @typedef {object} Scene what is on the screen and what there is, in scaled values (view/scale.js)
 * @property {number} from
 * @property {number} to
 * @property {number} min of the plot's x; NaN: empty
 * @property {number} max
 * @property {import("./scale.js").Scale} [scale] of x; linear if it is left out
 */

/** No y-axis is fixed: each fits itself to what is seen. @type {Ranges} */
export const FITTING = Object.freeze({});

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
 * @param {number} edge the newest x, or a little ahead of it while the plot scrolls
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

/** Does the status line, or a button, say something else? @param {View} before @param {View} after */
export function isOtherInWords(before, after) {
  return before.mode !== after.mode || before.paused !== after.paused || before.y !== after.y;
}

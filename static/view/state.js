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
 * @property {boolean} isSpectrum x are frequencies
 *
 * @typedef {Viewport & ViewOnly} View
 *
 * @typedef {[number | null, number | null] | null} Wanted ends of what is to be seen, where all is
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
 * @property {boolean} [isSwept] a trigger says what is followed
 * @property {[number, number] | null} [whole] what is seen where all is, and reaches beyond the
 *   points; null: all is those
 */

/** No y-axis is fixed: each fits itself to what is seen. @type {Ranges} */
export const FITTING = Object.freeze({});

/** @param {number | null} window @param {boolean} [isSpectrum] @returns {View} */
export function initialView(window, isSpectrum = false) {
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
    isSpectrum,
  };
}

/**
 * The x-range on the screen.
 * @param {View} view
 * @param {number} min of the plot's x; NaN: empty
 * @param {number} edge the newest x, or a little ahead of it while the plot scrolls
 * @param {Wanted} [wanted] at least, where all is seen
 * @returns {[number, number]}
 */
export function visibleRange(view, min, edge, wanted = null) {
  if (view.mode === "range" || (view.paused && !Number.isNaN(view.from)))
    return [view.from, view.to];
  if (view.mode !== "follow" || view.window === null) return extended(min, edge, wanted);
  if (Number.isNaN(edge)) return [0, view.window];
  // Until the window is full it stands still, and fills from the left.
  return min + view.window > edge ? [min, min + view.window] : [edge - view.window, edge];
}

/**
 * All that there is, and what is wanted at least.
 * @param {number} min NaN: empty
 * @param {number} max
 * @param {Wanted} wanted
 * @returns {[number, number]}
 */
export function extended(min, max, wanted) {
  const [low, high] = wanted ?? [null, null];
  const begin = among(Math.min, min, low);
  const end = among(Math.max, max, high);
  if (Number.isNaN(begin) && Number.isNaN(end)) return [0, 1];
  if (Number.isNaN(begin)) return [end - 1, end];
  if (Number.isNaN(end)) return [begin, begin + 1];
  return begin < end ? [begin, end] : [end - 0.5, end + 0.5];
}

/** @param {(a: number, b: number) => number} choose @param {number} there @param {number | null} said */
function among(choose, there, said) {
  if (said === null) return there;
  return Number.isNaN(there) ? said : choose(there, said);
}

/** @param {View} view */
export function isLive(view) {
  return view.mode !== "range" && !view.paused;
}

/** Does the status line, or a button, say something else? @param {View} before @param {View} after */
export function isOtherInWords(before, after) {
  return before.mode !== after.mode || before.paused !== after.paused || before.y !== after.y;
}

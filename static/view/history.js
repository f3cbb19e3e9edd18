/** The views before and after: what each gesture has changed can be gone back to. */

/**
 * @typedef {import("./state.js").View} View
 * @typedef {import("./state.js").Viewport} Viewport
 */

/** Seconds: a turn of the wheel or a row of keys that goes on within them is one step. */
const ONE_GESTURE = 0.7;
const MOST_STEPS = 50;

/**
 * Change the viewport, and remember the one before.
 * @param {View} view
 * @param {Partial<Viewport>} next
 * @param {number} now
 * @param {"a part" | "a step"} size of a gesture that may go on, or all of one
 * @returns {View}
 */
export function changed(view, next, now, size = "a part") {
  if (isSame(view, next)) return view;
  const mode = next.mode ?? view.mode;
  const past =
    size === "a step" || !view.open || now - view.touched > ONE_GESTURE
      ? [...view.past, viewportOf(view)].slice(-MOST_STEPS)
      : view.past;
  const home = mode === "range" ? view.home : mode;
  return { ...view, ...next, mode, home, past, future: [], open: size === "a part", touched: now };
}

/** @param {View} view @param {Partial<Viewport>} next */
function isSame(view, next) {
  return Object.entries(next).every(
    ([key, value]) => view[/** @type {keyof Viewport} */ (key)] === value,
  );
}

/** @param {View} view @returns {Viewport} */
function viewportOf({ mode, window, from, to, y }) {
  return { mode, window, from, to, y };
}

/**
 * One step back or forward.
 * @param {View} view
 * @param {"past" | "future"} taken from which it is taken
 * @param {"past" | "future"} put to which the present one goes
 * @param {number} now
 * @returns {View}
 */
export function stepped(view, taken, put, now) {
  const next = view[taken].at(-1);
  if (!next) return view;
  const home = next.mode === "range" ? view.home : next.mode;
  return {
    ...view,
    ...next,
    home,
    paused: false,
    [taken]: view[taken].slice(0, -1),
    [put]: [...view[put], viewportOf(view)],
    touched: now,
  };
}

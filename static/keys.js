/** The keys and the hand's movements, in words: what `?` shows. gestures.js and legend.js do them. */

/** @typedef {[keys: string[], what: string]} Row */

/** @type {Row[]} */
export const KEYS = [
  [["Space"], "pause the picture, and go on"],
  [["Esc"], "back to live"],
  [["f"], "follow the newest points"],
  [["0"], "everything"],
  [["+", "−"], "closer, farther"],
  [["←", "→"], "earlier, later"],
  [["Alt ←", "Alt →"], "the view before, the view after"],
  [["Tab"], "to the legend and the buttons; Space hides a series or shows it"],
  [["?"], "this page"],
];

/** @type {Row[]} */
export const HANDS = [
  [["Wheel"], "closer or farther, about the pointer"],
  [["Drag"], "earlier, later"],
  [["Pinch"], "closer or farther, with two fingers"],
  [["Double-click"], "everything"],
  [["Click"], "on a name: hide or show the series"],
  [["Alt click"], "on a name: show it alone, and all again"],
];

/** The keys and the hand's movements, in words: what `?` shows. gestures.js, reader.js and legend.js do them. */

/** @typedef {[keys: string[], what: string]} Row */

/** @type {Row[]} */
export const KEYS = [
  [["Space"], "pause the picture, and go on"],
  [["Esc"], "back to live; first of all, forget the marks"],
  [["f"], "follow the newest points"],
  [["0"], "everything"],
  [["+", "−"], "closer, farther"],
  [["←", "→"], "earlier, later"],
  [["↑", "↓"], "up, down; with Shift closer, farther in y"],
  [["Alt ←", "Alt →"], "the view before, the view after"],
  [["c"], "a crosshair: ← → to the next point, with Shift to the tenth, ↑ ↓ to another series"],
  [["Enter", "m"], "mark what the crosshair is on; two marks measure"],
  [["Tab"], "to the legend and the buttons"],
  [["?"], "this page"],
];

/** @type {Row[]} */
export const HANDS = [
  [["Wheel"], "closer or farther about the pointer; with Shift, or on the y-axis, in y"],
  [["Drag"], "earlier, later"],
  [["Shift drag"], "a box to look closer at; on an axis: a part of it"],
  [["Click"], "a mark; two marks measure"],
  [["Double-click"], "everything"],
  [["Pinch"], "closer or farther, with two fingers"],
  [["Click"], "on a name: hide or show the series; with Alt: it alone, and all again"],
];

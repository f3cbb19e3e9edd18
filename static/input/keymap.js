/**
 * The keys, each with what it does in words (what `?` shows) and its commands, which are named as
 * keyboard events name the keys, with the modifier that they need; and the gestures, in words, for
 * input/gestures.js and legend/ handle them.
 */
import { seconds } from "../base/clock.js";
import { axesOf, movedRanges, zoomedRanges } from "../view/hit_test.js";

/**
 * @typedef {object} CursorKeys the crosshair, as keys move it; true: it has been moved
 * @property {() => void} toggle
 * @property {(direction: 1 | -1, fast: boolean) => boolean} step along its series
 * @property {(by: 1 | -1) => boolean} change to another series
 * @property {() => void} markHere
 *
 * @typedef {object} KeyContext what the commands act on
 * @property {() => import("../view/hit_test.js").Panel[]} panels
 * @property {(event: import("../view/view.js").ViewEvent) => unknown} act
 * @property {CursorKeys} cursor
 * @property {() => boolean} cancel what was begun last; tells whether there was anything
 * @property {() => void} help
 * @property {() => void} find a series by its name
 * @property {() => void} arm the trigger
 *
 * @typedef {(context: KeyContext) => unknown} Command
 * @typedef {[keys: string[], what: string, commands?: Record<string, Command>]} Row
 */

const CLOSER = 1 / 1.25;
const FARTHER = 1.25;
const PAN = 0.1;

/** @type {Row[]} */
export const KEYS = [
  [["Space"], "pause the picture, and go on", { " ": ({ act }) => act({ type: "pause" }) }],
  [
    ["Esc"],
    "back to live; first of all, forget the marks",
    { Escape: (context) => context.cancel() || turn("live")(context) },
  ],
  [["f"], "follow the newest points", { f: turn("follow") }],
  [["0"], "everything", { 0: turn("everything") }],
  [["+", "−"], "closer, farther", { "+": zoom(CLOSER), "=": zoom(CLOSER), "-": zoom(FARTHER) }],
  [
    ["←", "→"],
    "earlier, later",
    {
      ArrowLeft: along(-1),
      ArrowRight: along(1),
      "Shift ArrowLeft": along(-1, true),
      "Shift ArrowRight": along(1, true),
    },
  ],
  [
    ["↑", "↓"],
    "up, down; with Shift closer, farther in y",
    {
      ArrowUp: up(PAN),
      ArrowDown: up(-PAN),
      "Shift ArrowUp": zoomY(CLOSER),
      "Shift ArrowDown": zoomY(FARTHER),
    },
  ],
  [
    ["Alt + ←", "Alt + →"],
    "the view before, the view after",
    { "Alt ArrowLeft": turn("back"), "Alt ArrowRight": turn("forward") },
  ],
  [
    ["c"],
    "a crosshair: ← → to the next point, with Shift to the tenth, ↑ ↓ to another series, or cell of an image",
    { c: ({ cursor }) => cursor.toggle() },
  ],
  [
    ["Enter", "m"],
    "mark what the crosshair is on; two marks measure",
    { Enter: ({ cursor }) => cursor.markHere(), m: ({ cursor }) => cursor.markHere() },
  ],
  [["t"], "a single sweep: wait for the next crossing of the trigger", { t: ({ arm }) => arm() }],
  [["/"], "find series by their names, where there are many", { "/": ({ find }) => find() }],
  [["Tab"], "to the legend and the buttons"],
  [["Shift + F10"], "on a name: what can be done with the series"],
  [["F2", "Delete"], "on a name: rename the series; remove it"],
  [["?"], "this page", { "?": ({ help }) => help() }],
];

/** @type {Row[]} */
export const GESTURES = [
  [
    ["Wheel"],
    "closer or farther about the pointer; with Shift, or on the y-axis, in y; in a notebook after a click, or with Ctrl",
  ],
  [["Drag"], "earlier, later"],
  [["Shift + drag"], "a box to look closer at; on an axis: a part of it"],
  [
    ["Click"],
    "a mark, on the nearest point that is near; with Shift where the pointer is; two marks measure; in a notebook the first click only takes the wheel",
  ],
  [["Double-click"], "everything"],
  [["Pinch"], "closer or farther, with two fingers"],
  [["Click"], "on a name: hide or show the series; with Alt: it alone, and all again"],
  [["Right click", "Long press"], "on a name: rename the series, remove it"],
];

/** @type {Map<string, Command>} */
const COMMANDS = new Map(KEYS.flatMap(([, , commands]) => Object.entries(commands ?? {})));

/**
 * What a key does, if anything. Shift alone takes nothing away: on many keyboards + and ? need it.
 * @param {Pick<KeyboardEvent, "key" | "altKey" | "shiftKey">} event
 */
export function commandOf({ key, altKey, shiftKey }) {
  const name = key.length === 1 ? key.toLowerCase() : key;
  if (altKey) return COMMANDS.get(`Alt ${name}`);
  return (shiftKey ? COMMANDS.get(`Shift ${name}`) : undefined) ?? COMMANDS.get(name);
}

/** @param {"live" | "follow" | "everything" | "back" | "forward"} type @returns {Command} */
function turn(type) {
  return ({ act }) => act({ type, now: seconds() });
}

/** About the middle. @param {number} factor @returns {Command} */
function zoom(factor) {
  return ({ act }) => act({ type: "zoom", at: 0.5, factor, now: seconds() });
}

/**
 * From point to point if keys have the crosshair, else the view.
 * @param {1 | -1} direction
 * @param {boolean} fast
 * @returns {Command}
 */
function along(direction, fast = false) {
  return ({ cursor, act }) =>
    cursor.step(direction, fast) || act({ type: "pan", by: direction * PAN, now: seconds() });
}

/**
 * To another series, or what is seen higher up.
 * @param {number} by fraction of the height
 * @returns {Command}
 */
function up(by) {
  return (context) =>
    context.cursor.change(by > 0 ? -1 : 1) ||
    setY(context, (held) => movedRanges([held], by * held.height));
}

/** @param {number} factor @returns {Command} */
function zoomY(factor) {
  return (context) =>
    context.cursor.change(factor < 1 ? -1 : 1) ||
    setY(context, (held) => zoomedRanges([held], held.height / 2, factor));
}

/**
 * All y-axes.
 * @param {KeyContext} context
 * @param {(held: import("../view/hit_test.js").Held) => import("../view/state.js").Ranges} range
 */
function setY({ panels, act }, range) {
  const seen = panels();
  const axes = seen.flatMap((_, panel) => axesOf(seen, { panel, part: "plot" }));
  act({ type: "y", ranges: Object.assign({}, ...axes.map(range)), now: seconds() });
}

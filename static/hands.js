/** What a hand does on the page: gestures on the plot, keys, and the buttons around it. */
import { byId } from "./base/dom.js";
import { seconds } from "./base/clock.js";
import { listen } from "./input/gestures.js";
import { listenToKeys } from "./input/keyboard.js";
import { WheelGate } from "./input/wheel_gate.js";

/**
 * @typedef {object} Parts of the page that hands move
 * @property {import("./link/session.js").Session} session
 * @property {import("./picture/picture.js").Picture} picture
 * @property {import("./cursor/cursor.js").Cursor} cursor
 * @property {import("./legend/legend.js").Legend} legend
 * @property {import("./ui/help.js").Help} help
 * @property {import("./ui/trigger_menu.js").TriggerMenu} trigger
 * @property {(event: import("./view/view.js").ViewEvent) => boolean} act on the view
 * @property {(key: string) => boolean} isFixed does the range of an axis stay as it is?
 */

/** Their ids, and what they do to the view. @type {[string, import("./view/view.js").Command][]} */
const BUTTONS = [
  ["live", "live"],
  ["everything", "everything"],
  ["follow", "follow again"],
];

/**
 * @param {import("./base/scope.js").Scope} scope
 * @param {Parts} parts
 * @param {{keys: GlobalEventHandlers, embedded: boolean}} setting
 */
export function listenToHands(scope, parts, { keys, embedded }) {
  const { root, signal } = scope;
  const { session, cursor, legend, help, trigger, act } = parts;
  const handlers = handlersOf(parts, new WheelGate(scope, embedded));
  const gestures = listen(byId(root, "plot"), handlers);
  const more = {
    cursor,
    cancel: () => gestures.cancel() || cursor.cancel(),
    help: () => help.show(),
    find: () => legend.find(),
    arm: () => trigger.say({ mode: "single" }),
  };
  listenToKeys(keys, { ...handlers, ...more }, signal);
  byId(root, "pause").addEventListener("click", () => act({ type: "pause" }));
  for (const [id, type] of BUTTONS)
    byId(root, id).addEventListener("click", () => act({ type, now: seconds() }));
  for (const id of ["status", "retry"])
    byId(root, id).addEventListener("click", () => session.retryNow());
}

/** @param {Parts} parts @param {WheelGate} gate @returns {import("./input/gestures.js").Handlers} */
function handlersOf({ picture, cursor, act, isFixed }, gate) {
  return {
    takes: (event) => gate.takes(event),
    panels: () => picture.panels(),
    act,
    isFixed,
    point: (spot, free) => cursor.point(spot, free),
    click: (spot, count, free) => void (gate.marks(count) && cursor.click(spot, count, free)),
    draw: (box) => cursor.draw(box),
  };
}

/**
 * Hands on the plot, put into the words of view.js: wheel and pinch, drag, double-click, keys. What is pointed at in x
 * is said as a fraction of the plot's width.
 *
 * A wheel that has nothing left to do here scrolls the page around the plot. (One that began elsewhere stays there: the
 * browsers keep a turning wheel with what it began on.)
 */
import { chosenOf, rectangleOf } from "./select.js";
import { axesOf, boxOf, movedRanges, zoneAt, zoomedRanges } from "./zones.js";

/** @typedef {import("./view.js").ViewEvent} ViewEvent */
/** @typedef {import("./zones.js").Spot} Spot */

/**
 * @typedef {object} Hands
 * @property {() => import("./zones.js").Panel[]} panels
 * @property {(event: ViewEvent) => boolean} act tells whether the view has changed
 * @property {(key: string) => boolean} isFixed has the user fixed that y-axis?
 * @property {(spot: Spot | null) => void} point the pointer is there; null: it has left
 * @property {(spot: Spot, count: number) => void} click the second of a double-click counts 2
 * @property {(event: KeyboardEvent) => boolean} press tells whether the key is used up
 * @property {(box: import("./axes.js").Box | null) => void} draw the rectangle that is being drawn
 */

const WHEEL = 0.0018;
const PINCH = 0.012;
const STRONGEST = 0.7;
const LINE_HEIGHT = 16;
const PAGE_WIDTH = 800;
const KEY_ZOOM = 1.25;
const KEY_PAN = 0.1;
/** A press that moves less is a click. */
const TREMBLE = 4;

function seconds() {
  return performance.now() / 1000;
}

/**
 * @param {HTMLElement} element the plot
 * @param {Hands} hands
 */
export function listen(element, hands) {
  new Pointers(element, hands).listen();
  element.addEventListener("wheel", (event) => onWheel(event, element, hands), { passive: false });
  element.addEventListener("dblclick", () => hands.act({ type: "everything", now: seconds() }));
}

/** @param {MouseEvent} event @param {HTMLElement} element @returns {Spot} */
function spotOf(event, element) {
  const { left, top } = element.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

/** @param {Spot} spot @param {Hands} hands */
function fractionOf({ x }, hands) {
  const { left, width } = boxOf(hands.panels(), 0);
  return Math.max(0, Math.min(1, (x - left) / width));
}

// Wheel and pinch.

/**
 * @param {WheelEvent} event
 * @param {HTMLElement} element
 * @param {Hands} hands
 */
function onWheel(event, element, hands) {
  const acted = turn(event, spotOf(event, element), hands);
  // A pinch or a Shift that has nothing left to do must not zoom or scroll the whole page.
  if (acted || event.ctrlKey || event.shiftKey) event.preventDefault();
}

/**
 * @param {WheelEvent} event
 * @param {Spot} spot
 * @param {Hands} hands
 */
function turn(event, spot, hands) {
  const zone = zoneAt(hands.panels(), spot);
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_HEIGHT;
  // Some browsers turn a wheel with Shift to the side.
  if (event.shiftKey) return zoomY(spot, hands, factorOf((event.deltaY || event.deltaX) * unit, event.ctrlKey));
  if (zone.part === "left" || zone.part === "right") return zoomY(spot, hands, factorOf(event.deltaY * unit, event.ctrlKey));
  if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return hands.act({ type: "pan", by: (event.deltaX * unit) / PAGE_WIDTH, now: seconds() });
  return hands.act({ type: "zoom", at: fractionOf(spot, hands), factor: factorOf(event.deltaY * unit, event.ctrlKey), now: seconds() });
}

/** @param {number} pixels @param {boolean} pinch */
function factorOf(pixels, pinch) {
  return Math.exp(Math.max(-STRONGEST, Math.min(STRONGEST, pixels * (pinch ? PINCH : WHEEL))));
}

/** @param {Spot} spot @param {Hands} hands @param {number} factor */
function zoomY(spot, hands, factor) {
  const panels = hands.panels();
  const zone = zoneAt(panels, spot);
  const { top, height } = boxOf(panels, zone.panel);
  const at = Math.max(0, Math.min(height, spot.y - top));
  return fixY(hands, zoomedRanges(axesOf(panels, zone), at, factor));
}

/** @param {Hands} hands @param {import("./view.js").Ranges} ranges */
function fixY(hands, ranges) {
  return Object.keys(ranges).length > 0 && hands.act({ type: "y", ranges, now: seconds() });
}

// Pointers.

class Pointers {
  /** Where the press began; null: nothing is pressed, or it has moved by more than a tremble. @type {Spot | null} */
  #still = null;
  /** @type {import("./select.js").Drawn | null} */
  #drawn = null;
  /** The y-axes that a drag moves, as they were when it began. @type {{y: number, axes: import("./zones.js").Held[]} | null} */
  #lifted = null;

  /** @param {HTMLElement} element @param {Hands} hands */
  constructor(element, hands) {
    this.element = element;
    this.hands = hands;
  }

  listen() {
    const { element, hands } = this;
    element.addEventListener("pointerdown", (event) => this.#down(event));
    element.addEventListener("pointermove", (event) => this.#move(event));
    element.addEventListener("pointerup", (event) => this.#up(event));
    element.addEventListener("pointercancel", (event) => this.#end(event));
    element.addEventListener("lostpointercapture", (event) => this.#end(event));
    element.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hands.point(null));
    element.addEventListener("click", (event) => this.#still && hands.click(spotOf(event, element), event.detail));
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    const spot = spotOf(event, this.element);
    const panels = this.hands.panels();
    const zone = zoneAt(panels, spot);
    this.#still = spot;
    this.element.setPointerCapture(event.pointerId);
    this.hands.point(spot);
    if (event.isPrimary && (event.shiftKey || zone.part !== "plot")) this.#drawn = { zone, from: spot, to: spot };
    else this.#take(event, spot, zone, panels);
  }

  /**
   * @param {PointerEvent} event
   * @param {Spot} spot
   * @param {import("./zones.js").Zone} zone
   * @param {import("./zones.js").Panel[]} panels
   */
  #take(event, spot, zone, panels) {
    const axes = axesOf(panels, zone).filter(({ key }) => this.hands.isFixed(key));
    this.#lifted = event.isPrimary && axes.length > 0 ? { y: spot.y, axes } : null;
    this.hands.act({ type: "press", id: event.pointerId, at: fractionOf(spot, this.hands) });
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const spot = spotOf(event, this.element);
    if (this.#still && Math.hypot(spot.x - this.#still.x, spot.y - this.#still.y) > TREMBLE) this.#still = null;
    this.#showZone(spot);
    if (this.#drawn) return this.#stretch(this.#drawn, spot);
    this.hands.point(spot);
    this.hands.act({ type: "move", id: event.pointerId, at: fractionOf(spot, this.hands), now: seconds() });
    if (this.#lifted && !this.#still && event.isPrimary) fixY(this.hands, movedRanges(this.#lifted.axes, spot.y - this.#lifted.y));
  }

  /** The style sheet gives each its pointer. @param {Spot} spot */
  #showZone(spot) {
    const { part } = this.#drawn?.zone ?? zoneAt(this.hands.panels(), spot);
    if (this.element.dataset["zone"] !== part) this.element.dataset["zone"] = part;
  }

  /** @param {import("./select.js").Drawn} drawn @param {Spot} to */
  #stretch(drawn, to) {
    this.#drawn = { ...drawn, to };
    this.hands.draw(this.#still ? null : rectangleOf(this.#drawn, this.hands.panels()));
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const drawn = this.#drawn;
    const chosen = drawn && !this.#still && chosenOf(drawn, this.hands.panels());
    this.#end(event);
    if (chosen) this.hands.act({ type: "box", ...chosen, now: seconds() });
  }

  /** @param {PointerEvent} event */
  #end(event) {
    this.#lifted = null;
    this.#forgetDrawn();
    this.hands.act({ type: "release", id: event.pointerId });
  }

  #forgetDrawn() {
    if (!this.#drawn) return;
    this.#drawn = null;
    this.hands.draw(null);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || isForControl(event)) return;
    if (event.key === "Escape" && this.#drawn) this.#forgetDrawn();
    else if (!this.hands.press(event) && !pressKey(event, this.hands)) return;
    event.preventDefault();
  }
}

// Keys.

/** @type {Record<string, (hands: Hands) => unknown>} */
const KEYS = {
  " ": ({ act }) => act({ type: "pause" }),
  0: ({ act }) => act({ type: "everything", now: seconds() }),
  f: ({ act }) => act({ type: "follow", now: seconds() }),
  "+": ({ act }) => act({ type: "zoom", at: 0.5, factor: 1 / KEY_ZOOM, now: seconds() }),
  "=": ({ act }) => act({ type: "zoom", at: 0.5, factor: 1 / KEY_ZOOM, now: seconds() }),
  "-": ({ act }) => act({ type: "zoom", at: 0.5, factor: KEY_ZOOM, now: seconds() }),
  ArrowLeft: ({ act }) => act({ type: "pan", by: -KEY_PAN, now: seconds() }),
  ArrowRight: ({ act }) => act({ type: "pan", by: KEY_PAN, now: seconds() }),
  ArrowUp: (hands) => panY(hands, KEY_PAN),
  ArrowDown: (hands) => panY(hands, -KEY_PAN),
  Escape: ({ act }) => act({ type: "live", now: seconds() }),
};

/** @type {typeof KEYS} */
const ALT_KEYS = {
  ArrowLeft: ({ act }) => act({ type: "back", now: seconds() }),
  ArrowRight: ({ act }) => act({ type: "forward", now: seconds() }),
};

/** @type {typeof KEYS} */
const SHIFT_KEYS = {
  ...KEYS,
  ArrowUp: (hands) => zoomMiddle(hands, 1 / KEY_ZOOM),
  ArrowDown: (hands) => zoomMiddle(hands, KEY_ZOOM),
};

/** All y-axes. @param {Hands} hands */
function everyAxis(hands) {
  const panels = hands.panels();
  return panels.flatMap((_, panel) => axesOf(panels, { panel, part: "plot" }));
}

/** @param {Hands} hands @param {number} by fraction of the height, upwards: the picture moves down */
function panY(hands, by) {
  fixY(hands, everyAxis(hands).reduce((all, held) => ({ ...all, ...movedRanges([held], by * held.height) }), {}));
}

/** @param {Hands} hands @param {number} factor */
function zoomMiddle(hands, factor) {
  fixY(hands, everyAxis(hands).reduce((all, held) => ({ ...all, ...zoomedRanges([held], held.height / 2, factor) }), {}));
}

/** @param {KeyboardEvent} event @param {Hands} hands @returns {boolean} it is one of ours */
function pressKey(event, hands) {
  const keys = event.altKey ? ALT_KEYS : event.shiftKey ? SHIFT_KEYS : KEYS;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const press = Object.hasOwn(keys, key) ? keys[key] : undefined;
  press?.(hands);
  return Boolean(press);
}

/** Space on a button presses the button; a dialog's keys are its own. @param {KeyboardEvent} event */
function isForControl(event) {
  const target = /** @type {Element | null} */ (event.target);
  const onButton = event.key === " " || event.key === "Enter";
  return event.defaultPrevented || Boolean(target?.closest("input, textarea, select, dialog, [popover]")) || (onButton && Boolean(target?.closest("button, a, summary")));
}

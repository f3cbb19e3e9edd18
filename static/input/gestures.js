/**
 * Wheel, pinch, drag and double-click on the plot, as events of view/view.js. A position in x is a
 * fraction of the plot's width.
 *
 * A wheel that is not the plot's (input/wheel_gate.js), or has nothing left to do here, scrolls the
 * page around the plot. (One that began elsewhere stays there: the browsers send the events of a turning wheel to the element on which it
 * began.)
 */
import { seconds } from "../base/clock.js";
import { chosenOf, rectangleOf } from "./box_select.js";
import { axesOf, boxOf, movedRanges, zoneAt, zoomedRanges } from "../view/hit_test.js";

/** @typedef {import("../view/view.js").ViewEvent} ViewEvent */
/** @typedef {import("../base/shapes.js").Spot} Spot */
/** @typedef {import("./box_select.js").Drawn & {id: number}} Drawing by which pointer */

/**
 * @typedef {object} Handlers
 * @property {() => import("../view/hit_test.js").Panel[]} panels
 * @property {(event: WheelEvent) => boolean} takes whether a wheel is the plot's
 * @property {(event: ViewEvent) => boolean} act tells whether the view has changed
 * @property {(key: string) => boolean} isFixed whether the user has fixed that y-axis
 * @property {(spot: Spot | null, free?: boolean) => void} point the pointer is there; null: it has
 *   left; free: there and nowhere else, however near a point is
 * @property {(spot: Spot, count: number, free: boolean) => void} click the second of a double-click
 *   counts 2
 * @property {(box: import("../base/shapes.js").Box | null) => void} draw the rectangle that is
 *   being drawn
 */

const WHEEL = 0.0018;
const PINCH = 0.012;
/** Pixels: what a wheel turns at least at a time, and fingers do not; a pinch is a wheel with Ctrl. */
const NOTCH = 50;
const STRONGEST = 0.7;
const LINE_HEIGHT = 16;
const PAGE_WIDTH = 800;
/** A press that moves less is a click. */
const CLICK_SLOP = 4;

/**
 * @param {HTMLElement} element the plot
 * @param {Handlers} handlers
 * @returns {{cancel: () => boolean}} cancel drops the rectangle that is being drawn, and tells
 *   whether there was one
 */
export function listen(element, handlers) {
  element.addEventListener("wheel", (event) => onWheel(event, element, handlers), {
    passive: false,
  });
  element.addEventListener(
    "dblclick",
    (event) => isOnLegend(event) || handlers.act({ type: "everything", now: seconds() }),
  );
  const pointers = new Pointers(element, handlers);
  pointers.listen();
  return pointers;
}

/** A panel's legend has its own gestures. @param {Event} event */
function isOnLegend({ target }) {
  return Boolean(/** @type {Partial<Element> | null} */ (target)?.closest?.(".legend"));
}

/** @param {MouseEvent} event @param {HTMLElement} element @returns {Spot} */
function spotOf(event, element) {
  const { left, top } = element.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

/** @param {Spot} spot @param {Handlers} handlers */
function fractionOf({ x }, handlers) {
  const { left, width } = boxOf(handlers.panels(), 0);
  return Math.max(0, Math.min(1, (x - left) / width));
}

// Wheel and pinch.

/**
 * @param {WheelEvent} event
 * @param {HTMLElement} element
 * @param {Handlers} handlers
 */
function onWheel(event, element, handlers) {
  if (isOnLegend(event) || !handlers.takes(event)) return;
  const acted = turn(event, spotOf(event, element), handlers);
  // A pinch, or a wheel with Shift, that has nothing left to do must not zoom or scroll the page.
  if (acted || event.ctrlKey || event.metaKey || event.shiftKey) event.preventDefault();
}

/**
 * @param {WheelEvent} event
 * @param {Spot} spot
 * @param {Handlers} handlers
 */
function turn(event, spot, handlers) {
  const zone = zoneAt(handlers.panels(), spot);
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_HEIGHT;
  // Some browsers turn a wheel with Shift to the side.
  if (event.shiftKey)
    return zoomY(spot, handlers, factorOf((event.deltaY || event.deltaX) * unit, event.ctrlKey));
  if (zone.part === "left" || zone.part === "right")
    return zoomY(spot, handlers, factorOf(event.deltaY * unit, event.ctrlKey));
  if (Math.abs(event.deltaX) > Math.abs(event.deltaY))
    return handlers.act({ type: "pan", by: (event.deltaX * unit) / PAGE_WIDTH, now: seconds() });
  return handlers.act({
    type: "zoom",
    at: fractionOf(spot, handlers),
    factor: factorOf(event.deltaY * unit, event.ctrlKey),
    now: seconds(),
  });
}

/** @param {number} pixels @param {boolean} ctrl */
function factorOf(pixels, ctrl) {
  const pinch = ctrl && Math.abs(pixels) < NOTCH;
  return Math.exp(Math.max(-STRONGEST, Math.min(STRONGEST, pixels * (pinch ? PINCH : WHEEL))));
}

/** @param {Spot} spot @param {Handlers} handlers @param {number} factor */
function zoomY(spot, handlers, factor) {
  const panels = handlers.panels();
  const zone = zoneAt(panels, spot);
  const { top, height } = boxOf(panels, zone.panel);
  const at = Math.max(0, Math.min(height, spot.y - top));
  return handlers.act({
    type: "y",
    ranges: zoomedRanges(axesOf(panels, zone), at, factor),
    now: seconds(),
  });
}

// Pointers.

class Pointers {
  /**
   * Where the press began; null: nothing is pressed, or it has moved too far for a click.
   * @type {Spot | null}
   */
  #pressedAt = null;
  /** @type {Drawing | null} */
  #drawn = null;
  /**
   * The y-axes that a drag moves, as they were when it began.
   * @type {{y: number, axes: import("../view/hit_test.js").Held[]} | null}
   */
  #movedAxes = null;

  /** @param {HTMLElement} element @param {Handlers} handlers */
  constructor(element, handlers) {
    this.element = element;
    this.handlers = handlers;
  }

  listen() {
    const { element, handlers } = this;
    element.addEventListener("pointerdown", (event) => this.#down(event));
    element.addEventListener("pointermove", (event) => this.#move(event));
    element.addEventListener("pointerup", (event) => this.#up(event));
    element.addEventListener("pointercancel", (event) => this.#end(event));
    element.addEventListener("lostpointercapture", (event) => this.#end(event));
    // A finger that moves up and down scrolls the page around the plot, but not while it moves
    // something here.
    element.addEventListener(
      "touchmove",
      (event) => (this.#drawn || this.#movedAxes) && event.preventDefault(),
      { passive: false },
    );
    element.addEventListener(
      "pointerleave",
      (event) => event.pointerType === "mouse" && handlers.point(null),
    );
    element.addEventListener(
      "click",
      (event) =>
        this.#pressedAt && handlers.click(spotOf(event, element), event.detail, event.shiftKey),
    );
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0 || isOnLegend(event)) return;
    const spot = spotOf(event, this.element);
    this.#pressedAt = spot;
    this.#movedAxes = null;
    this.element.setPointerCapture(event.pointerId);
    if (event.isPrimary) this.#begin(event, spot);
    else this.#join();
    if (!this.#drawn) this.#press(event.pointerId, spot);
  }

  /** @param {PointerEvent} event @param {Spot} spot */
  #begin(event, spot) {
    const panels = this.handlers.panels();
    const zone = zoneAt(panels, spot);
    this.handlers.point(spot, event.shiftKey);
    if (event.shiftKey || zone.part !== "plot") {
      this.#drawn = { id: event.pointerId, zone, from: spot, to: spot };
      return;
    }
    const axes = axesOf(panels, zone).filter(({ key }) => this.handlers.isFixed(key));
    if (axes.length > 0) this.#movedAxes = { y: spot.y, axes };
  }

  /** A second finger: two of them zoom, even if the first has begun to draw. */
  #join() {
    const drawn = this.#drawn;
    if (!drawn) return;
    this.cancel();
    this.#press(drawn.id, drawn.to);
  }

  /** @param {number} id @param {Spot} spot */
  #press(id, spot) {
    this.handlers.act({ type: "press", id, at: fractionOf(spot, this.handlers) });
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (isOnLegend(event)) return void this.handlers.point(null);
    const spot = spotOf(event, this.element);
    if (
      this.#pressedAt &&
      Math.hypot(spot.x - this.#pressedAt.x, spot.y - this.#pressedAt.y) > CLICK_SLOP
    )
      this.#pressedAt = null;
    this.#showZone(spot);
    if (this.#drawn) return this.#stretch(this.#drawn, spot);
    if (event.isPrimary) this.handlers.point(spot, event.shiftKey);
    this.handlers.act({
      type: "move",
      id: event.pointerId,
      at: fractionOf(spot, this.handlers),
      now: seconds(),
    });
    if (this.#movedAxes && !this.#pressedAt)
      this.handlers.act({
        type: "y",
        ranges: movedRanges(this.#movedAxes.axes, spot.y - this.#movedAxes.y),
        now: seconds(),
      });
  }

  /** The style sheet has a mouse pointer for each zone. @param {Spot} spot */
  #showZone(spot) {
    const { part } = this.#drawn?.zone ?? zoneAt(this.handlers.panels(), spot);
    if (this.element.dataset.zone !== part) this.element.dataset.zone = part;
  }

  /** @param {Drawing} drawn @param {Spot} to */
  #stretch(drawn, to) {
    const further = { ...drawn, to };
    this.#drawn = further;
    this.handlers.draw(this.#pressedAt ? null : rectangleOf(further, this.handlers.panels()));
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const drawn = this.#drawn;
    const chosen = drawn && !this.#pressedAt && chosenOf(drawn, this.handlers.panels());
    this.#end(event);
    if (chosen) this.handlers.act({ type: "box", ...chosen, now: seconds() });
  }

  /** @param {PointerEvent} event */
  #end(event) {
    this.#movedAxes = null;
    this.cancel();
    this.handlers.act({ type: "release", id: event.pointerId });
  }

  cancel() {
    if (!this.#drawn) return false;
    this.#drawn = null;
    this.handlers.draw(null);
    return true;
  }
}

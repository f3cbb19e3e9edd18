/**
 * Hands on the plot, put into the words of view.js: wheel and pinch, drag, double-click, keys. What is pointed at is
 * said as a fraction of the plot's width.
 *
 * A wheel that has nothing left to do here scrolls the page around the plot. (One that began elsewhere stays there: the
 * browsers keep a turning wheel with what it began on.)
 */

/** @typedef {import("./view.js").ViewEvent} ViewEvent */

/**
 * @typedef {object} Hands
 * @property {() => import("./axes.js").Box} box
 * @property {(event: ViewEvent) => boolean} act tells whether the view has changed
 */

const WHEEL = 0.0018;
const PINCH = 0.012;
const STRONGEST = 0.7;
const LINE_HEIGHT = 16;
const KEY_ZOOM = 1.25;
const KEY_PAN = 0.1;

/** @type {Record<string, () => ViewEvent>} */
const KEYS = {
  " ": () => ({ type: "pause" }),
  0: () => ({ type: "everything", now: seconds() }),
  f: () => ({ type: "follow", now: seconds() }),
  "+": () => ({ type: "zoom", at: 0.5, factor: 1 / KEY_ZOOM, now: seconds() }),
  "=": () => ({ type: "zoom", at: 0.5, factor: 1 / KEY_ZOOM, now: seconds() }),
  "-": () => ({ type: "zoom", at: 0.5, factor: KEY_ZOOM, now: seconds() }),
  ArrowLeft: () => ({ type: "pan", by: -KEY_PAN, now: seconds() }),
  ArrowRight: () => ({ type: "pan", by: KEY_PAN, now: seconds() }),
  Escape: () => ({ type: "live", now: seconds() }),
};

/** @type {Record<string, () => ViewEvent>} */
const ALT_KEYS = {
  ArrowLeft: () => ({ type: "back", now: seconds() }),
  ArrowRight: () => ({ type: "forward", now: seconds() }),
};

function seconds() {
  return performance.now() / 1000;
}

/**
 * @param {HTMLElement} element the plot
 * @param {Hands} hands
 */
export function listen(element, hands) {
  listenToPointers(element, hands);
  listenToWheel(element, hands);
  element.addEventListener("dblclick", () => hands.act({ type: "everything", now: seconds() }));
  document.addEventListener("keydown", (event) => onKey(event, hands));
}

/** @param {HTMLElement} element @param {Hands} hands */
function listenToPointers(element, hands) {
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    hands.act({ type: "press", id: event.pointerId, at: fractionOf(event, element, hands) });
  });
  element.addEventListener("pointermove", (event) => {
    hands.act({ type: "move", id: event.pointerId, at: fractionOf(event, element, hands), now: seconds() });
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel", "lostpointercapture"])) {
    element.addEventListener(end, (event) => hands.act({ type: "release", id: event.pointerId }));
  }
}

/** @param {HTMLElement} element @param {Hands} hands */
function listenToWheel(element, hands) {
  const turn = (/** @type {WheelEvent} */ event) => {
    const acted = hands.act(wheelEvent(event, fractionOf(event, element, hands)));
    if (acted) event.preventDefault();
  };
  element.addEventListener("wheel", turn, { passive: false });
}

/** @param {WheelEvent} event @param {number} at @returns {ViewEvent} */
function wheelEvent(event, at) {
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_HEIGHT;
  if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return { type: "pan", by: (event.deltaX * unit) / 800, now: seconds() };
  const power = event.deltaY * unit * (event.ctrlKey ? PINCH : WHEEL);
  return { type: "zoom", at, factor: Math.exp(Math.max(-STRONGEST, Math.min(STRONGEST, power))), now: seconds() };
}

/**
 * @param {MouseEvent} event
 * @param {HTMLElement} element
 * @param {Hands} hands
 */
function fractionOf(event, element, hands) {
  const { left, width } = hands.box();
  const at = (event.clientX - element.getBoundingClientRect().left - left) / width;
  return Math.max(0, Math.min(1, at));
}

/** @param {KeyboardEvent} event @param {Hands} hands */
function onKey(event, hands) {
  if (event.ctrlKey || event.metaKey || isForControl(event)) return;
  const make = (event.altKey ? ALT_KEYS : KEYS)[event.key];
  if (!make) return;
  event.preventDefault();
  hands.act(make());
}

/** Space on a button presses the button. @param {KeyboardEvent} event */
function isForControl(event) {
  const target = /** @type {Element | null} */ (event.target);
  return Boolean(target?.closest("input, textarea, select")) || (event.key === " " && Boolean(target?.closest("button")));
}

/** A finger that rests, on browsers that make no context menu of it as well as on those that do. */
import { Alarm } from "../base/scope.js";

const PATIENCE = 500;
/** Pixels that a finger trembles. */
const SLOP = 8;

/**
 * @param {HTMLElement} element
 * @param {(event: PointerEvent) => void} act with the event of the beginning
 * @param {AbortSignal} signal
 */
export function onLongPress(element, act, signal) {
  /** @type {PointerEvent | null} */
  let began = null;
  let isDone = false;
  const alarm = new Alarm(signal);
  const cancel = () => alarm.clear();
  element.addEventListener("pointerdown", (event) => {
    cancel();
    isDone = false;
    if (event.pointerType === "mouse") return;
    began = event;
    alarm.set(() => {
      isDone = true;
      act(event);
    }, PATIENCE);
  });
  element.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (began && Math.hypot(clientX - began.clientX, clientY - began.clientY) > SLOP) cancel();
  });
  for (const type of ["pointerup", "pointercancel", "pointerleave"])
    element.addEventListener(type, cancel);
  // The finger that is lifted then clicks nothing.
  element.addEventListener("click", (event) => isDone && stop(event), { capture: true });
}

/** @param {Event} event */
function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

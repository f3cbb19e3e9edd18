/** Listens to the keyboard, wherever on the page the focus is: input/keymap.js says what the keys do. */
import { deedOf } from "./keymap.js";

/** @param {import("./keymap.js").Desk} desk */
export function listenToKeys(desk) {
  document.addEventListener("keydown", (event) => {
    const deed = event.ctrlKey || event.metaKey || isForControl(event) ? undefined : deedOf(event);
    if (!deed) return;
    event.preventDefault();
    deed(desk);
  });
}

/** Space on a button presses the button; a dialog's keys are its own. @param {KeyboardEvent} event */
function isForControl(event) {
  const target = /** @type {Element | null} */ (event.target);
  const onButton = event.key === " " || event.key === "Enter";
  return (
    event.defaultPrevented ||
    Boolean(target?.closest("input, textarea, select, dialog, [popover]")) ||
    (onButton && Boolean(target?.closest("button, a, summary")))
  );
}

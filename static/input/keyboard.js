/** Handles the keyboard, wherever on the page the focus is: input/keymap.js has the commands. */
import { commandOf } from "./keymap.js";

/** @param {import("./keymap.js").KeyContext} context */
export function listenToKeys(context) {
  document.addEventListener("keydown", (event) => {
    const command =
      event.ctrlKey || event.metaKey || isForControl(event) ? undefined : commandOf(event);
    if (!command) return;
    event.preventDefault();
    command(context);
  });
}

/**
 * Space on a button presses the button; a dialog's keys are its own.
 * @param {KeyboardEvent} event
 */
function isForControl(event) {
  const target = /** @type {Element | null} */ (event.target);
  const onButton = event.key === " " || event.key === "Enter";
  return (
    event.defaultPrevented ||
    Boolean(target?.closest("input, textarea, select, dialog, [popover]")) ||
    (onButton && Boolean(target?.closest("button, a, summary")))
  );
}

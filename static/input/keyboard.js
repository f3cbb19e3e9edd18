/** Handles the keyboard: input/keymap.js has the commands. */
import { commandOf } from "./keymap.js";

/**
 * @param {GlobalEventHandlers} target the document, or what has to have the focus
 * @param {import("./keymap.js").KeyContext} context
 * @param {AbortSignal} signal
 */
export function listenToKeys(target, context, signal) {
  target.addEventListener(
    "keydown",
    (event) => {
      const command =
        event.ctrlKey || event.metaKey || isForControl(event) ? undefined : commandOf(event);
      if (!command) return;
      event.preventDefault();
      // A notebook around it has other commands for the same keys.
      event.stopPropagation();
      command(context);
    },
    { signal },
  );
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

/**
 * Names of files: the plot, when it was, what of it. Those of one plot stand in the order of time,
 * and none is written over another.
 */

/**
 * A name that every system allows for a file.
 * @param {string} plot
 * @param {Date} date
 * @param {string} ending
 * @param {string} what of the plot; empty: its picture
 */
export function fileName(plot, date, ending, what = "") {
  const safe = plot
    .replace(/[\\/:*?"<>|\p{C}]+/gu, "_")
    .replace(/^[\s.]+|[\s.]+$/g, "")
    .slice(0, 80);
  const stamp = timeText(date).replace(" ", "_").replaceAll(":", "-");
  return `${[safe || "plot", stamp, what].filter(Boolean).join("_")}.${ending}`;
}

/** As the reader's clock has it, 2026-11-29 03:40:12. @param {Date} date */
export function timeText(date) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const day = [String(date.getFullYear()), two(date.getMonth() + 1), two(date.getDate())];
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two);
  return `${day.join("-")} ${time.join(":")}`;
}

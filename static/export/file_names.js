/**
 * Names of files: the plot, when it was, what of it. Those of one plot stand in the order of time,
 * and none is written over another.
 */

import { timeText } from "../base/clock.js";

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

/**
 * The points that the file holds as CSV, in the columns of zwsnb/history/csv.py: series, x, y. The
 * cells of a density are none.
 */
import { secondAnd } from "../base/readings_text.js";
import { NANOSECONDS } from "../base/zones.js";

/** @typedef {import("./embedded.js").Saved} Saved */

const [NANO, MICRO] = [9, 6];

/**
 * @param {Saved} saved
 * @param {[number, number]} range of x
 */
export function csvText({ head, series }, [from, to]) {
  const names = namesIn(head);
  const xText = xTextIn(head);
  const lines = ["series,x,y"];
  for (const { id, curve } of series.filter(({ marks }) => !marks?.cell)) {
    const name = quoted(names.get(id) ?? "");
    for (let at = 0; at < curve.length; at += 2) {
      const [x, y] = [/** @type {number} */ (curve[at]), /** @type {number} */ (curve[at + 1])];
      if (x >= from && x <= to) lines.push(`${name},${xText(x)},${Number.isNaN(y) ? "" : y}`);
    }
  }
  return { text: `${lines.join("\r\n")}\r\n`, rows: lines.length - 1 };
}

/** @param {Saved["head"]} head @returns {Map<number, string>} names of series by their numbers */
function namesIn({ messages }) {
  /** @type {any} */
  const said = messages.find((/** @type {any} */ { type }) => type === "series");
  return new Map((said?.series ?? []).map((/** @type {any} */ { id, name }) => [id, name]));
}

/** How an x is written. @param {Saved["head"]} head @returns {(x: number) => string} */
function xTextIn({ messages }) {
  /** @type {any} */
  const hello = messages.find((/** @type {any} */ { type }) => type === "hello");
  const origin = hello?.origin ?? 0;
  return hello?.options.time ? (x) => timeText(x, origin) : String;
}

/** In ISO 8601, in UTC. @param {number} x seconds @param {number} origin */
function timeText(x, origin) {
  const { whole, fraction } = secondAnd(x, Math.abs(x) < NANOSECONDS ? NANO : MICRO);
  const date = new Date(1000 * (whole + origin));
  if (Number.isNaN(date.getTime())) return String(x + origin);
  const digits = /^\.0*$/.test(fraction) ? "" : fraction.replace(/^(\.\d{6})000$/, "$1");
  return `${date.toISOString().slice(0, -5)}${digits}+00:00`;
}

/**
 * A spreadsheet takes a cell that begins with one of these for a formula, and may split at ";".
 * @param {string} name
 */
function quoted(name) {
  const safe = /^[=+\-@]/.test(name) ? `'${name}` : name;
  return /[,;"\r\n ]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

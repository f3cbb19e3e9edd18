/**
 * Points as CSV, from the relay to a file, in any number: they pass through in pieces, and the page
 * keeps none.
 */
import { formatCount } from "../base/counts.js";

const NEW_LINE = 10;

/**
 * What the relay is asked for.
 * @param {[number, number] | null} range of x; null: everything that is held
 * @param {number} origin from where x are counted
 * @returns {Record<string, string>}
 */
export function csvQuery(range, origin = 0) {
  if (!range) return {};
  const asked = { from: String(range[0]), to: String(range[1]) };
  return origin === 0 ? asked : { ...asked, origin: String(origin) };
}

/** @param {number} rows so far @param {number} all */
export function progressText(rows, all) {
  return all > 0 ? `${formatCount(rows)} of ${formatCount(all)} rows` : `${formatCount(rows)} rows`;
}

/** @param {Uint8Array} bytes */
export function countLines(bytes) {
  let lines = 0;
  for (let at = bytes.indexOf(NEW_LINE); at >= 0; at = bytes.indexOf(NEW_LINE, at + 1)) lines += 1;
  return lines;
}

/**
 * @param {Pick<Response, "headers" | "body">} answer
 * @param {{write: (piece: Uint8Array) => Promise<void>}} file
 * @param {(rows: number, all: number) => void} progress
 * @returns {Promise<number>} rows
 */
export async function streamInto(answer, file, progress) {
  const all = Number(answer.headers.get("X-Zwsnb-Rows") ?? 0);
  const reader = /** @type {ReadableStream<Uint8Array>} */ (answer.body).getReader();
  let rows = -1; // the first line is the head
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    await file.write(piece.value);
    rows += countLines(piece.value);
    progress(Math.max(0, rows), all);
  }
  return Math.max(0, rows);
}

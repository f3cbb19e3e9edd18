/**
 * What is in the file: what the relay said of the plot when it was saved, and the vertices of its
 * series. zwsnb/saved/ has written it.
 */
import { byId } from "../base/dom.js";
import { interleaved, unpack } from "./packed.js";

/**
 * @typedef {object} HeldHead of a series
 * @property {number} id
 * @property {boolean} xy a curve: its points are in the order of publishing
 * @property {number} points that it had
 * @property {[number, number | null]} last of them
 * @property {[number, number]} x_range
 * @property {number} vertices that the file holds of it
 * @property {{colors: (number | null)[], sizes: (number | null)[], cell?: [number, number]}} [marks]
 *   of a scatter: from the least to the largest, null: it has none; cell: of a density, whose
 *   vertices are cells so wide and high, and their colours logarithms of counts
 * @property {number} exact from which of them on they are all points that there were
 * @property {{width: number, vertices: number}[]} candles of ever wider periods; none: it is drawn
 *   otherwise
 *
 * @typedef {object} ImageHead
 * @property {string} name
 * @property {number} bins values of a row
 * @property {number} factor of which each cell of the file holds so many
 * @property {number} columns that the file holds
 * @property {number} width of them on their grid
 * @property {boolean} whole each is a row, and each cell a value
 * @property {[number, number]} y edges of the lowest and of the highest value
 * @property {[number, number]} z values of the first and of the last colour
 * @property {boolean} log these are evenly spaced in their logarithms
 * @property {number} rows that the plot had
 * @property {number} began how many of them came before this image
 * @property {boolean} [down] y is said from the top down
 *
 * @typedef {ImageHead & {x: Float64Array, colors: Uint8Array}} HeldImage colors: column by
 *   column, from the lowest y
 *
 * @typedef {object} Head
 * @property {number} saved when, in seconds since 1970
 * @property {object[]} messages that a page gets first of a relay
 * @property {boolean} log x is logarithmic
 * @property {number} points that the plot had
 * @property {[number | null, number | null]} x_range null: it had none
 * @property {HeldHead[]} held
 * @property {number | null} [window] that the plot followed
 * @property {import("../view/sweeps.js").Sweep[]} [sweeps] of its trigger, the newest last
 * @property {ImageHead | null} image null: there is none
 *
 * @typedef {{width: number, vertices: number, curve: Float64Array}} Level
 * @typedef {HeldHead & {curve: Float64Array, candles: Level[], dots?: Float64Array}} HeldSeries
 *   curve: x, y, x, y, ...; dots: color, size, color, size, ...
 * @typedef {{head: Head, series: HeldSeries[], image: HeldImage | null}} Saved
 */

/** @param {ParentNode} root that has the blocks of data @returns {Promise<Saved>} */
export async function readEmbedded(root) {
  /** @type {Head} */
  const head = JSON.parse(byId(root, "saved-head").textContent ?? "");
  const bytes = await blockOf(root, "saved-vertices");
  const parts = head.held.flatMap((its) => [its, ...(its.marks ? [its] : []), ...its.candles]);
  const columns = unpack(
    bytes,
    parts.flatMap(({ vertices }) => [vertices, vertices]),
  ).values();
  const next = () => /** @type {Float64Array} */ (columns.next().value);
  const curve = () => interleaved(next(), next());
  const series = head.held.map((its) => ({
    ...its,
    curve: curve(),
    ...(its.marks && { dots: curve() }),
    candles: its.candles.map((level) => ({ ...level, curve: curve() })),
  }));
  return { head, series, image: head.image && (await imageOf(root, head.image)) };
}

/** @param {ParentNode} root @param {ImageHead} head @returns {Promise<HeldImage>} */
async function imageOf(root, head) {
  const { columns, bins, factor } = head;
  const { buffer } = await blockOf(root, "saved-image");
  const x = new Float64Array(buffer, 0, columns);
  return {
    ...head,
    x,
    colors: new Uint8Array(buffer, x.byteLength, columns * Math.ceil(bins / factor)),
  };
}

/** @param {ParentNode} root @param {string} id of a block of data */
async function blockOf(root, id) {
  return await inflated(bytesOf(byId(root, id).textContent ?? ""));
}

/** @param {string} base64 */
function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** @param {Uint8Array<ArrayBuffer>} bytes as zlib has packed them */
async function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * An image patch, read in place: it comes directly before the patch of the same number. The layout
 * is described in docs/protocol.md, section 3, and known to no other module of the page.
 */

const VERSION = 2;
const HEADER_BYTES = 88;
/** The flag of logarithmic colours. */
const LOG = 1;
const DOWN = 2;

/**
 * @typedef {object} ImagePatch
 * @property {number} number of the patch that it comes with
 * @property {string} name empty: there is no image
 * @property {number} drop columns that leave at the front
 * @property {number} keep columns that stay after them
 * @property {Float64Array} x of the columns that come
 * @property {Uint8Array} colors of their cells, column by column, from the lowest y; 0: no value
 * @property {number} height cells of a column
 * @property {number} bins values of a row
 * @property {number} factor of which each cell holds so many
 * @property {[number, number]} y edges of the lowest and of the highest value
 * @property {[number, number]} z values of the first and of the last colour
 * @property {boolean} log those between are evenly spaced in their logarithms
 * @property {boolean} down y is said from the top down, the lowest one as the highest
 * @property {number} rows that the image has had so far
 * @property {number} began how many rows came before this image
 */

/**
 * The same, as the relay writes it: for a page that is its own relay.
 * @param {ImagePatch} patch
 * @returns {ArrayBuffer}
 */
export function encodeImage({
  number,
  drop,
  keep,
  height,
  bins,
  factor,
  y,
  z,
  log,
  down,
  rows,
  began,
  ...sent
}) {
  const name = new TextEncoder().encode(sent.name);
  const count = sent.x.length;
  const begin = HEADER_BYTES + 8 * count;
  const message = new ArrayBuffer(begin + count * height + name.length);
  const bytes = new DataView(message);
  new Uint8Array(message).set(new TextEncoder().encode(`ZWI${VERSION}`));
  const flags = (log ? LOG : 0) | (down ? DOWN : 0);
  const whole = [number, drop, keep, count, height, bins, factor, name.length, flags];
  for (const [at, value] of whole.entries()) bytes.setUint32(4 + 4 * at, value, true);
  for (const [at, value] of [...y, ...z, rows, began].entries())
    bytes.setFloat64(40 + 8 * at, value, true);
  new Float64Array(message, HEADER_BYTES, count).set(sent.x);
  new Uint8Array(message, begin).set(sent.colors);
  new Uint8Array(message, begin + count * height).set(name);
  return message;
}

/** Is this message one? @param {ArrayBuffer} message */
export function isImage(message) {
  if (message.byteLength < HEADER_BYTES) return false;
  return String.fromCharCode(...new Uint8Array(message, 0, 4)) === `ZWI${VERSION}`;
}

/** @param {ArrayBuffer} message @returns {ImagePatch} */
export function decodeImage(message) {
  const bytes = new DataView(message);
  const whole = (/** @type {number} */ at) => bytes.getUint32(at, true);
  const real = (/** @type {number} */ at) => bytes.getFloat64(at, true);
  const [count, height, length] = [whole(16), whole(20), whole(32)];
  const begin = HEADER_BYTES + 8 * count;
  const end = begin + count * height;
  if (end + length !== message.byteLength)
    throw new RangeError(`an image of ${end + length} bytes has ${message.byteLength}`);
  return {
    number: whole(4),
    drop: whole(8),
    keep: whole(12),
    height,
    bins: whole(24),
    factor: whole(28),
    y: [real(40), real(48)],
    z: [real(56), real(64)],
    log: (whole(36) & LOG) > 0,
    down: (whole(36) & DOWN) > 0,
    rows: real(72),
    began: real(80),
    x: new Float64Array(message, HEADER_BYTES, count),
    colors: new Uint8Array(message, begin, count * height),
    name: new TextDecoder().decode(new Uint8Array(message, end, length)),
  };
}

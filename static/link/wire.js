/**
 * A patch, read in place: the header through a DataView, the vertices as Float64Array views into
 * the message. Nothing is copied here; the layout is described in docs/protocol.md, section 3, and
 * known to no other module of the page. A page that was saved as a file writes its own patches.
 */
import { marksIn, marksLength, marksNumbers } from "../scatter/marks.js";

export const VERSION = 2;

const HEADER_BYTES = 64;
const ENTRY_BYTES = 64;
const FLAG_FRESH = 1;
const KINDS = /** @type {const} */ (["points", "columns", "xy", "candles"]);
/** Points in publishing order, with marks. */
const MARKED = 4;

/**
 * @typedef {"points" | "columns" | "xy" | "candles"} Kind
 *
 * @typedef {object} Entry one series' part of a patch
 * @property {number} id
 * @property {Kind} kind
 * @property {number} drop vertices that leave at the front
 * @property {number} keep vertices that stay after them
 * @property {Float64Array} vertices the new ones: x, y, x, y, ...
 * @property {number} points of this series so far
 * @property {number} lastX
 * @property {number} lastY NaN: a gap
 * @property {number} xMin
 * @property {number} xMax
 * @property {import("../scatter/marks.js").MarksPart} [marks] of the new vertices, where they are
 *   those of a scatter
 *
 * @typedef {object} Patch
 * @property {number} number
 * @property {boolean} fresh forget all vertices of all series first
 * @property {number} time when its oldest new point was published, in the relay's seconds; NaN if
 *   none is new
 * @property {number} xMin NaN: the plot is empty
 * @property {number} xMax
 * @property {number} points that the plot has taken so far
 * @property {number} conflated points that came only as part of a column
 * @property {number} rest seconds to wait after the paint before it is acknowledged
 * @property {Entry[]} entries
 */

/** The relay sent something that this page cannot read. */
export class WireError extends Error {}

/**
 * @param {ArrayBuffer} message
 * @returns {Patch}
 */
export function decodePatch(message) {
  const bytes = new DataView(message);
  checkHead(bytes);
  const count = bytes.getUint32(8, true);
  const need = HEADER_BYTES + count * ENTRY_BYTES;
  if (need > bytes.byteLength)
    throw new WireError(`${count} entries need ${need} bytes, the patch has ${bytes.byteLength}`);
  const entries = [];
  for (let i = 0; i < count; i++)
    entries.push(decodeEntry(bytes, HEADER_BYTES + i * ENTRY_BYTES, need));
  return { ...decodeHeader(bytes), entries };
}

/** @param {DataView} bytes */
function checkHead(bytes) {
  const size = bytes.byteLength;
  if (size < HEADER_BYTES)
    throw new WireError(`a patch has at least ${HEADER_BYTES} bytes, this one ${size}`);
  const magic = String.fromCharCode(bytes.getUint8(0), bytes.getUint8(1), bytes.getUint8(2));
  if (magic !== "ZWS") throw new WireError("not a patch: it does not begin with ZWS");
  const version = bytes.getUint8(3) - 0x30;
  if (version !== VERSION)
    throw new WireError(`a patch of version ${version}, this page reads ${VERSION}`);
}

/** @param {DataView} bytes */
function decodeHeader(bytes) {
  return {
    number: bytes.getUint32(4, true),
    fresh: (bytes.getUint32(12, true) & FLAG_FRESH) !== 0,
    time: bytes.getFloat64(16, true),
    xMin: bytes.getFloat64(24, true),
    xMax: bytes.getFloat64(32, true),
    points: bytes.getFloat64(40, true),
    conflated: bytes.getFloat64(48, true),
    rest: bytes.getFloat64(56, true),
  };
}

/**
 * @param {DataView} bytes
 * @param {number} at where the entry begins
 * @param {number} headEnd where the entries end and the vertices may begin
 * @returns {Entry}
 */
function decodeEntry(bytes, at, headEnd) {
  const code = bytes.getUint32(at + 4, true);
  const kind = code === MARKED ? "xy" : KINDS[code];
  if (kind === undefined) throw new WireError(`series of kind ${code}, this page knows 0 to 4`);
  const [count, begin] = [bytes.getUint32(at + 16, true), bytes.getUint32(at + 20, true)];
  return {
    id: bytes.getUint32(at, true),
    kind,
    drop: bytes.getUint32(at + 8, true),
    keep: bytes.getUint32(at + 12, true),
    vertices: verticesAt(bytes, begin, count, headEnd),
    ...(code === MARKED && { marks: marksAt(bytes, begin + 2 * count, count) }),
    points: bytes.getFloat64(at + 24, true),
    lastX: bytes.getFloat64(at + 32, true),
    lastY: bytes.getFloat64(at + 40, true),
    xMin: bytes.getFloat64(at + 48, true),
    xMax: bytes.getFloat64(at + 56, true),
  };
}

const NONE = new Float64Array(0);

/**
 * @param {DataView} bytes
 * @param {number} begin in f64 from the beginning of the message
 * @param {number} count of vertices
 * @param {number} headEnd in bytes
 */
function verticesAt(bytes, begin, count, headEnd) {
  if (count === 0) return NONE;
  const end = (begin + 2 * count) * 8;
  if (begin * 8 < headEnd || end > bytes.byteLength) {
    throw new WireError(
      `${count} vertices from byte ${begin * 8} to ${end}: ` +
        `outside a patch of ${bytes.byteLength} bytes`,
    );
  }
  return new Float64Array(/** @type {ArrayBuffer} */ (bytes.buffer), begin * 8, 2 * count);
}

/**
 * @param {DataView} bytes
 * @param {number} begin in f64
 * @param {number} count of vertices
 */
function marksAt(bytes, begin, count) {
  const length = marksLength(count);
  if ((begin + length) * 8 > bytes.byteLength)
    throw new WireError(`the marks of ${count} vertices are outside a patch`);
  const numbers = new Float64Array(/** @type {ArrayBuffer} */ (bytes.buffer), begin * 8, length);
  return marksIn(numbers, count);
}

/**
 * @param {Patch} patch
 * @returns {ArrayBuffer}
 */
export function encodePatch(patch) {
  const { entries } = patch;
  const numbers = entries.reduce((sum, each) => sum + numbersOf(each), 0);
  const headEnd = HEADER_BYTES + ENTRY_BYTES * entries.length;
  const bytes = new DataView(new ArrayBuffer(headEnd + 8 * numbers));
  encodeHeader(bytes, patch);
  let begin = headEnd / 8;
  for (const [i, entry] of entries.entries()) {
    encodeEntry(bytes, HEADER_BYTES + i * ENTRY_BYTES, begin, entry);
    const { vertices, marks } = entry;
    const room = new Float64Array(bytes.buffer, 8 * begin, numbersOf(entry));
    room.set(vertices);
    if (marks) room.set(marksNumbers(marks), vertices.length);
    begin += room.length;
  }
  return /** @type {ArrayBuffer} */ (bytes.buffer);
}

/** Of its vertices, and of their marks. @param {Entry} entry */
function numbersOf({ vertices, marks }) {
  return vertices.length + (marks ? marksLength(vertices.length / 2) : 0);
}

/** @param {DataView} bytes @param {Patch} patch */
function encodeHeader(
  bytes,
  { number, fresh, time, xMin, xMax, points, conflated, rest, entries },
) {
  for (let i = 0; i < 4; i++) bytes.setUint8(i, `ZWS${VERSION}`.charCodeAt(i));
  integersAt(bytes, 4, [number, entries.length, fresh ? FLAG_FRESH : 0]);
  floatsAt(bytes, 16, [time, xMin, xMax, points, conflated, rest]);
}

/**
 * @param {DataView} bytes
 * @param {number} at
 * @param {number} begin of its vertices, in f64
 * @param {Entry} entry
 */
function encodeEntry(bytes, at, begin, entry) {
  const { id, drop, keep, vertices, points, lastX, lastY, xMin, xMax } = entry;
  const kind = entry.marks ? MARKED : KINDS.indexOf(entry.kind);
  integersAt(bytes, at, [id, kind, drop, keep, vertices.length / 2, begin]);
  floatsAt(bytes, at + 24, [points, lastX, lastY, xMin, xMax]);
}

/** @param {DataView} bytes @param {number} at @param {number[]} values */
function integersAt(bytes, at, values) {
  for (const [i, value] of values.entries()) bytes.setUint32(at + 4 * i, value, true);
}

/** @param {DataView} bytes @param {number} at @param {number[]} values */
function floatsAt(bytes, at, values) {
  for (const [i, value] of values.entries()) bytes.setFloat64(at + 8 * i, value, true);
}

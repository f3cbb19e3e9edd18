/**
 * What the tests of the page share: patches made by hand, as docs/protocol.md, section 3, lays them
 * out.
 */
import { VERSION } from "../../../static/link/wire.js";

/**
 * @param {{number?: number, fresh?: boolean, time?: number, xMin?: number, xMax?: number, points?:
 *   number, conflated?: number, rest?: number}} head
 * @param {{id?: number, kind?: number, drop?: number, keep?: number, vertices?: number[], points?:
 *   number, lastX?: number, lastY?: number}[]} entries
 * @returns {ArrayBuffer}
 */
export function makePatch(head, entries) {
  const values = entries.reduce((sum, { vertices = [] }) => sum + vertices.length, 0);
  const bytes = new DataView(new ArrayBuffer(64 + 64 * entries.length + 8 * values));
  for (let i = 0; i < 4; i++) bytes.setUint8(i, `ZWS${VERSION}`.charCodeAt(i));
  const {
    number = 1,
    fresh = false,
    time = NaN,
    xMin = 0,
    xMax = 1,
    points = 0,
    conflated = 0,
    rest = 0,
  } = head;
  writeIntegers(bytes, 4, [number, entries.length, fresh ? 1 : 0]);
  writeFloats(bytes, 16, [time, xMin, xMax, points, conflated, rest]);
  let begin = 8 + 8 * entries.length;
  for (const [i, entry] of entries.entries()) begin = writeEntry(bytes, 64 + 64 * i, begin, entry);
  return bytes.buffer;
}

/** @param {DataView} bytes @param {number} at @param {number[]} values */
function writeIntegers(bytes, at, values) {
  for (const [i, value] of values.entries()) bytes.setUint32(at + 4 * i, value, true);
}

/** @param {DataView} bytes @param {number} at @param {number[]} values */
function writeFloats(bytes, at, values) {
  for (const [i, value] of values.entries()) bytes.setFloat64(at + 8 * i, value, true);
}

function writeEntry(bytes, at, begin, entry) {
  const {
    id = 0,
    kind = 0,
    drop = 0,
    keep = 0,
    vertices = [],
    points = 0,
    lastX = 0,
    lastY = 0,
  } = entry;
  writeIntegers(bytes, at, [id, kind, drop, keep, vertices.length / 2, begin]);
  writeFloats(bytes, at + 24, [points, lastX, lastY, 0, lastX]);
  writeFloats(bytes, 8 * begin, vertices);
  return begin + vertices.length;
}

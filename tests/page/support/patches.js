/** What the tests of the page share: patches made by hand, as docs/protocol.md, section 3, lays them out. */

/**
 * @param {{number?: number, fresh?: boolean, time?: number, xMin?: number, xMax?: number, points?: number, conflated?: number, rest?: number}} head
 * @param {{id?: number, kind?: number, drop?: number, keep?: number, vertices?: number[], points?: number, lastX?: number, lastY?: number}[]} entries
 * @returns {ArrayBuffer}
 */
export function makePatch(head, entries) {
  const values = entries.reduce((sum, { vertices = [] }) => sum + vertices.length, 0);
  const bytes = new DataView(new ArrayBuffer(64 + 64 * entries.length + 8 * values));
  [..."ZWS1"].forEach((letter, i) => bytes.setUint8(i, letter.charCodeAt(0)));
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
  [number, entries.length, fresh ? 1 : 0].forEach((value, i) =>
    bytes.setUint32(4 + 4 * i, value, true),
  );
  [time, xMin, xMax, points, conflated, rest].forEach((value, i) =>
    bytes.setFloat64(16 + 8 * i, value, true),
  );
  let begin = 8 + 8 * entries.length;
  entries.forEach((entry, i) => (begin = writeEntry(bytes, 64 + 64 * i, begin, entry)));
  return bytes.buffer;
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
  [id, kind, drop, keep, vertices.length / 2, begin].forEach((value, i) =>
    bytes.setUint32(at + 4 * i, value, true),
  );
  [points, lastX, lastY, 0, lastX].forEach((value, i) =>
    bytes.setFloat64(at + 24 + 8 * i, value, true),
  );
  vertices.forEach((value, i) => bytes.setFloat64(8 * (begin + i), value, true));
  return begin + vertices.length;
}

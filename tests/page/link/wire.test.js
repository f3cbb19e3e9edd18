import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { decodePatch, encodePatch, VERSION, WireError } from "../../../static/link/wire.js";
import { corpus, spoiled } from "../support/fuzz.js";
import { makePatch } from "../support/patches.js";

// One patch, byte by byte: number 7, fresh, one series of columns that appends (1, 2) and a gap at
// 3.
const GOLDEN =
  "5a575332" +
  "07000000" +
  "01000000" +
  "01000000" + // ZWS2, number, entries, flags
  "000000000000f03f" +
  "000000000000e03f" +
  "0000000000000840" +
  "0000000000005940" + // time 1, x 0.5 to 3, 100 points
  "0000000000004940" +
  "000000000000903f" + // 50 conflated, a rest of 1/64 s
  "02000000" +
  "01000000" +
  "03000000" +
  "04000000" +
  "02000000" +
  "10000000" + // id, kind, drop, keep, append, begin
  "0000000000004440" +
  "0000000000000840" +
  "000000000000f87f" +
  "000000000000e03f" +
  "0000000000000840" + // totals
  "000000000000f03f" +
  "0000000000000040" +
  "0000000000000840" +
  "000000000000f87f";

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (byte) => parseInt(byte, 16)).buffer;

test("the golden patch is written as it is read", () => {
  const hex = Buffer.from(encodePatch(decodePatch(bytesOf(GOLDEN)))).toString("hex");
  assert.equal(hex, GOLDEN);
});

test("the golden patch is read as it is written", () => {
  const { entries, ...head } = decodePatch(bytesOf(GOLDEN));
  assert.deepEqual(head, {
    number: 7,
    fresh: true,
    time: 1,
    xMin: 0.5,
    xMax: 3,
    points: 100,
    conflated: 50,
    rest: 1 / 64,
  });
  const [{ vertices, ...entry }] = entries;
  assert.deepEqual(entry, {
    id: 2,
    kind: "columns",
    drop: 3,
    keep: 4,
    points: 40,
    lastX: 3,
    lastY: NaN,
    xMin: 0.5,
    xMax: 3,
  });
  assert.deepEqual([...vertices], [1, 2, 3, NaN]);
});

test("the vertices are views into the message, not copies", () => {
  const message = makePatch({}, [{ vertices: [1, 2] }, { id: 1, vertices: [3, 4, 5, 6] }]);
  for (const { vertices } of decodePatch(message).entries) assert.equal(vertices.buffer, message);
});

test("an empty plot has a patch too", () => {
  const patch = decodePatch(makePatch({ xMin: NaN, xMax: NaN }, []));
  assert.deepEqual([patch.entries, patch.xMin], [[], NaN]);
});

const damage = (change) => {
  const message = makePatch({}, [{ vertices: [1, 2, 3, 4] }]);
  change(new DataView(message));
  return message;
};
const BAD = [
  ["short", new ArrayBuffer(63), /at least 64 bytes, this one 63/],
  ["another protocol", damage((bytes) => bytes.setUint8(0, 0x41)), /not begin with ZWS/],
  [
    "another version",
    damage((bytes) => bytes.setUint8(3, 0x31)),
    new RegExp(`version 1, this page reads ${VERSION}`),
  ],
  [
    "entries beyond the end",
    damage((bytes) => bytes.setUint32(8, 3, true)),
    /3 entries need 256 bytes, the patch has 160/,
  ],
  ["a kind of tomorrow", damage((bytes) => bytes.setUint32(68, 9, true)), /kind 9/],
  [
    "vertices beyond the end",
    damage((bytes) => bytes.setUint32(80, 3, true)),
    /outside a patch of 160 bytes/,
  ],
  ["vertices in the header", damage((bytes) => bytes.setUint32(84, 2, true)), /outside/],
];
for (const [name, message, says] of BAD) {
  test(`refused, with both numbers: ${name}`, () => {
    assert.throws(
      () => decodePatch(message),
      (error) => error instanceof WireError && says.test(error.message),
    );
  });
}

// The table that both languages read. Its patches say what they hold beside their bytes.
const VECTORS = new URL("../../shared/vectors.json", import.meta.url);
const vectors = existsSync(VECTORS) ? JSON.parse(readFileSync(VECTORS, "utf8")) : {};
const number = (value) => (value === null || value === "nan" || value === "NaN" ? NaN : value);
for (const vector of vectors.patches ?? []) {
  test(`tests/shared/vectors.json: ${vector.name}`, () => {
    const patch = decodePatch(bytesOf(vector.bytes ?? vector.hex));
    assert.equal(patch.number, vector.number);
    assert.equal(patch.fresh, vector.fresh);
    assert.equal(patch.points, vector.points);
    assert.deepEqual(
      patch.entries.map(({ vertices }) => [...vertices]),
      vector.entries.map(({ vertices }) => vertices.flat().map(number)),
    );
    assert.deepEqual(
      patch.entries.map(({ marks }) => (marks ? { ...marks, values: [...marks.values] } : null)),
      vector.entries.map(({ marks }) =>
        marks
          ? {
              values: marks.values.flat().map(number),
              colors: marks.colors,
              sizes: marks.sizes,
              inSight: marks.in_sight,
              cell: marks.cell,
            }
          : null,
      ),
    );
  });
}

/** A patch, read, or refused: it holds no more than came, and says the same when it is written. */
function tryPatch(message, name) {
  let patch;
  try {
    patch = decodePatch(message);
  } catch (error) {
    assert.ok(error instanceof WireError, `${name}: ${error.stack}`);
    return false;
  }
  for (const { vertices } of patch.entries)
    assert.ok(vertices.byteLength <= message.byteLength, name);
  assert.deepEqual(decodePatch(encodePatch(patch)), patch, name);
  return true;
}

test("whatever came once is a patch or is refused", () => {
  for (const { name, message } of corpus("patch")) tryPatch(message, name);
});

test("a patch that is spoiled is another one or is refused", () => {
  const good = (vectors.patches ?? []).map(({ hex }) => new Uint8Array(bytesOf(hex)));
  let taken = 0;
  for (const message of spoiled(good, 3000))
    taken += tryPatch(message, Buffer.from(message).toString("hex"));
  assert.ok(taken > 300 && taken < 2700, String(taken));
});

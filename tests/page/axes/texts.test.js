import assert from "node:assert/strict";
import { test } from "node:test";
import { ROW, Texts } from "../../../static/axes/texts.js";
import { FakeContext, LETTER } from "../support/canvas.js";

/** Texts on an area at 40, 10 of 100 x 60 pixels, and what was written. */
function textsOf(height = 60) {
  const context = new FakeContext();
  const texts = new Texts(context, { left: 40, top: 10, width: 100, height });
  return { texts, written: () => context.of("fillText") };
}

test("a text takes the first of its places that is free", () => {
  const { texts, written } = textsOf();
  const places = [0, ROW].map((top) => ({ left: 5, top }));
  for (const text of ["one", "two", "three"]) texts.write(text, places);
  assert.deepEqual(written(), [
    ["one", 45, 10],
    ["two", 45, 10 + ROW],
  ]);
});

test("it rather stands where no line crosses it", () => {
  const context = new FakeContext();
  const box = { left: 40, top: 10, width: 100, height: 60 };
  const texts = new Texts(context, box, null, { upright: [50, 10], level: [20] });
  const places = [0, ROW, 2 * ROW].flatMap((top) => [8, 30].map((left) => ({ left, top })));
  for (const text of ["one", "two", "three"]) texts.write(text, places);
  assert.deepEqual(context.of("fillText"), [
    ["one", 70, 10],
    ["two", 70, 10 + 2 * ROW],
    ["three", 48, 10 + ROW],
  ]);
  assert.deepEqual(texts.boxes[0], { left: 70, top: 10, width: 3 * LETTER, height: ROW - 2 });
});

test("between two there is a gap", () => {
  const { texts, written } = textsOf();
  texts.write("one", [{ left: 0, top: 0 }]);
  texts.write("too near", [{ left: 3 * LETTER + 5, top: 0 }]);
  texts.write("far", [{ left: 3 * LETTER + 6, top: 0 }]);
  assert.deepEqual(
    written().map(([text]) => text),
    ["one", "far"],
  );
});

test("none stands out of the area, and none is written of nothing", () => {
  const { texts, written } = textsOf();
  texts.write("left", [{ left: -1, top: 0 }]);
  texts.write("above", [{ left: 0, top: -1 }]);
  texts.write("below", [{ left: 0, top: 50 }]);
  texts.write("", [{ left: 0, top: 0 }]);
  assert.deepEqual(written(), []);
});

test("there are as many rows as there is room for, and not too many texts", () => {
  assert.deepEqual(textsOf().texts.rows, [2, 16, 30, 44]);
  assert.deepEqual(textsOf(20).texts.rows, [2]);
  const { texts, written } = textsOf(100_000);
  for (let i = 0; i < 99; i++) texts.write("x", [{ left: 0, top: ROW * i }]);
  assert.deepEqual([written().length, texts.isFull], [60, true]);
});

test("a long one gets half of the width", () => {
  assert.equal(textsOf().texts.fitted("a long story"), "a long…");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { geometryOf, lettered, shownIn } from "../../../static/cursor/overlay_geometry.js";
import { PANELS, TARGET, mark, read, reading } from "../support/readings.js";

test("the line across goes through the points that are read, if they share an x", () => {
  assert.equal(geometryOf(read({ target: TARGET, readings: [reading("a", 52, 1)] })).cross.x, 92);
});

test("marks stand where their axis has them, and are not to be hidden", () => {
  const one = read({ target: TARGET, marks: { a: mark(20, 5), b: mark(40, 50, "0:right") } });
  assert.deepEqual(
    geometryOf(one).flags.map(({ letter, ...flag }) => flag),
    [
      { x: 60, y: 60, name: "A" },
      { x: 80, y: 60, name: "B" },
    ],
  );
  const { pointed, poles, letters, selection } = shownIn(one);
  assert.deepEqual(
    pointed.map(({ x }) => x),
    [60, 80, 90],
  );
  assert.deepEqual(
    [poles, letters.map(({ left }) => left)],
    [
      [60, 80],
      [60, 80],
    ],
  );
  assert.deepEqual([selection.left, selection.width], [60, 20]);
});

test("a mark out of sight has nothing that could be hidden", () => {
  const { poles, letters } = shownIn(read({ marks: { a: mark(-500, 5), b: null } }));
  assert.deepEqual([poles, letters], [[], []]);
});

const AREA = { left: 40, top: 10, width: 100, height: 50 };
const lettersOf = (xs, texts) =>
  lettered(
    xs.map((x) => ({ x, y: 0, name: "A" })),
    AREA,
    texts,
  ).map(({ letter }) => letter);

test("a letter stands on the side of its pole that has room", () =>
  assert.deepEqual(
    lettersOf([60, 135]).map(({ x, anchor, box }) => [x, anchor, box.left]),
    [
      [64, "start", 60],
      [131, "end", 121],
    ],
  ));

test("a letter touches no text, and not that of the other mark", () => {
  const text = { left: 65, top: 12, width: 30, height: 12 };
  const rows = (...all) => lettersOf(...all).map(({ box }) => box.top);
  assert.deepEqual(rows([40, 60], [text]), [10, 24]);
  assert.deepEqual(rows([60, 61], [text]), [24, 38]);
  assert.deepEqual(rows([60], [{ ...text, height: 40 }]), [10], "there is no free row");
  assert.deepEqual(lettersOf([39, 141]), [null, null], "marks that are not seen have none");
});

test("the texts of a panel are those that its letters stand beside", () => {
  const texts = [{ left: 62, top: 12, width: 30, height: 12 }];
  const panels = [{ ...PANELS[0], texts }];
  const one = { ...read({ marks: { a: mark(20, 5), b: null } }), panels };
  assert.equal(geometryOf(one).flags[0].letter.box.top, 24);
  assert.equal(shownIn(one).letters[0].top, 24);
});

test("points outside the plot area have no ring", () => {
  const readings = [reading("a", 50, 5), reading("b", 300, 5)];
  assert.deepEqual(geometryOf(read({ target: TARGET, readings })).dots, [
    { x: 90, y: 60, color: "#111" },
  ]);
});

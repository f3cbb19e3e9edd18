import assert from "node:assert/strict";
import { test } from "node:test";
import { Vertices } from "../../../static/link/vertices.js";
import {
  colorNumber,
  colorRange,
  countedIn,
  countsOf,
  dotsOf,
  Marks,
  marksIn,
  marksLength,
  marksNumbers,
  radiusOf,
  thinnedIn,
} from "../../../static/scatter/marks.js";
import { golden } from "../support/rules.js";

const part = (values, more = {}) => ({
  values: Float64Array.from(values),
  colors: [0, 1],
  sizes: [NaN, NaN],
  inSight: 9,
  cell: [NaN, NaN],
  ...more,
});

test("the numbers behind the values of a patch are what all points have", () => {
  const numbers = Float64Array.of(1, 2, 3, NaN, 0, 5, 2, 7, 99, 0.5, 0.25);
  assert.equal(marksLength(2), numbers.length);
  assert.deepEqual(marksNumbers(marksIn(numbers, 2)), [...numbers]);
  assert.deepEqual(marksIn(numbers, 2), {
    values: Float64Array.of(1, 2, 3, NaN),
    colors: [0, 5],
    sizes: [2, 7],
    inSight: 99,
    cell: [0.5, 0.25],
  });
});

test("marks leave, stay and come as their vertices do", () => {
  const marks = new Marks(new Vertices());
  marks.apply(0, 0, part([1, 2, 3, 4]));
  marks.apply(1, 1, part([5, 6], { inSight: 20 }));
  assert.deepEqual([...marks.values], [3, 4, 5, 6]);
  assert.deepEqual(marks.at(1), [5, 6]);
  assert.deepEqual(marks.at(2), [NaN, NaN]);
  assert.equal(marks.inSight, 20);
});

const MOST = Number.MAX_VALUE;

test("the scatters of a panel share a scale, which an option may say", () => {
  const ranges = [
    [1, 4],
    [NaN, NaN],
    [-2, 3],
  ];
  assert.deepEqual(colorRange(ranges, "auto"), [-2, 4]);
  assert.deepEqual(colorRange(ranges, [0, null]), [0, 4]);
  assert.deepEqual(colorRange([[5, 5]], null), [5, 5]);
  assert.equal(colorRange([[NaN, NaN]], [0, 1]), null);
  assert.deepEqual(colorRange([[0, 1]], [1e308, null]), [1e308, MOST]);
  const dots = dotsOf([part([], { sizes: [1, 3] }), part([], { sizes: [2, 7] })], null);
  assert.deepEqual(dots, { z: [0, 1], isColored: true, largest: 7, least: 1 });
});

test("colours are 1 to 255, none is 0; the area of a dot grows with its size", () => {
  assert.deepEqual(
    [-1, 0, 1].map((part) => colorNumber(part * MOST, [-MOST, MOST])),
    [1, 128, 255],
  );
  assert.deepEqual(
    [NaN, -9, 0, 0.5, 1, 9].map((value) => colorNumber(value, [0, 1])),
    [0, 1, 1, 128, 255, 255],
  );
  assert.deepEqual(
    [NaN, 0, 25, 100].map((size) => radiusOf(size, 100)),
    [3, 1.5, 6, 12],
  );
  assert.equal(radiusOf(0, 0), 1.5);
});

test("the colours of a density are the logarithms of how many points are in a cell", () => {
  const marks = new Marks(new Vertices());
  marks.apply(0, 0, part([Math.log10(12), NaN], { cell: [1, 2], colors: [0, 3] }));
  assert.ok(marks.isDensity);
  assert.equal(marks.countAt(0), 12);
  assert.deepEqual(countsOf([marks, marks]).z, [0, 3]);
  assert.equal(dotsOf([marks], null).isColored, false);
  const series = { marks, vertices: { count: 1 } };
  assert.deepEqual([countedIn([series, { marks: null }]), thinnedIn([series])], [9, 0]);
  marks.apply(1, 0, part([1, 2]));
  assert.equal(marks.countAt(0), null);
});

test("points are counted of which not all are drawn", () => {
  const series = (inSight, count) => ({ marks: { inSight }, vertices: { count } });
  assert.equal(thinnedIn([series(9, 9), { marks: null, vertices: { count: 1 } }]), 0);
  assert.equal(thinnedIn([series(9, 9), series(100, 9), series(50, 9)]), 150);
});

golden("dots");

/**
 * The colours and sizes of a scatter: what came of them, and how large and of which colour the dots
 * are that they make. The rules are those of zwsnb/painting/dots.py.
 */
import { COLORS, shareOf } from "../image/colormap.js";

/**
 * @typedef {[number, number]} Range the least and the largest value, NaN: there is none
 *
 * @typedef {object} MarksPart of a patch
 * @property {Float64Array} values of its vertices: colour, size, colour, size, ...; NaN: none
 * @property {Range} colors of all points of the series
 * @property {Range} sizes
 * @property {number} inSight points that the vertices of the page stand for
 * @property {Range} cell NaN: vertices are points; else each is the middle of a cell so wide and
 *   high, in scaled values, and its colour the logarithm of how many points are in it
 *
 * @typedef {object} Rows of two numbers each, as of link/vertices.js
 * @property {number} count
 * @property {() => Float64Array} view
 * @property {(drop: number, keep: number, appended: Float64Array) => boolean} apply
 *
 * @typedef {object} Dots how the vertices of a line are drawn
 * @property {Float64Array} values as in a part
 * @property {Range} z values of the first and of the last colour
 * @property {boolean} isColored one has a colour, of all in its panel
 * @property {number} largest size of these
 * @property {number} [least] one; NaN: none has any
 * @property {Range} [cell] of a density, of which vertices are cells
 * @property {string} [edge] colour of an edge of what is dark; empty: it has none
 */

/** Numbers behind the values. */
const TAIL = 7;
/** Pixels: of a dot without a size, of the largest one, of the smallest one. */
const RADIUS = 3;
const LARGEST = 12;
const SMALLEST = 1.5;

/** How many numbers the marks of so many vertices are in a patch. @param {number} count */
export function marksLength(count) {
  return 2 * count + TAIL;
}

/**
 * @param {Float64Array} numbers of a patch
 * @param {number} count of vertices
 * @returns {MarksPart}
 */
export function marksIn(numbers, count) {
  const tail = numbers.subarray(2 * count);
  const [low = NaN, high = NaN, least = NaN, most = NaN, inSight = 0, ...cell] = tail;
  return {
    values: numbers.subarray(0, 2 * count),
    colors: [low, high],
    sizes: [least, most],
    inSight,
    cell: /** @type {Range} */ (cell),
  };
}

/** The other way round. @param {MarksPart} marks @returns {number[]} */
export function marksNumbers({ values, colors, sizes, inSight, cell }) {
  return [...values, ...colors, ...sizes, inSight, ...cell];
}

/** The marks of the vertices of one series. */
export class Marks {
  /** @type {Range} */
  colors = [NaN, NaN];
  /** @type {Range} */
  sizes = [NaN, NaN];
  /** Points that the vertices stand for. */
  inSight = 0;
  /** @type {Range} */
  cell = [NaN, NaN];

  /** @param {Rows} rows that hold them */
  constructor(rows) {
    this.rows = rows;
  }

  get values() {
    return this.rows.view();
  }

  /** As of the vertices. @param {number} drop @param {number} keep @param {MarksPart} part */
  apply(drop, keep, { values, ...its }) {
    this.rows.apply(drop, keep, values);
    Object.assign(this, its);
  }

  /** Are its vertices cells, and its colours counts? */
  get isDensity() {
    return !Number.isNaN(this.cell[0]);
  }

  /** How many points are in the cell of a vertex; null: it is no cell. @param {number} index */
  countAt(index) {
    return this.isDensity ? Math.round(10 ** this.at(index)[0]) : null;
  }

  /** Colour and size of a vertex. @param {number} index @returns {Range} NaN: it has none */
  at(index) {
    const { values } = this;
    return [values[2 * index] ?? NaN, values[2 * index + 1] ?? NaN];
  }
}

/**
 * The values of the first and of the last colour of a panel, of one value it twice; null: no point
 * there has a colour.
 * @param {Range[]} ranges of its series
 * @param {unknown} said of it by an option, as z_range is
 * @returns {Range | null}
 */
export function colorRange(ranges, said) {
  const known = ranges.filter(([low]) => !Number.isNaN(low));
  if (known.length === 0) return null;
  let low = Math.min(...known.map(([least]) => least));
  let high = Math.max(...known.map(([, most]) => most));
  if (Array.isArray(said)) [low, high] = [said[0] ?? low, said[1] ?? high];
  if (low <= high) return [low, high];
  return [low, Math.min(low + (Math.abs(low) || 1), Number.MAX_VALUE)];
}

/**
 * How the scatters of a panel are drawn together: on one scale of colours, and of sizes.
 * @param {Marks[]} all theirs
 * @param {unknown} said of the colours by an option
 * @returns {Omit<Dots, "values">}
 */
export function dotsOf(all, said) {
  const z = colorRange(
    all.filter(({ isDensity }) => !isDensity).map(({ colors }) => colors),
    said,
  );
  const sizes = all.map((one) => one.sizes).filter(([, most]) => most > 0);
  const largest = Math.max(0, ...sizes.map(([, most]) => most));
  const least = sizes.length > 0 ? Math.min(...sizes.map(([its]) => its)) : NaN;
  return { z: z ?? [0, 1], isColored: z !== null, largest, least };
}

/**
 * How the densities of a panel are drawn: on one scale of logarithms of counts.
 * @param {Marks[]} all theirs
 * @returns {Omit<Dots, "values" | "cell">}
 */
export function countsOf(all) {
  return {
    z: [0, Math.max(1, ...all.map(({ colors }) => colors[1]))],
    isColored: true,
    largest: 0,
  };
}

/**
 * Points in sight of the scatters of which not all are drawn.
 * @param {{marks: Marks | null, vertices: {count: number}}[]} all series
 */
export function thinnedIn(all) {
  const some = all.filter(({ marks, vertices }) => marks && marks.inSight > vertices.count);
  return some.reduce((sum, { marks }) => sum + (marks?.isDensity ? 0 : (marks?.inSight ?? 0)), 0);
}

/** Points in sight that are counted by places. @param {{marks: Marks | null}[]} all series */
export function countedIn(all) {
  return all.reduce((sum, { marks }) => sum + (marks?.isDensity ? marks.inSight : 0), 0);
}

/**
 * The number of a value's colour, 1 to 255; 0: it has none.
 * @param {number} value
 * @param {Range} z
 */
export function colorNumber(value, [low, high]) {
  if (Number.isNaN(value)) return 0;
  const part =
    low === high
      ? Math.sign(value - low) * COLORS + (COLORS - 1) / 2
      : shareOf(value, low, high) * (COLORS - 1);
  return Math.floor(Math.max(0, Math.min(COLORS - 1, part)) + 1.5);
}

/**
 * Pixels from the middle of a dot to its edge: its area grows with its size.
 * @param {number} size NaN: it has none
 * @param {number} largest of all
 */
export function radiusOf(size, largest) {
  if (Number.isNaN(size)) return RADIUS;
  const part = largest > 0 ? Math.max(0, size / largest) : 0;
  return Math.max(SMALLEST, LARGEST * Math.sqrt(part));
}

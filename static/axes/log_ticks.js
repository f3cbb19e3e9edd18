/**
 * Ticks of a logarithmic axis: at powers of ten, with 2 and 5 between them where there is room;
 * within a decade at round values, as on any other axis. A tick's `value` is scaled
 * (view/scale.js), its label is of the value itself.
 */
import { formatTick, unitFor } from "../base/numbers.js";
import { multiples, niceStep } from "./ticks.js";

/** @typedef {import("./ticks.js").Ticks} Ticks */

const FIVE_IS_ROUND = Math.log10(2);
const LAST_DIGIT = Math.log10(10 / 9);
const FINE_ROOM = 4;
const BETWEEN = [2, 3, 4, 5, 6, 7, 8, 9];

/**
 * @param {number} min scaled
 * @param {number} max
 * @param {number} pixels
 * @param {(label: string) => number} room pixels that a label needs, the distance to the next one
 *   included
 * @param {string} suffix the unit of measure
 * @returns {Ticks}
 */
export function logTicks(min, max, pixels, room, suffix = "") {
  const perDecade = pixels / (max - min);
  const need = widestRoom(min, max, room, suffix);
  if (perDecade * LAST_DIGIT >= need || (max - min < 1 && perDecade * FIVE_IS_ROUND >= need)) {
    return roundTicks(min, max, pixels, room, suffix);
  }
  const digits = perDecade * FIVE_IS_ROUND >= need ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil(need / perDecade));
  const list = decadesAt(min, max, every, digits).map((value) => ({
    value,
    label: labelOf(value, suffix),
  }));
  const fine =
    every === 1 && perDecade * LAST_DIGIT >= FINE_ROOM ? decadesAt(min, max, 1, BETWEEN) : [];
  return { list, context: "", unit: null, fine };
}

/**
 * @param {number} min
 * @param {number} max
 * @param {(label: string) => number} room
 * @param {string} suffix
 */
function widestRoom(min, max, room, suffix) {
  return Math.max(room(labelOf(Math.ceil(min), suffix)), room(labelOf(Math.floor(max), suffix)));
}

/** @param {number} scaled @param {string} suffix */
function labelOf(scaled, suffix) {
  const value = exactly(scaled);
  return formatTick(value, unitFor(value, value, suffix));
}

/** 10 ** -3 is not 0.001. @param {number} scaled */
function exactly(scaled) {
  return Number((10 ** scaled).toPrecision(3));
}

/**
 * @param {number} min
 * @param {number} max
 * @param {number} every so many decades
 * @param {number[]} digits
 */
function decadesAt(min, max, every, digits) {
  const values = [];
  for (let decade = Math.floor(min / every) * every; decade <= max; decade += every) {
    for (const digit of digits) {
      const scaled = decade + Math.log10(digit);
      if (scaled >= min && scaled <= max) values.push(scaled);
    }
  }
  return values;
}

/**
 * Multiples of one round step, far enough apart at the upper end, where they are closest.
 * @param {number} min
 * @param {number} max
 * @param {number} pixels
 * @param {(label: string) => number} room
 * @param {string} suffix
 * @returns {Ticks}
 */
function roundTicks(min, max, pixels, room, suffix) {
  const [low, high] = [10 ** min, 10 ** max];
  const perUnit = pixels / (max - min) / (high * Math.LN10);
  const widest = (/** @type {number} */ step) =>
    room(formatTick(Math.floor(high / step) * step, unitFor(high, step, suffix)));
  let step = niceStep(room("") / perUnit);
  while (step * perUnit < widest(step) && step < high) step = niceStep(step * 1.5);
  const unit = unitFor(high, step, suffix);
  const list = multiples(low, high, step).map((value) => ({
    value: Math.log10(value),
    label: formatTick(value, unit),
  }));
  return { list, context: "", unit, fine: [] };
}

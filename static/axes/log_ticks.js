/**
 * Ticks of a logarithmic axis: at powers of ten, with 2 and 5 between them where there is room;
 * within a decade at round values, as on any other axis. A tick's `value` is scaled
 * (view/scale.js), its label is of the value itself.
 */
import { formatPower, formatTick, hasPrefixes, unitFor } from "../base/numbers.js";
import { LOG } from "../view/scale.js";
import { LARGEST_STEP, multiples, niceStep } from "./round_steps.js";
import { distinct } from "./ticks.js";

/** @typedef {import("./ticks.js").Ticks} Ticks */

const FIVE_IS_ROUND = Math.log10(2);
const LAST_DIGIT = Math.log10(10 / 9);
const FINE_ROOM = 4;
const ONE = [1];
const FIVES = [1, 2, 5];
const BETWEEN = [2, 3, 4, 5, 6, 7, 8, 9];

/**
 * @param {number} min scaled
 * @param {number} max
 * @param {number} pixels
 * @param {(label: string) => number} room pixels that a label needs, the distance to the next one
 *   included
 * @param {string} suffix the unit of measure
 * @param {number} ahead so much more of the axis has ticks, written alike
 * @returns {Ticks}
 */
export function logTicks(min, max, pixels, room, suffix = "", ahead = 0) {
  const perDecade = pixels / (max - min);
  const need = widestRoom(min, max, ONE, room, suffix);
  const isRoomForFives = (/** @type {number} */ pixels) => perDecade * FIVE_IS_ROUND >= pixels;
  if (perDecade * LAST_DIGIT >= need || (max - min < 1 && isRoomForFives(need))) {
    return roundTicks(min, max, pixels, room, suffix, ahead);
  }
  // 2×10⁻⁶ is wider than 10⁻⁶.
  const hasFives =
    isRoomForFives(need) && isRoomForFives(widestRoom(min, max, FIVES, room, suffix));
  const digits = hasFives ? FIVES : ONE;
  const every = Math.max(1, Math.ceil(need / perDecade));
  const labelOf = labelsFor(decadesAt(min, max, every, digits), suffix);
  const list = decadesAt(min, max + ahead, every, digits).map((value) => ({
    value,
    label: labelOf(value),
  }));
  const fine =
    every === 1 && perDecade * LAST_DIGIT >= FINE_ROOM
      ? decadesAt(min, max + ahead, 1, BETWEEN)
      : [];
  return { list, context: "", fine };
}

/**
 * Not at the ends only: 1 000 000 s is wider than 1 s and 10⁸ s.
 * @param {number} min
 * @param {number} max
 * @param {number[]} digits
 * @param {(label: string) => number} room
 * @param {string} suffix
 */
function widestRoom(min, max, digits, room, suffix) {
  const positions = decadesAt(min, max, 1, digits);
  const labelOf = labelsFor(positions, suffix);
  return Math.max(room(labelOf(Math.floor(min))), ...positions.map((one) => room(labelOf(one))));
}

/**
 * How decades are written: each with a prefix of its own; where there is none, all as powers of ten
 * if one of them is.
 * @param {number[]} positions scaled values, that are seen
 * @param {string} suffix
 * @returns {(scaled: number) => string}
 */
function labelsFor(positions, suffix) {
  const unitOf = (/** @type {number} */ value) => unitFor(value, value, suffix);
  const hasPowers = !hasPrefixes(suffix) && positions.some((one) => unitOf(exactly(one)).isPower);
  return (scaled) => {
    const value = exactly(scaled);
    return hasPowers ? formatPower(value, suffix) : formatTick(value, unitOf(value));
  };
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
 * @param {number} ahead
 * @returns {Ticks}
 */
function roundTicks(min, max, pixels, room, suffix, ahead) {
  const low = LOG.valueAt(min);
  const high = LOG.valueAt(max);
  const end = LOG.valueAt(max + ahead);
  const perPixel = ((max - min) / pixels) * Math.LN10 * high;
  const widest = (/** @type {number} */ step) =>
    room(formatTick(Math.floor(high / step) * step, unitFor(high, step, suffix)));
  let step = niceStep(room("") * perPixel);
  while (step / perPixel < widest(step) && step < Math.min(high, LARGEST_STEP))
    step = niceStep(step * 1.5);
  const unit = unitFor(high, step, suffix);
  const values = multiples(low, end, step).filter((value) => value > 0);
  const list = values.map((value) => ({
    value: Math.log10(value),
    label: formatTick(value, unit),
  }));
  return { list: distinct(list), context: "", fine: [] };
}

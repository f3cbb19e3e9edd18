/**
 * Values, positions and distances as they are read off, with the digits that the zoom deserves and
 * in a size of their own; a time in a time zone with the date unless it is today's.
 */
import {
  digitsOf,
  exponentOf,
  MINUS,
  plainSize,
  pointed,
  powerOfTen,
  powerSize,
  sizeOf,
  THIN,
  written,
} from "./numbers.js";
import { NANOSECONDS, OWN, wallAt } from "./zones.js";

/** Decimals that a prefix or a power may have: two more than a tick's. */
const MOST_BEHIND = 5;
/** From here on, JavaScript itself writes no digits but an exponent. */
const LARGEST_PLAIN = 21;
const MOST_DECIMALS = 20;
/** Of a pixel: what is smaller is 0 beside what is shown. */
const UNSEEN = 1e-2;
/** Digits of a value that would else be nothing but zeros. */
const FEWEST = 3;
const SIX = 6;
/** Digits that a double is sure of: no zeros are written beyond them. */
const SURE = 15;
/** Powers of ten that are plain digits beside labels that are powers: 0.05 to 500. */
const PLAIN_BESIDE_POWERS = { from: -2, to: 2 };
/** Digits of a value that stands alone. */
export const ALONE = 4;
/** A value is off the axis that is so many times larger than all that the axis shows. */
const FAR = 10;
const THOUSANDTHS = 3;
const NANO = 9;
const MICRO = 6;
/** The years 1 to 9999. */
const CALENDAR = { from: -62135596800, to: 253402300800 };

/**
 * What of an axis says how a number is read beside it.
 * @typedef {object} Beside
 * @property {boolean} log
 * @property {number} low value at one end
 * @property {number} high
 * @property {string} suffix the unit of measure
 * @property {(value: number) => number} perPixel units of a pixel at a value
 */

/**
 * A value beside its axis, to be seen while it changes: as many decimals as a pixel deserves, so
 * that it keeps its width, unless it is whole.
 * @param {number} value
 * @param {Beside} axis
 */
export function formatBeside(value, axis) {
  return besideOf(value, axis, { fewest: FEWEST, isSteady: true });
}

/**
 * A value that is read by itself, from afar: in its first digits, whatever the zoom deserves, and
 * in the size that it has in the legend.
 * @param {number} value
 * @param {Beside} axis
 */
export function formatAlone(value, axis) {
  return besideOf(value, axis, { fewest: ALONE, isAlone: true, isSteady: true });
}

/**
 * Is a value, or a difference, so small that it is 0 beside its axis?
 * @param {number} value
 * @param {Beside} axis
 */
export function isUnseen(value, axis) {
  return isNothing(value, axis.perPixel(value));
}

/**
 * A value that is read off, which is a true one: written as in the legend, with a digit more than
 * half a pixel deserves, and with fewer where there is little room.
 * @param {number} value
 * @param {Beside} axis
 * @param {number} most digits
 */
export function formatValue(value, axis, most = Infinity) {
  return besideOf(value, axis, { fewest: FEWEST, most, isTrue: true, isSteady: true });
}

/**
 * @param {number} value
 * @param {Beside} axis
 * @param {Style & {isTrue?: boolean}} style isTrue: it is more than what the zoom shows
 */
function besideOf(value, axis, { isTrue, ...style }) {
  const pixel = axis.perPixel(value);
  if (isNothing(value, pixel)) return nothing(value, axis.suffix);
  const last = lastOn(axis, value, pixel);
  const finest = isTrue ? lastOn(axis, value, pixel / 2) - 1 : last;
  return read(value, last, axis.suffix, { ...style, finest, axis: sizeOn(axis) });
}

/**
 * A position: what is less than a pixel is 0. Large whole numbers, such as nanoseconds, are written
 * out where the zoom deserves it.
 * @param {number} x
 * @param {Beside} axis
 */
export function formatX(x, axis) {
  if (!Number.isFinite(x) || x === 0) return nothing(x, axis.suffix);
  const last = lastOn(axis, x, axis.perPixel(x));
  return read(x, last, axis.suffix, { axis: sizeOn(axis) });
}

/**
 * What a difference is written in.
 * @typedef {object} Measure
 * @property {string} suffix the unit of measure
 * @property {number} pixel of the axis, in that unit; 0: there is none
 * @property {import("./numbers.js").Size | null} axis how the labels beside it are written
 */

/**
 * That of an axis, at a value.
 * @param {Beside} axis
 * @param {number} value
 * @returns {Measure}
 */
export function measureOn(axis, value) {
  return { suffix: axis.suffix, pixel: axis.perPixel(value), axis: sizeOn(axis) };
}

/** That of a unit alone. @param {string} suffix @returns {Measure} */
export function measureIn(suffix) {
  return { suffix, pixel: 0, axis: null };
}

/**
 * Differences and means of doubles end in noise: six digits, and no more of them than one beyond a
 * pixel.
 * @param {number} value
 * @param {Measure} measure
 */
export function formatSix(value, { suffix, pixel, axis }) {
  if (isNothing(value, pixel)) return nothing(value, suffix);
  const first = exponentOf(Math.abs(value));
  const sixth = first - SIX + 1;
  const last = pixel > 0 ? Math.max(sixth, exponentOf(pixel) - 1) : sixth;
  const isSeen = first >= exponentOf(pixel);
  return read(value, last, suffix, { fewest: FEWEST, axis: isSeen ? axis : null });
}

/** @param {number} value @param {number} perPixel */
export function isNothing(value, perPixel) {
  return !Number.isFinite(value) || value === 0 || Math.abs(value) < UNSEEN * perPixel;
}

/** @param {number} value @param {string} suffix */
export function nothing(value, suffix) {
  return Number.isFinite(value) ? written("0", false, plainSize(suffix)) : "–";
}

/**
 * The power of ten of the last digit that an axis deserves. Of a logarithmic one a pixel is a part
 * of the value, and says less than three digits; of what is far off the axis it says nothing.
 * @param {Beside} axis
 * @param {number} value not 0
 * @param {number} finest what it shows there
 */
export function lastOn({ log, low, high }, value, finest) {
  const third = digitsOf(value, FEWEST).exponent - FEWEST + 1;
  const isFar = Math.abs(value) > FAR * Math.max(Math.abs(low), Math.abs(high));
  if (isFar || !(finest > 0)) return third;
  return log ? Math.min(exponentOf(finest), third) : exponentOf(finest);
}

/** How its labels are written; null: each by itself. @param {Beside} axis */
export function sizeOn({ log, low, high, suffix }) {
  if (!log) return sizeOf(exponentOf(Math.max(Math.abs(low), Math.abs(high))), suffix);
  const decades = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
  return decades.map((one) => sizeOf(one, suffix)).find(({ isPower }) => isPower) ?? null;
}

/**
 * How a number is read.
 * @typedef {object} Style
 * @property {number} [fewest] digits of what would else have none; none: it is 0
 * @property {boolean} [isAlone] whatever the zoom deserves, it has the fewest digits
 * @property {number} [finest] the power of ten of the last digit, where that is another
 * @property {number} [most] digits
 * @property {boolean} [isSteady] with zeros at the end
 * @property {import("./numbers.js").Size | null} [axis] how the labels beside it are written
 * @property {boolean} [isRounded] it was not whole
 *
 * @param {number} value finite, not 0
 * @param {number} last the power of ten of the last digit that the zoom deserves
 * @param {string} suffix the unit of measure
 * @param {Style} style
 * @returns {string}
 */
export function read(value, last, suffix, style) {
  const { fewest = 0, finest = last, most = Infinity, isAlone, isSteady, isRounded } = style;
  const first = digitsOf(value).exponent;
  const isSmall = first < Math.min(last, 0);
  if (isSmall && fewest === 0) return nothing(value, suffix);
  const own = first - fewest + 1;
  const size = sizeFor(
    first,
    isAlone ? Math.max(last, own) : last,
    suffix,
    isSmall ? null : style.axis,
  );
  // The digits before the point are written in any case.
  const least = size.isPower && fewest > 0 ? Math.min(finest, own) : finest;
  const end = Math.min(isSmall || isAlone ? own : least, size.exponent);
  const its = digitsOf(value, Math.min(first - end + 1, most));
  // 999.96 is 1.000 k.
  if (its.exponent > first) {
    const rounded = Math.sign(value) * powerOfTen(its.exponent);
    return read(rounded, last, suffix, { ...style, isRounded: true });
  }
  const isWhole = !isRounded && !pointed(digitsOf(value), size.exponent).includes(".");
  const zeros = size.exponent - Math.max(end, first - Math.min(SURE, most) + 1);
  const decimals = isSteady && !isWhole ? Math.max(0, zeros) : 0;
  return written(pointed(its, size.exponent, decimals), value < 0, size);
}

/**
 * The size of a number itself; or that of its axis, where that is larger, no prefix makes little of
 * the number, and the zoom deserves a digit of it in that size: 0.05 V, but 45 kV, and not
 * 0.045 MV; 200 V, and not 0.2 kV, where a pixel is 3 kV. Beside powers of ten it is one.
 * @param {number} first the power of ten of the first digit
 * @param {number} last of the last one
 * @param {string} suffix
 * @param {import("./numbers.js").Size | null} [axis]
 */
export function sizeFor(first, last, suffix, axis = null) {
  const { from, to } = PLAIN_BESIDE_POWERS;
  const isPower = axis?.isPower && (first < from || first > to);
  const own = isPower ? powerSize(first, suffix) : sizeOf(first, suffix);
  const isSaid = axis !== null && !axis.isPower && own.exponent < axis.exponent;
  const isNear = isSaid && first >= last && (axis.exponent === 0 || first >= axis.exponent - 1);
  const size = isNear ? axis : own;
  const isHidden = size.exponent > 0 && size.exponent - last > MOST_BEHIND;
  return isHidden && first < LARGEST_PLAIN ? plainSize(suffix) : size;
}

/** Decimals that tell two pixels apart. @param {number} perPixel units */
function decimalsFor(perPixel) {
  return perPixel > 0 ? Math.max(0, Math.min(MOST_DECIMALS, -Math.floor(Math.log10(perPixel)))) : 0;
}

/**
 * A point in time in a time zone; a number where no calendar has it.
 * @param {number} x seconds since the zone's origin
 * @param {number} perPixel seconds
 * @param {number} now seconds since 1970: today's date is left out
 * @param {import("./zones.js").Zone} zone
 */
export function formatTime(x, perPixel, now, zone = OWN) {
  const time = x + zone.origin;
  if (!(time >= CALENDAR.from && time < CALENDAR.to)) return formatSeconds(time, perPixel);
  const most = Math.abs(x) < NANOSECONDS ? NANO : MICRO;
  const { whole, fraction } = secondAnd(x, Math.min(most, decimalsFor(perPixel)));
  const date = wallAt(zone, whole);
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
  const isToday = day(date) === day(wallAt(zone, now - zone.origin));
  return `${isToday ? "" : `${day(date)} `}${clock.map(two).join(":")}${fraction}`;
}

/** @param {number} time @param {number} perPixel */
function formatSeconds(time, perPixel) {
  return Number.isFinite(time) && time !== 0
    ? read(time, exponentOf(perPixel), "", {})
    : nothing(time, "");
}

/**
 * A time as whole seconds, and as text what is over, in so many digits.
 * @param {number} x seconds
 * @param {number} digits
 */
export function secondAnd(x, digits) {
  const second = Math.floor(x);
  // Apart: together they have more digits than a double.
  const part = Math.floor((x - second) * 10 ** digits + 0.5);
  const whole = part === 10 ** digits ? second + 1 : second;
  const rest = String(whole === second ? part : 0).padStart(digits, "0");
  return { whole, fraction: digits > 0 ? `.${rest}` : "" };
}

/** @param {Date} date */
function day(date) {
  const year = String(date.getUTCFullYear()).padStart(4, "0");
  return `${year}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, "0");
}

/**
 * A duration: µs, ms and s by their size, then minutes, hours and days.
 * @param {number} seconds
 * @param {number} pixel of the axis, in seconds; 0: there is none
 */
export function formatDuration(seconds, pixel = 0) {
  const size = Math.abs(seconds);
  const sign = seconds < 0 ? MINUS : "";
  if (size < 60) return formatSix(seconds, { ...measureIn("s"), pixel });
  const digits = pixel > 0 ? Math.min(THOUSANDTHS, decimalsFor(pixel)) : THOUSANDTHS;
  const rest = rounded(size % 60, digits);
  if (size < 3600) return `${sign}${Math.floor(size / 60)}${THIN}min ${rest}${THIN}s`;
  if (size < 86400)
    return `${sign}${Math.floor(size / 3600)}${THIN}h ${rounded((size % 3600) / 60)}${THIN}min`;
  return `${sign}${Math.floor(size / 86400)}${THIN}d ${rounded((size % 86400) / 3600)}${THIN}h`;
}

/** @param {number} value @param {number} digits */
function rounded(value, digits = THOUSANDTHS) {
  return String(Math.floor(value * 10 ** digits) / 10 ** digits);
}

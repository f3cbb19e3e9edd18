/**
 * Values, positions and distances as they are read off: a value with all its significant digits, an
 * x with those that the zoom deserves, a time in a time zone with the date unless it is today's.
 */
import { decimalsIn, digitsFor, format, formatDigits, group } from "./numbers.js";
import { NANOSECONDS, OWN, wallAt } from "./zones.js";

const DIGITS = 10;
const SMALLEST = 1e-4;
const LARGEST = 1e15;
/** From here on, JavaScript itself writes no digits but an exponent. */
const LARGEST_WHOLE = 1e21;
const MOST_DECIMALS = 20;
const NANO = 9;
const MICRO = 6;
/** The years 1 to 9999. */
const CALENDAR = { from: -62135596800, to: 253402300800 };
const MINUS = "\u2212";
const THIN = "\u202f";

/**
 * Ten digits, or as many as the zoom deserves, and no zeros at their end.
 * @param {number} value
 * @param {number} perPixel units of a pixel there
 */
export function formatExact(value, perPixel = Infinity) {
  return formatDigits(value, Math.max(DIGITS, digitsFor(value, perPixel)));
}

/** Decimals that tell two pixels apart. @param {number} perPixel units */
export function decimalsFor(perPixel) {
  return perPixel > 0 ? Math.max(0, Math.min(MOST_DECIMALS, -Math.floor(Math.log10(perPixel)))) : 0;
}

/**
 * Large whole numbers, such as nanoseconds, are written out where the zoom deserves it.
 * @param {number} x
 * @param {number} perPixel
 */
export function formatX(x, perPixel) {
  const size = Math.abs(x);
  const digits = digitsFor(x, perPixel);
  const plain = digits > DIGITS ? LARGEST_WHOLE : LARGEST;
  if (size >= plain || (size !== 0 && size < SMALLEST)) return formatExact(x, perPixel);
  // The shortest digits of this double: what follows them is no part of what was published.
  if (size >= LARGEST) return (x < 0 ? MINUS : "") + group(String(size));
  const rounded = Number(x.toFixed(decimalsFor(perPixel)));
  return format(rounded, { power: 0, decimals: decimalsIn(rounded), scientific: false });
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
  if (!(time >= CALENDAR.from && time < CALENDAR.to)) return formatX(time, perPixel);
  const most = Math.abs(x) < NANOSECONDS ? NANO : MICRO;
  const { whole, fraction } = secondAnd(x, Math.min(most, decimalsFor(perPixel)));
  const date = wallAt(zone, whole);
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
  const isToday = day(date) === day(wallAt(zone, now - zone.origin));
  return `${isToday ? "" : `${day(date)} `}${clock.map(two).join(":")}${fraction}`;
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
 */
export function formatDuration(seconds) {
  const size = Math.abs(seconds);
  const sign = seconds < 0 ? MINUS : "";
  if (size < 60) return formatQuantity(seconds, "s");
  if (size < 3600) return `${sign}${Math.floor(size / 60)}${THIN}min ${rounded(size % 60)}${THIN}s`;
  if (size < 86400)
    return `${sign}${Math.floor(size / 3600)}${THIN}h ${rounded((size % 3600) / 60)}${THIN}min`;
  return `${sign}${Math.floor(size / 86400)}${THIN}d ${rounded((size % 86400) / 3600)}${THIN}h`;
}

/** @param {number} value */
function rounded(value) {
  return String(Math.floor(value * 1000) / 1000);
}

const PREFIXES = ["p", "n", "µ", "m", "", "k", "M", "G", "T"];
const UNITY = PREFIXES.indexOf("");

/**
 * Six digits and a unit with its prefix: 12.5 ms, 80 Hz.
 * @param {number} value
 * @param {string} unit
 */
export function formatQuantity(value, unit) {
  if (!Number.isFinite(value)) return "–";
  const power = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value) * (1 + 1e-9)) / 3);
  const prefix = unit.length > 0 && unit.length < 3 ? PREFIXES[power + UNITY] : undefined;
  const scaled = prefix === undefined ? value : value / 1000 ** power;
  return joined(formatExact(Number(scaled.toPrecision(6))), (prefix ?? "") + unit);
}

/** @param {string} text @param {string} unit */
export function joined(text, unit) {
  return unit ? `${text}${THIN}${unit}` : text;
}

/**
 * A time axis in a time zone, the reader's or one that is named: x is seconds since the zone's
 * origin; ticks stand on round local times, from nanoseconds to years, with the date only where it
 * changes or is not today's.
 */
import { secondAnd } from "../base/readings_text.js";
import { NANOSECONDS, OWN, timeOf, wall, wallAt } from "../base/zones.js";
import { multiples } from "./round_steps.js";
import { labelledTicks, unitsPerPixel } from "./ticks.js";

/** @typedef {import("./ticks.js").Ticks} Ticks */
/** @typedef {import("./ticks.js").Tick} Tick */
/** @typedef {import("../base/zones.js").Zone} Zone */

/**
 * @typedef {object} First
 * @property {number} x of its middle
 * @property {number} width seconds
 *
 * @typedef {object} Step
 * @property {"second" | "hour" | "day" | "month" | "year"} unit
 * @property {number} count of units
 * @property {number} seconds about
 */

const LABEL_GAP = 28;
const CALM_SPACING = 80;
const HOUR = 3600;
const DAY = 86400;
const MONTH = 2629746;
const YEAR = 31556952;
const MOST_TICKS = 200;
/** Seconds, the finest step where doubles have no nanoseconds. */
const MICROSECOND = 1e-6;
/** Columns that are seen, for which no label stands within one. */
const FEWEST_COLUMNS = 2;
/** Of its width: days and months are not all as long as one another. */
const ABOUT = 0.9;
/** The years that have four digits, 1000 to 9998: times before and after them are numbers. */
const CALENDAR = { from: -30610224000, to: 253370764800 };

/** @type {Step[]} */
const STEPS = [
  ...[-9, -8, -7, -6, -5, -4, -3, -2, -1].flatMap((power) =>
    [1, 2, 5].map((factor) => step("second", Number(`${factor}e${power}`), 1)),
  ),
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800].map((count) => step("second", count, 1)),
  ...[1, 2, 3, 6, 12].map((count) => step("hour", count, HOUR)),
  ...[1, 2, 7].map((count) => step("day", count, DAY)),
  ...[1, 3, 6].map((count) => step("month", count, MONTH)),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((count) => step("year", count, YEAR)),
];

/**
 * @param {Step["unit"]} unit
 * @param {number} count
 * @param {number} length of one unit in seconds
 * @returns {Step}
 */
function step(unit, count, length) {
  return { unit, count, seconds: count * length };
}

/**
 * @param {number} min seconds since the zone's origin
 * @param {number} max
 * @param {number} pixels
 * @param {import("./ticks.js").Measure} measure
 * @param {number} now seconds since 1970
 * @param {number} ahead so much more of the axis has ticks
 * @param {Zone} zone
 * @param {First} [first] column of an image that is seen: its date is said, and no time within it
 * @returns {Ticks}
 */
export function timeTicks(min, max, pixels, measure, now, ahead = 0, zone = OWN, first) {
  const { origin } = zone;
  if (min + origin < CALENDAR.from || max + origin > CALENDAR.to) {
    // A range that is too narrow for such numbers is one of differences.
    const by = min + origin < max + origin ? origin : 0;
    return movedTicks(labelledTicks(min + by, max + by, pixels, measure, "", ahead), -by);
  }
  const { x: begin, width } = first ?? { x: min, width: 0 };
  const within = max - min < FEWEST_COLUMNS * width ? 0 : ABOUT * width;
  const finest = Math.max(within, Math.max(-min, max) < NANOSECONDS ? 0 : MICROSECOND);
  const chosen = chooseStep(unitsPerPixel(min, max, pixels), measure, finest);
  const end = Math.min(max + ahead, CALENDAR.to - origin);
  const list = valuesOf(chosen, min, end, zone).map((value) => ({
    value,
    label: labelOf(value, chosen, zone),
  }));
  const seen = list.filter(({ value }) => value <= max);
  const from = within > 0 && begin <= max ? begin : min;
  const [earliest, latest, today] = [from, max, now - origin].map((x) => wallAt(zone, x));
  const date = dateOf(earliest, latest, chosen, seen, today);
  return { list, context: [date, zone.name].filter(Boolean).join(" · ") };
}

/** @param {Ticks} ticks @param {number} by @returns {Ticks} */
function movedTicks(ticks, by) {
  const list = ticks.list.map((tick) => ({ ...tick, value: tick.value + by }));
  return { ...ticks, list };
}

/**
 * @param {number} perPixel seconds
 * @param {import("./ticks.js").Measure} measure
 * @param {number} finest seconds
 */
function chooseStep(perPixel, measure, finest) {
  const fits = STEPS.find(
    (one) =>
      one.seconds >= finest &&
      one.seconds / perPixel >= Math.max(CALM_SPACING, measure(template(one)) + LABEL_GAP),
  );
  return fits ?? /** @type {Step} */ (STEPS.at(-1));
}

/** The widest label of a step. @param {Step} step */
function template(step) {
  switch (step.unit) {
    case "second":
      return step.seconds >= 60
        ? "00 May"
        : `00:00:00${fractionDigits(step) ? `.${"0".repeat(fractionDigits(step))}` : ""}`;
    case "hour":
      return "00 May";
    case "day":
      return "00 May";
    default:
      return "0000";
  }
}

/** @param {Step} step */
function fractionDigits(step) {
  return step.seconds >= 1 ? 0 : Math.ceil(-Math.log10(step.seconds) - 1e-9);
}

/**
 * @param {Step} step
 * @param {number} min
 * @param {number} max
 * @param {Zone} zone
 * @returns {number[]}
 */
function valuesOf(step, min, max, zone) {
  const first = wallAt(zone, min);
  const [year, month, day] = [first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate()];
  const from = (/** @type {number} */ start, /** @type {(index: number) => number} */ shownOf) =>
    walk(start, step, max, min, (index) => timeOf(zone, shownOf(index)));
  switch (step.unit) {
    case "second":
      return secondValues(step.count, min, max, zone.origin + zone.offsetAt(min + zone.origin));
    case "hour":
      return from(first.getUTCHours(), (hours) => wall(year, month, day, hours));
    case "day":
      return from(dayNumber(first) + 3, (days) => wall(1970, 0, days - 2));
    case "month":
      return from(month, (months) => wall(year, months));
    case "year":
      return from(year, (years) => wall(years, 0));
  }
}

/**
 * Round in local time: zones are offset by hours, halves and quarters of them.
 * @param {number} count
 * @param {number} min
 * @param {number} max
 * @param {number} offset
 */
function secondValues(count, min, max, offset) {
  if (count < 1) return multiples(min, max, count);
  return multiples(min + offset, max + offset, count).map((value) => value - offset);
}

/**
 * @param {number} start index of the unit at or before the first tick
 * @param {Step} step
 * @param {number} max
 * @param {number} min
 * @param {(index: number) => number} timeAt seconds since the zone's origin
 */
function walk(start, step, max, min, timeAt) {
  /** @type {number[]} */
  const values = [];
  for (
    let index = Math.floor(start / step.count) * step.count;
    values.length < MOST_TICKS;
    index += step.count
  ) {
    const value = timeAt(index);
    if (!(value <= max)) break;
    if (value >= min && value > (values.at(-1) ?? -Infinity)) values.push(value);
  }
  return values;
}

/** Days since 1970 of a date. @param {Date} date */
function dayNumber(date) {
  return Math.floor(date.getTime() / 86400000);
}

/**
 * @param {number} value
 * @param {Step} step
 * @param {Zone} zone
 */
function labelOf(value, step, zone) {
  const { whole, fraction } = secondAnd(value, fractionDigits(step));
  const date = wallAt(zone, whole);
  switch (step.unit) {
    case "second":
      return step.seconds >= 60 ? hoursOrDay(date) : clock(date) + fraction;
    case "hour":
      return hoursOrDay(date);
    case "day":
      return dayAndMonth(date);
    case "month":
      return date.getUTCMonth() === 0
        ? String(date.getUTCFullYear())
        : inWords(date, { month: "short" });
    case "year":
      return String(date.getUTCFullYear());
  }
}

/** At midnight the day is the news. @param {Date} date */
function hoursOrDay(date) {
  const midnight = date.getUTCHours() === 0 && date.getUTCMinutes() === 0;
  return midnight ? dayAndMonth(date) : `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** @param {Date} date */
function clock(date) {
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

/** @param {Date} date */
function dayAndMonth(date) {
  return inWords(date, { day: "numeric", month: "short" });
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, "0");
}

/**
 * The date, if the labels leave it out and it is not today; the year, if they leave it out and it
 * is not this one.
 * @param {Date} first on the wall
 * @param {Date} last
 * @param {Step} step
 * @param {Tick[]} list
 * @param {Date} today
 */
function dateOf(first, last, step, list, today) {
  if (step.unit === "year") return "";
  if (step.unit === "month")
    return list.some((tick) => /^\d{4}$/.test(tick.label)) ? "" : String(first.getUTCFullYear());
  if (step.unit === "day")
    return sameYear(first, today) && sameYear(last, today) ? "" : String(first.getUTCFullYear());
  return sameDay(first, today) && sameDay(last, today) ? "" : fullDate(first);
}

/** @param {Date} a @param {Date} b */
function sameYear(a, b) {
  return a.getUTCFullYear() === b.getUTCFullYear();
}

/** @param {Date} a @param {Date} b */
function sameDay(a, b) {
  return dayNumber(a) === dayNumber(b);
}

/** @param {Date} date */
function fullDate(date) {
  return inWords(date, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
}

/**
 * In the reader's words, whose calendar may be another than that of the months and years at which
 * ticks stand.
 * @param {Date} date on the wall
 * @param {Intl.DateTimeFormatOptions} parts
 */
function inWords(date, parts) {
  return date.toLocaleDateString(undefined, { ...parts, calendar: "gregory", timeZone: "UTC" });
}

/**
 * A time axis in the user's time zone: x is seconds since 1970 (UTC); ticks stand on round local
 * times, from microseconds to years, with the date only where it changes or is not today's.
 */
import { multiples } from "./round_steps.js";
import { labelledTicks, unitsPerPixel } from "./ticks.js";

/** @typedef {import("./ticks.js").Ticks} Ticks */
/** @typedef {import("./ticks.js").Tick} Tick */

/**
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
/** The years that have four digits, 1000 to 9998: times before and after them are numbers. */
const CALENDAR = { from: -30610224000, to: 253370764800 };

/** @type {Step[]} */
const STEPS = [
  ...[-6, -5, -4, -3, -2, -1].flatMap((power) =>
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
 * @param {number} min seconds since 1970
 * @param {number} max
 * @param {number} pixels
 * @param {import("./ticks.js").Measure} measure
 * @param {number} now seconds since 1970
 * @param {number} ahead so much more of the axis has ticks
 * @returns {Ticks}
 */
export function timeTicks(min, max, pixels, measure, now, ahead = 0) {
  if (min < CALENDAR.from || max > CALENDAR.to)
    return labelledTicks(min, max, pixels, measure, "", ahead);
  const chosen = chooseStep(unitsPerPixel(min, max, pixels), measure);
  const list = valuesOf(chosen, min, Math.min(max + ahead, CALENDAR.to)).map((value) => ({
    value,
    label: labelOf(value, chosen),
  }));
  const seen = list.filter(({ value }) => value <= max);
  return { list, context: contextOf(min, max, chosen, seen, now), unit: null };
}

/**
 * @param {number} perPixel seconds
 * @param {import("./ticks.js").Measure} measure
 */
function chooseStep(perPixel, measure) {
  const fits = STEPS.find(
    (one) => one.seconds / perPixel >= Math.max(CALM_SPACING, measure(template(one)) + LABEL_GAP),
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
 * @returns {number[]}
 */
function valuesOf(step, min, max) {
  const first = new Date(min * 1000);
  switch (step.unit) {
    case "second":
      return secondValues(step.count, min, max);
    case "hour":
      return walk(
        first.getHours(),
        step,
        max,
        min,
        (hours) => new Date(first.getFullYear(), first.getMonth(), first.getDate(), hours),
      );
    case "day":
      return walk(dayNumber(first) + 3, step, max, min, (days) => new Date(1970, 0, days - 2));
    case "month":
      return walk(
        first.getMonth(),
        step,
        max,
        min,
        (months) => new Date(first.getFullYear(), months, 1),
      );
    case "year":
      return walk(first.getFullYear(), step, max, min, (years) => firstDayOf(years));
  }
}

/**
 * Round in local time: zones are offset by hours, halves and quarters of them.
 * @param {number} count
 * @param {number} min
 * @param {number} max
 */
function secondValues(count, min, max) {
  if (count < 1) return multiples(min, max, count);
  const offset = offsetAt(min);
  return multiples(min + offset, max + offset, count).map((value) => value - offset);
}

/**
 * Seconds that clocks are ahead of UTC. getTimezoneOffset has minutes only, but until 1893 Berlin
 * had 53 min 28 s.
 * @param {number} time
 */
function offsetAt(time) {
  const date = new Date(Math.floor(time) * 1000);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()];
  const local = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), ...clock);
  return (local - date.getTime()) / 1000;
}

/**
 * @param {number} start index of the unit at or before the first tick
 * @param {Step} step
 * @param {number} max
 * @param {number} min
 * @param {(index: number) => Date} dateOf
 */
function walk(start, step, max, min, dateOf) {
  /** @type {number[]} */
  const values = [];
  for (
    let index = Math.floor(start / step.count) * step.count;
    values.length < MOST_TICKS;
    index += step.count
  ) {
    const value = dateOf(index).getTime() / 1000;
    if (!(value <= max)) break;
    if (value >= min && value > (values.at(-1) ?? -Infinity)) values.push(value);
  }
  return values;
}

/** Days since 1970 of a local date. @param {Date} date */
function dayNumber(date) {
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86400000);
}

/** Date's constructor takes the years 0 to 99 for 1900 to 1999. @param {number} year */
function firstDayOf(year) {
  const date = new Date(2000, 0, 1);
  date.setFullYear(year);
  return date;
}

/**
 * @param {number} value
 * @param {Step} step
 */
function labelOf(value, step) {
  const digits = fractionDigits(step);
  const date = new Date(Math.floor(value + 1e-7) * 1000);
  switch (step.unit) {
    case "second":
      return step.seconds >= 60 ? hoursOrDay(date) : clock(date) + fraction(value, digits);
    case "hour":
      return hoursOrDay(date);
    case "day":
      return dayAndMonth(date);
    case "month":
      return date.getMonth() === 0
        ? String(date.getFullYear())
        : date.toLocaleDateString(undefined, { month: "short" });
    case "year":
      return String(date.getFullYear());
  }
}

/** At midnight the day is the news. @param {Date} date */
function hoursOrDay(date) {
  const midnight = date.getHours() === 0 && date.getMinutes() === 0;
  return midnight ? dayAndMonth(date) : `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** @param {Date} date */
function clock(date) {
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** @param {Date} date */
function dayAndMonth(date) {
  return date.toLocaleDateString(undefined, { day: "numeric", month: "short" });
}

/**
 * @param {number} value
 * @param {number} digits
 */
function fraction(value, digits) {
  if (digits === 0) return "";
  const rest = value - Math.floor(value + 1e-7);
  return `.${String(Math.round(Math.max(0, rest) * 10 ** digits)).padStart(digits, "0")}`;
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, "0");
}

/**
 * The date, if the labels leave it out and it is not today; the year, if they leave it out and it
 * is not this one.
 * @param {number} min
 * @param {number} max
 * @param {Step} step
 * @param {Tick[]} list
 * @param {number} now
 */
function contextOf(min, max, step, list, now) {
  const [first, last, today] = /** @type {[Date, Date, Date]} */ (
    [min, max, now].map((time) => new Date(time * 1000))
  );
  if (step.unit === "year") return "";
  if (step.unit === "month")
    return list.some((tick) => /^\d{4}$/.test(tick.label)) ? "" : String(first.getFullYear());
  if (step.unit === "day")
    return sameYear(first, today) && sameYear(last, today) ? "" : String(first.getFullYear());
  return sameDay(first, today) && sameDay(last, today) ? "" : fullDate(first);
}

/** @param {Date} a @param {Date} b */
function sameYear(a, b) {
  return a.getFullYear() === b.getFullYear();
}

/** @param {Date} a @param {Date} b */
function sameDay(a, b) {
  return a.toDateString() === b.toDateString();
}

/** @param {Date} date */
function fullDate(date) {
  return date.toLocaleDateString(undefined, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
}

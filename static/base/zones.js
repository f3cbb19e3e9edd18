/**
 * Clocks on the wall, in the reader's time zone or in a named one. What they show is a Date whose
 * UTC fields are the wall's, so that one arithmetic serves every zone.
 */

const DAY = 86400;

/** Seconds, 97 days, around an origin in which a double tells two nanoseconds apart. */
export const NANOSECONDS = 2 ** 23;

/**
 * @typedef {object} Zone
 * @property {string} name that the reader has to be told; empty: it is the reader's own
 * @property {(time: number) => number} offsetAt seconds that its clocks are ahead of UTC, by seconds
 *   since 1970
 * @property {number} origin whole seconds since 1970 from which times are counted: doubles of today's
 *   seconds since 1970 have no nanoseconds
 */

/** @type {Zone} */
export const OWN = { name: "", offsetAt: ownOffset, origin: 0 };

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * A zone that this browser does not know is UTC, and says so.
 * @param {string | null} name of the IANA; null or empty: the reader's
 * @param {number} [origin]
 * @returns {Zone}
 */
export function zoneOf(name, origin = 0) {
  const own = { ...OWN, origin };
  if (!name) return own;
  const format = formatOf(name);
  if (!format) return { name: "UTC", offsetAt: () => 0, origin };
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  if (format.resolvedOptions().timeZone === timeZone) return own;
  return { name, offsetAt: (time) => offsetBy(format, time), origin };
}

/** @param {string} name */
function formatOf(name) {
  const known = formats.get(name);
  if (known) return known;
  try {
    const made = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(name, made);
    return made;
  } catch {
    return null; // a RangeError: the browser does not know it
  }
}

/** @param {Intl.DateTimeFormat} format @param {number} time */
function offsetBy(format, time) {
  const whole = Math.floor(time);
  const parts = Object.fromEntries(
    format.formatToParts(whole * 1000).map(({ type, value }) => [type, value]),
  );
  const [year, month, day, ...clock] = ["year", "month", "day", "hour", "minute", "second"].map(
    (type) => Number(parts[type]),
  );
  return wall(parts.era === "BC" ? 1 - year : year, month - 1, day, ...clock) / 1000 - whole;
}

/**
 * getTimezoneOffset has minutes only, but until 1893 Berlin had 53 min 28 s.
 * @param {number} time
 */
function ownOffset(time) {
  const date = new Date(Math.floor(time) * 1000);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()];
  const local = wall(date.getFullYear(), date.getMonth(), date.getDate(), ...clock);
  return (local - date.getTime()) / 1000;
}

/**
 * Milliseconds, as of UTC, of a clock on the wall. Date.UTC takes the years 0 to 99 for 1900 to
 * 1999.
 * @param {number} year
 * @param {number} month from 0
 * @param {number} [day]
 * @param {number[]} clock hours, minutes, seconds
 */
export function wall(year, month, day = 1, ...clock) {
  const [hours = 0, minutes = 0, seconds = 0] = clock;
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date.setUTCHours(hours, minutes, seconds);
}

/**
 * What the clocks of a zone show, to the second.
 * @param {Zone} zone
 * @param {number} x seconds since its origin
 */
export function wallAt(zone, x) {
  const time = Math.floor(x) + zone.origin;
  return new Date((time + zone.offsetAt(time)) * 1000);
}

/**
 * When the clocks of a zone show a time: of the hour that comes twice in autumn the first, and what
 * is skipped in spring as if it were not, as Date and Python have it.
 * @param {Zone} zone
 * @param {number} shown milliseconds on the wall
 * @returns {number} seconds since the zone's origin
 */
export function timeOf(zone, shown) {
  const utc = shown / 1000;
  const before = zone.offsetAt(utc - DAY);
  const after = zone.offsetAt(utc + DAY);
  const isBefore = before === after || zone.offsetAt(utc - before) === before;
  const offset = isBefore || zone.offsetAt(utc - after) !== after ? before : after;
  return utc - offset - zone.origin;
}

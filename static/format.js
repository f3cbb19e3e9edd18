/**
 * Numbers as people read them: as many digits as the neighbouring tick needs and no more, engineering units
 * (1.2 k, 3.4 M, 5.6 µ), a true minus, thin spaces between thousands.
 */

const PREFIXES = ["y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"];
const UNITY = PREFIXES.indexOf("");
const THIN = "\u202f";
const MINUS = "\u2212";
const MOST_DECIMALS = 12;

/**
 * What all labels of one axis share.
 * @typedef {object} Unit
 * @property {number} power of 1000 that is written as a prefix
 * @property {number} decimals
 * @property {boolean} scientific beyond all prefixes
 */

/**
 * @param {number} largest magnitude to be written
 * @param {number} step between neighbours: the smallest difference that must show
 * @returns {Unit}
 */
export function unitFor(largest, step) {
  const power = powerFor(largest);
  if (PREFIXES[power + UNITY] === undefined) return { power: 0, decimals: digitsBetween(largest, step), scientific: true };
  const decimals = decimalsOf(step / 1000 ** power);
  // 1.700000005 G hides what changes; 1 700 000 005 shows it.
  if (power > 0 && decimals > 3 && largest < 1e15) return { power: 0, decimals: decimalsOf(step), scientific: false };
  return { power, decimals, scientific: false };
}

/** @param {number} largest */
function powerFor(largest) {
  if (largest === 0 || (largest >= 1e-2 && largest < 1e4)) return 0;
  return Math.floor(Math.log10(largest * (1 + 1e-12)) / 3);
}

/** @param {number} step */
function decimalsOf(step) {
  let decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const scaled = step * 10 ** decimals;
  if (Math.abs(scaled - Math.round(scaled)) > 1e-6) decimals += 1;
  return Math.min(decimals, MOST_DECIMALS);
}

/**
 * @param {number} largest
 * @param {number} step
 */
function digitsBetween(largest, step) {
  return Math.min(MOST_DECIMALS, Math.max(0, Math.ceil(Math.log10(largest / step) - 1e-9)));
}

/**
 * @param {number} value
 * @param {Unit} unit
 */
export function format(value, unit) {
  if (!Number.isFinite(value)) return "–";
  if (unit.scientific) return value === 0 ? "0" : value.toExponential(unit.decimals).replace("e+", "e").replace(/-/g, MINUS);
  const digits = Math.abs(value / 1000 ** unit.power).toFixed(unit.decimals);
  const sign = value < 0 && Number(digits) !== 0 ? MINUS : "";
  const prefix = PREFIXES[unit.power + UNITY];
  return sign + group(digits) + (prefix ? THIN + prefix : "");
}

/** A tick: as format, but nothing is plainly 0, whatever the others need. @param {number} value @param {Unit} unit */
export function formatTick(value, unit) {
  return value === 0 ? "0" : format(value, unit);
}

/** The same unit with more digits: what a value is read with beside an axis of that unit. @param {Unit} unit @param {number} more */
export function finer(unit, more) {
  return { ...unit, decimals: Math.min(MOST_DECIMALS, unit.decimals + more) };
}

/** @param {string} digits */
function group(digits) {
  const [whole = "", fraction] = digits.split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN) : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A count in a status line: exact while short, then three digits and a unit. @param {number} count */
export function formatCount(count) {
  if (count < 1e5) return format(count, { power: 0, decimals: 0, scientific: false });
  return formatShort(count);
}

/** Three significant digits. @param {number} value */
export function formatShort(value) {
  const size = Math.abs(value);
  if (!(size > 0)) return value === 0 ? "0" : "–";
  const exponent = Math.floor(Math.log10(size * (1 + 5e-4)));
  const power = exponent >= -2 && exponent < 3 ? 0 : Math.floor(exponent / 3);
  if (PREFIXES[power + UNITY] === undefined) return format(value, { power: 0, decimals: 2, scientific: true });
  return format(value, { power, decimals: 2 - exponent + 3 * power, scientific: false });
}

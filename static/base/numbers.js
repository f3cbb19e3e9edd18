/**
 * Numbers as people write them: with a unit a prefix of thousands (1.2 kV, 5.6 µA), without one
 * plain digits, and powers of ten (2×10⁻⁶) for what is very small or large; as many digits as the
 * neighbouring tick needs and no more, a true minus, thin spaces between thousands.
 */

const PREFIXES = [
  "y",
  "z",
  "a",
  "f",
  "p",
  "n",
  "µ",
  "m",
  "",
  "k",
  "M",
  "G",
  "T",
  "P",
  "E",
  "Z",
  "Y",
];
const UNITY = PREFIXES.indexOf("");
export const THIN = "\u202f";
export const MINUS = "\u2212";
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const RAISED_MINUS = "⁻";
const MOST_DECIMALS = 20;
/** More of them tell no two doubles apart. */
const MOST_DIGITS = 17;

/**
 * How numbers of one size are written: what all labels of an axis share.
 * @typedef {object} Size
 * @property {number} exponent the power of ten that is left to what follows the digits
 * @property {string} tail what follows them: prefix and unit
 * @property {boolean} isPower the exponent is written out, for no prefix says it
 *
 * @typedef {Size & {decimals: number}} Unit
 */

/** Units that people write with prefixes. Others (%, °C, kg, mV, min) stay as they are. */
const MEASURES =
  "V|A|W|Hz|J|N|Pa|F|H|Ω|S|T|C|K|m|g|l|L|B|b|bit|bps|eV|Wh|Ah|VA|var|bar|cd|lm|lx|Bq|Gy|Sv|mol" +
  "|Sa|FLOPS";
const PREFIXED = new RegExp(`^(${MEASURES})(/.{1,8})?$`, "su");
/** Nobody says kiloseconds. */
const ONLY_SMALLER = "s";
/** The powers of ten between which numbers without a prefix are plain digits. */
const PLAIN = Object.freeze({ from: -4, below: 7 });
/** Decimals that a prefix or a power may have: 1 700 000 005 shows what 1.700000005 GHz hides. */
const MOST_BEHIND = 3;
const LARGEST_PLAIN = 15;
/** Below it a double has no more than a few digits. */
const SMALLEST = -307;

/**
 * The nearest double. `10 ** n` is another one for 69 of the n from -320 to 308 in V8: 10 ** -101,
 * for one.
 * @param {number} n a whole number
 */
export function powerOfTen(n) {
  return Number(`1e${n}`);
}

/** The power of ten of a number's first digit. @param {number} size above 0 */
export function exponentOf(size) {
  return Math.max(SMALLEST, Math.floor(Math.log10(size) + 5e-13));
}

/**
 * @param {number} largest magnitude to be written
 * @param {number} step between neighbours: the smallest difference that must show
 * @param {string} suffix the unit of measure
 * @returns {Unit}
 */
export function unitFor(largest, step, suffix = "") {
  const exponent = largest === 0 ? 0 : exponentOf(largest);
  const size = sizeOf(exponent, suffix);
  const decimals = decimalsOf(step / powerOfTen(size.exponent));
  // 2×10⁶ to 10×10⁶, and not 0.2×10⁷ to 1.0×10⁷.
  const thousands = 3 * Math.floor(exponent / 3);
  if (size.isPower && decimals > 0 && thousands < exponent)
    return { ...powerSize(thousands, suffix), decimals: decimalsOf(step / powerOfTen(thousands)) };
  return size.exponent > 0 && decimals > MOST_BEHIND && exponent < LARGEST_PLAIN
    ? { ...plainSize(suffix), decimals: decimalsOf(step) }
    : { ...size, decimals };
}

/**
 * How numbers are written whose first digit stands for such a power of ten.
 * @param {number} exponent of ten
 * @param {string} suffix the unit of measure
 * @returns {Size}
 */
export function sizeOf(exponent, suffix) {
  const power = Math.floor(exponent / 3);
  const prefix = takesPrefix(suffix, power) ? PREFIXES[power + UNITY] : undefined;
  if (prefix) return { exponent: 3 * power, tail: THIN + prefix + suffix, isPower: false };
  const isPlain = prefix === "" || (exponent >= PLAIN.from && exponent < PLAIN.below);
  return isPlain ? plainSize(suffix) : powerSize(exponent, suffix);
}

/** @param {number} exponent @param {string} suffix @returns {Size} */
export function powerSize(exponent, suffix) {
  return { ...plainSize(suffix), exponent, isPower: true };
}

/** @param {string} suffix @returns {Size} */
export function plainSize(suffix) {
  return { exponent: 0, tail: suffix && THIN + suffix, isPower: false };
}

/** Nothing has prefixes that has no unit. @param {string} suffix */
export function hasPrefixes(suffix) {
  return suffix === ONLY_SMALLER || PREFIXED.test(suffix);
}

/** @param {string} suffix @param {number} power of 1000 */
function takesPrefix(suffix, power) {
  return suffix === ONLY_SMALLER ? power < 0 : PREFIXED.test(suffix);
}

/** @param {number} step */
function decimalsOf(step) {
  let decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const scaled = step * powerOfTen(Math.min(decimals, 300));
  if (Math.abs(scaled - Math.round(scaled)) > 1e-6) decimals += 1;
  return Math.min(decimals, MOST_DECIMALS);
}

/**
 * A tick: nothing is plainly 0, whatever the others need.
 * @param {number} value
 * @param {Unit} unit
 */
export function formatTick(value, unit) {
  return value === 0 ? "0" : format(value, unit);
}

/**
 * @param {number} value
 * @param {Unit} unit
 */
export function format(value, unit) {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.abs(value / powerOfTen(unit.exponent)).toFixed(unit.decimals);
  return written(digits, value < 0, unit);
}

/**
 * Digits with their sign and with what follows them. What is 0 has no sign and no power.
 * @param {string} digits
 * @param {boolean} isNegative
 * @param {Size} size
 */
export function written(digits, isNegative, { exponent, tail, isPower }) {
  const isZero = Number(digits) === 0;
  const sign = isNegative && !isZero ? MINUS : "";
  const factor = digits === "1" ? "" : `${group(digits)}×`;
  return sign + (isPower && !isZero ? factor + powerText(exponent) : group(digits)) + tail;
}

/** 10⁻⁶. @param {number} exponent */
export function powerText(exponent) {
  const raised = [...String(exponent)].map((one) => RAISED[Number(one)] ?? RAISED_MINUS);
  return `10${raised.join("")}`;
}

/** @param {string} digits */
export function group(digits) {
  const [whole = "", fraction] = digits.split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN) : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/**
 * The digits of a number that is not 0, without a point.
 * @typedef {object} Digits
 * @property {string} digits
 * @property {number} exponent the power of ten of the first one
 *
 * @param {number} value
 * @param {number} most significant digits
 * @returns {Digits}
 */
export function digitsOf(value, most = MOST_DIGITS) {
  const size = Math.abs(value);
  // The shortest that are this double: what follows them is no part of what was published.
  const shortest = parted(size.toExponential());
  return shortest.digits.length <= most ? shortest : parted(size.toExponential(most - 1));
}

/** @param {string} text @returns {Digits} */
function parted(text) {
  const [digits = "", exponent] = text.split("e");
  return { digits: digits.replace(".", ""), exponent: Number(exponent) };
}

/**
 * Digits with their point, and no zeros at the end but those that are asked for.
 * @param {Digits} its
 * @param {number} exponent the power of ten of the digit before the point
 * @param {number} decimals at least
 */
export function pointed(its, exponent, decimals = 0) {
  const before = its.exponent - exponent + 1;
  const whole = before > 0 ? its.digits.slice(0, before).padEnd(before, "0") : "0";
  const rest = before > 0 ? its.digits.slice(before) : "0".repeat(-before) + its.digits;
  const fraction = rest.replace(/0+$/, "").padEnd(decimals, "0");
  return fraction ? `${whole}.${fraction}` : whole;
}

/**
 * As a power of ten, whatever its size.
 * @param {number} value not 0
 * @param {string} suffix the unit of measure
 */
export function formatPower(value, suffix) {
  const its = digitsOf(value);
  const size = powerSize(its.exponent, suffix);
  return written(pointed(its, its.exponent), value < 0, size);
}

/**
 * A number that somebody has said: all its digits, with the prefix of its size.
 * @param {number} value
 * @param {string} suffix the unit of measure
 */
export function formatSaid(value, suffix) {
  if (value === 0) return written("0", false, plainSize(suffix));
  const its = digitsOf(value);
  const size = sizeOf(its.exponent, suffix);
  return written(pointed(its, size.exponent), value < 0, size);
}

/**
 * All digits of an offset, which is no reading: written out for longer.
 * @param {number} value
 * @param {string} suffix the unit of measure
 */
export function formatAll(value, suffix = "") {
  if (value === 0) return written("0", false, plainSize(suffix));
  const its = digitsOf(value);
  return its.exponent >= PLAIN.from && its.exponent < LARGEST_PLAIN
    ? written(pointed(its, 0), value < 0, plainSize(suffix))
    : formatPower(value, suffix);
}

/**
 * Numbers as people read them: as many digits as the neighbouring tick needs and no more,
 * engineering units (1.2 k, 3.4 M, 5.6 µ), a true minus, thin spaces between thousands.
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
const THIN = "\u202f";
const MINUS = "\u2212";
const MOST_DECIMALS = 20;
/** More of them tell no two doubles apart. */
const MOST_DIGITS = 17;

/**
 * What all labels of one axis share.
 * @typedef {object} Unit
 * @property {number} power of 1000 that is written as a prefix
 * @property {number} decimals
 * @property {boolean} scientific beyond all prefixes
 * @property {string} [suffix] the unit of measure, "V"
 * @property {number} [digits] the labels are differences from an offset: a value itself needs so
 *   many digits beside them
 */

/** Units that people write with prefixes. Others (%, °C, kg, mV, min) stay as they are. */
const MEASURES =
  "V|A|W|Hz|J|N|Pa|F|H|Ω|S|T|C|K|m|g|l|L|B|b|bit|bps|eV|Wh|Ah|VA|var|bar|cd|lm|lx|Bq|Gy|Sv|mol" +
  "|Sa|FLOPS";
const PREFIXED = new RegExp(`^(${MEASURES})(/.{1,8})?$`, "su");
/** Nobody says kiloseconds. */
const ONLY_SMALLER = "s";
const LARGEST_PLAIN = 1e7;
const ALL_ZEROS = 0.01;

/**
 * The nearest double. `10 ** n` is another one for 69 of the n from -320 to 308 in V8: 10 ** -101,
 * for one.
 * @param {number} n a whole number
 */
export function powerOfTen(n) {
  return Number(`1e${n}`);
}

/**
 * @param {number} largest magnitude to be written
 * @param {number} step between neighbours: the smallest difference that must show
 * @param {string} suffix the unit of measure
 * @returns {Unit}
 */
export function unitFor(largest, step, suffix = "") {
  const power = powerFor(largest, suffix);
  if (isBeyond(power, largest, suffix))
    return { power: 0, decimals: digitsBetween(largest, step), scientific: true, suffix };
  const decimals = decimalsOf(step / powerOfTen(3 * power));
  // 1.700000005 G hides what changes; 1 700 000 005 shows it.
  if (power > 0 && decimals > 3 && largest < 1e15)
    return { power: 0, decimals: decimalsOf(step), scientific: false, suffix };
  return { power, decimals, scientific: false, suffix };
}

/** @param {number} largest @param {string} suffix */
function powerFor(largest, suffix) {
  const [low, high] = suffix ? [1, 1e3] : [1e-2, 1e4];
  if (largest === 0 || (largest >= low && largest < high)) return 0;
  const power = Math.floor((Math.log10(largest) + 5e-13) / 3);
  return suffix ? Math.min(power, mostPrefix(suffix)) * Number(takesPrefix(suffix)) : power;
}

/** @param {string} suffix */
function takesPrefix(suffix) {
  return suffix === "" || suffix === ONLY_SMALLER || PREFIXED.test(suffix);
}

/** @param {string} suffix */
function mostPrefix(suffix) {
  return suffix === ONLY_SMALLER ? 0 : Infinity;
}

/**
 * No prefix, or no digits, would write it.
 * @param {number} power
 * @param {number} largest
 * @param {string} suffix
 */
function isBeyond(power, largest, suffix) {
  const plain = suffix !== "" && power === 0;
  return (
    PREFIXES[power + UNITY] === undefined ||
    (plain && largest !== 0 && (largest >= LARGEST_PLAIN || largest < 1 / LARGEST_PLAIN))
  );
}

/** @param {number} step */
function decimalsOf(step) {
  let decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const scaled = step * powerOfTen(Math.min(decimals, 300));
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
  const suffix = unit.suffix ?? "";
  if (unit.scientific) return scientific(value, unit.decimals) + (suffix && THIN + suffix);
  const digits = Math.abs(value / powerOfTen(3 * unit.power)).toFixed(unit.decimals);
  const sign = value < 0 && Number(digits) !== 0 ? MINUS : "";
  const tail = PREFIXES[unit.power + UNITY] + suffix;
  return sign + group(digits) + (tail && THIN + tail);
}

/** @param {number} value @param {number} decimals */
function scientific(value, decimals) {
  return value === 0 ? "0" : value.toExponential(decimals).replace("e+", "e").replace(/-/g, MINUS);
}

/**
 * A tick: as format, but nothing is plainly 0, whatever the others need.
 * @param {number} value
 * @param {Unit} unit
 */
export function formatTick(value, unit) {
  return value === 0 ? "0" : format(value, unit);
}

/**
 * The same unit with more digits: what a value is read with beside an axis of that unit.
 * @param {Unit} unit
 * @param {number} more
 */
export function finer(unit, more) {
  return { ...unit, decimals: Math.min(MOST_DECIMALS, unit.decimals + more) };
}

/** @param {string} digits */
export function group(digits) {
  const [whole = "", fraction] = digits.split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN) : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/**
 * A value that is read beside an axis: with two digits more than its ticks have, if it is of their
 * size.
 * @param {number} value
 * @param {{unit: Unit | null, suffix: string, low: number, high: number}} axis
 */
export function formatBeside(value, { unit, suffix, low, high }) {
  if (!unit) return formatShort(value, suffix);
  if (unit.digits) return formatDigits(value, unit.digits) + (suffix && THIN + suffix);
  const fine = finer(unit, 2);
  // Noise about 0 keeps its digits; what would be nothing but zeros shows what it is.
  const least = (1000 ** fine.power / 10 ** fine.decimals) * ALL_ZEROS;
  const ofItsSize =
    Math.abs(value) <= 10 * Math.max(Math.abs(low), Math.abs(high)) &&
    (value === 0 || Math.abs(value) >= least);
  return ofItsSize ? format(value, fine) : formatShort(value, suffix);
}

const SMALLEST_EXACT = 1e-4;
const LARGEST_EXACT = 1e15;

/**
 * Up to so many digits, and no zeros at their end.
 * @param {number} value
 * @param {number} digits
 */
export function formatDigits(value, digits) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const shortest = Number(value.toPrecision(Math.min(digits, MOST_DIGITS)));
  if (size !== 0 && (size < SMALLEST_EXACT || size >= LARGEST_EXACT))
    return shortest.toExponential().replace("e+", "e").replace(/-/g, MINUS);
  return format(shortest, { power: 0, decimals: decimalsIn(shortest), scientific: false });
}

/** @param {number} value whose text has no exponent, or a small one */
export function decimalsIn(value) {
  const [digits = "", exponent = "0"] = String(value).split("e");
  return Math.max(0, (digits.split(".")[1]?.length ?? 0) - Number(exponent));
}

/** Digits that tell a value from its neighbours. @param {number} value @param {number} least */
export function digitsFor(value, least) {
  const size = Math.abs(value);
  if (!(least > 0 && size > least)) return 1;
  return Math.min(MOST_DIGITS, Math.ceil(Math.log10(size) - Math.log10(least) - 1e-9) + 1);
}

/**
 * A count in a status line: exact while short, then three digits and a unit.
 * @param {number} count
 */
export function formatCount(count) {
  if (count < 1e5) return format(count, { power: 0, decimals: 0, scientific: false });
  return formatShort(count);
}

/** Three significant digits. @param {number} value @param {string} suffix the unit of measure */
export function formatShort(value, suffix = "") {
  const size = Math.abs(value);
  if (!(size > 0))
    return value === 0 ? format(0, { power: 0, decimals: 0, scientific: false, suffix }) : "–";
  const exponent = Math.floor(Math.log10(size * (1 + 5e-4)));
  const power = suffix
    ? powerFor(10 ** exponent, suffix)
    : exponent >= -2 && exponent < 3
      ? 0
      : Math.floor(exponent / 3);
  if (isBeyond(power, size, suffix))
    return format(value, { power: 0, decimals: 2, scientific: true, suffix });
  return format(value, {
    power,
    decimals: Math.max(0, 2 - exponent + 3 * power),
    scientific: false,
    suffix,
  });
}

/**
 * Any double: pairs of random bit patterns, so that all exponents are as likely, and the pairs that
 * are hard: the same, neighbours, opposite ends. From a seed, so that a failure comes again.
 */

const COUNT = 3000;
const words = new Uint32Array(2);
const double = new Float64Array(words.buffer);
const LARGEST = Number.MAX_VALUE;

/** xorshift32: whole numbers below 2^32. @param {number} seed above 0 */
function randomly(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** @param {() => number} random */
function anyDouble(random) {
  do {
    words[0] = random();
    words[1] = random();
  } while (!Number.isFinite(double[0]));
  return double[0];
}

/** So many steps of a double further. @param {number} value @param {number} steps */
function stepped(value, steps) {
  const step = Math.max(Math.abs(value) * Number.EPSILON, Number.MIN_VALUE);
  return Math.max(-LARGEST, Math.min(value + steps * step, LARGEST));
}

/** @param {number} low @param {() => number} random */
function partner(low, random) {
  const share = 10 ** -(random() % 17);
  return [
    low,
    stepped(low, 1 + (random() % 100)),
    Math.max(-LARGEST, Math.min(low + Math.abs(low) * share, LARGEST)),
    anyDouble(random),
    -low,
    0,
  ][random() % 6];
}

/** Two ends of data, low and high. @param {number} seed @returns {[number, number][]} */
export function anyEnds(seed) {
  const random = randomly(seed);
  const found = [
    [-LARGEST, LARGEST],
    [0, 0],
    [0, Number.MIN_VALUE],
    [LARGEST, LARGEST],
    [-1e-306, 1e-306],
    [1 - 1e-13, 1 + 1e-13],
  ];
  while (found.length < COUNT) {
    const low = anyDouble(random);
    found.push([low, partner(low, random)].sort((a, b) => a - b));
  }
  return found;
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * What a label says, and half of its last digit.
 * @param {string} label
 * @returns {{value: number, half: number}}
 */
export function readLabel(label) {
  const text = label.replaceAll("\u202f", "").replaceAll("\u2212", "-");
  const [, sign, whole = "1", fraction = "", raised = ""] =
    /^(-?)(?:(\d+)(?:\.(\d+))?)?(?:×?10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+))?$/u.exec(text) ?? [];
  const exponent = [...raised].map((one) => (one === "⁻" ? "-" : RAISED.indexOf(one))).join("");
  const last = Number(exponent) - fraction.length;
  return { value: Number(`${sign}${whole}${fraction}e${last}`), half: Number(`5e${last - 1}`) };
}

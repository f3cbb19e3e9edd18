/**
 * The colours of series: Okabe and Ito's palette (Color Universal Design, 2008), moved as little as
 * makes the first eight differ for every kind of eye, and each stand out from its ground; then as
 * many more for eyes with three kinds of cones. A series has its colour by its name, so that it
 * keeps it when others come or go, and has it in every plot.
 */

/** @typedef {import("../base/theme.js").Ground} Ground */

const LIGHT = [
  "#0474d4",
  "#c45419",
  "#17a172",
  "#b7549f",
  "#359ad7",
  "#c48603",
  "#5b3faf",
  "#5e616a",
  "#7a8c03",
  "#8a3a02",
  "#05446e",
  "#b2123f",
  "#3e7f8f",
  "#9a7a5a",
  "#d14fd0",
  "#016348",
];
const DARK = [
  "#4db1fb",
  "#ff8a3e",
  "#4fc580",
  "#e48bc4",
  "#96ddff",
  "#f1cf4b",
  "#8c7bf1",
  "#d6c3bf",
  "#bcd345",
  "#c8643a",
  "#5f86b7",
  "#fe6b8b",
  "#5fc4d6",
  "#ceae8b",
  "#d877f0",
  "#3f9f7f",
];

export const DISTINCT = LIGHT.length;
/** So many differ for every kind of eye. */
const SAFE = 8;
const TURNS = 4;
/**
 * Of all seeds the first by which "y" is blue and the names that people give together most often
 * differ.
 */
const SEED = 4348;

/**
 * @param {number} slot
 * @param {Ground} ground
 */
export function colorOf(slot, ground) {
  const palette = ground === "dark" ? DARK : LIGHT;
  return /** @type {string} */ (palette[slot % palette.length]);
}

/**
 * After a full turn the colours come again, with dashes.
 * @param {number} slot
 * @returns {number[]}
 */
export function dashesOf(slot) {
  const turn = Math.floor(slot / DISTINCT) % TURNS;
  return /** @type {number[][]} */ ([[], [6, 3], [2, 3], [9, 3, 2, 3]])[turn] ?? [];
}

/**
 * The slot of a series of a named run: the colour of the run, and dashes that tell it from the
 * others.
 * @param {number} slot of the run
 * @param {number} index of the series among those of runs
 */
export function slotOfRun(slot, index) {
  return (slot % DISTINCT) + DISTINCT * (index % TURNS);
}

const PAPER = { light: "#ffffff", dark: "#111111" };
/** Of a past run's colour, the newest first; the rest have the last one. */
const STRENGTHS = [0.62, 0.45, 0.36, 0.3];

/**
 * The colour of a past run.
 * @param {string} color #rrggbb or #rgb
 * @param {number} age 1: it is the newest of them
 * @param {Ground} ground
 */
export function paler(color, age, ground) {
  const strength = /** @type {number} */ (STRENGTHS[Math.min(age, STRENGTHS.length) - 1]);
  const paper = channelsOf(PAPER[ground]);
  const mixed = channelsOf(color).map((value, i) =>
    Math.round(strength * value + (1 - strength) * /** @type {number} */ (paper[i])),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** FNV-1a, its bits mixed once more. @param {string} name */
function hashOf(name) {
  let hash = SEED;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) >>> 0;
}

/**
 * The slots that a name would take, the best first: it begins where its hash says, and takes what
 * is safe before what is only distinct, and that before dashes.
 * @param {string} name
 */
function* candidatesOf(name) {
  const hash = hashOf(name);
  for (let begin = 0; begin < TURNS * DISTINCT; begin += SAFE) {
    for (let i = 0; i < SAFE; i++) yield begin + ((hash + i) % SAFE);
  }
}

/** The slots of a plot's series. The first series chooses first, and keeps its slot. */
export class Slots {
  /** @type {Map<string, number>} */
  #slots = new Map();
  /** @type {Set<number>} */
  #taken = new Set();

  /** @param {string} name */
  of(name) {
    return this.#slots.get(name) ?? this.#take(name);
  }

  /** @param {string} name */
  #take(name) {
    let slot = hashOf(name) % (TURNS * DISTINCT);
    for (const candidate of candidatesOf(name)) {
      if (this.#taken.has(candidate)) continue;
      slot = candidate;
      break;
    }
    this.#taken.add(slot);
    this.#slots.set(name, slot);
    return slot;
  }
}

/**
 * @param {string} hex #rrggbb or #rgb
 * @param {number} alpha
 */
export function withAlpha(hex, alpha) {
  return `rgba(${channelsOf(hex).join(", ")}, ${alpha})`;
}

/** Red, green and blue, each up to 255. @param {string} hex #rrggbb or #rgb */
function channelsOf(hex) {
  const long = hex.length === 4 ? hex.replace(/[^#]/g, "$&$&") : hex;
  return [1, 3, 5].map((at) => parseInt(long.slice(at, at + 2), 16));
}

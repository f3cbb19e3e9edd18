/**
 * The colours of series: Okabe and Ito's palette (Color Universal Design, 2008), moved as little as
 * makes the first eight differ for every kind of eye, and each stand out from its ground; then as
 * many more for eyes with three kinds of cones. The relay gives each series a slot, in the order of
 * their first use, so that a series keeps its colour when others come or go, on every page.
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
  "#b2123f",
  "#7a8c03",
  "#8a3a02",
  "#05446e",
  "#5e616a",
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
  "#d8304f",
  "#bcd345",
  "#c8643a",
  "#5f86b7",
  "#d6c3bf",
  "#5fc4d6",
  "#ceae8b",
  "#d877f0",
  "#3f9f7f",
];

export const DISTINCT = LIGHT.length;
/** @typedef {"solid" | "dash" | "dot" | "dashdot"} Dash */

/** Of a line, in pixels, as long as there are colours, and after each full turn of them. */
const DASHES = /** @type {Record<Dash, number[]>} */ ({
  solid: [],
  dash: [6, 3],
  dot: [2, 3],
  dashdot: [9, 3, 2, 3],
});
const TURNS = Object.values(DASHES);

/**
 * @param {number} slot
 * @param {Ground} ground
 */
export function colorOf(slot, ground) {
  const palette = ground === "dark" ? DARK : LIGHT;
  return /** @type {string} */ (palette[slot % palette.length]);
}

/**
 * Those that are asked for, else solid; after a full turn the colours come again, with dashes.
 * @param {number} slot
 * @param {Dash | null} [dash]
 * @returns {number[]}
 */
export function dashesOf(slot, dash = null) {
  return (dash ? DASHES[dash] : TURNS[Math.floor(slot / DISTINCT) % TURNS.length]) ?? [];
}

/**
 * The slot of a series of a named run: the colour of the run, and dashes that tell it from the
 * others.
 * @param {number} slot of the run
 * @param {number} index of the series among those of runs
 */
export function slotOfRun(slot, index) {
  return (slot % DISTINCT) + DISTINCT * (index % TURNS.length);
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

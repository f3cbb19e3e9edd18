/**
 * The colours of series: Okabe and Ito's palette (Color Universal Design, 2008), moved as little as makes the first
 * eight differ for every kind of eye, and each stand out from its ground; then as many more for eyes with three kinds
 * of cones. A series has its colour by its order.
 */

/** @typedef {"light" | "dark"} Ground */

const LIGHT = [
  "#0474d4", "#c45419", "#17a172", "#b7549f", "#359ad7", "#c48603", "#5b3faf", "#5e616a",
  "#7a8c03", "#8a3a02", "#05446e", "#b2123f", "#3e7f8f", "#9a7a5a", "#d14fd0", "#016348",
];
const DARK = [
  "#4db1fb", "#ff8a3e", "#4fc580", "#e48bc4", "#96ddff", "#f1cf4b", "#8c7bf1", "#d6c3bf",
  "#bcd345", "#c8643a", "#5f86b7", "#fe6b8b", "#5fc4d6", "#ceae8b", "#d877f0", "#3f9f7f",
];

/**
 * @param {number} order of the series in its plot
 * @param {Ground} ground
 */
export function colorOf(order, ground) {
  const palette = ground === "dark" ? DARK : LIGHT;
  return /** @type {string} */ (palette[order % palette.length]);
}

/** After a full turn the colours come again, with dashes. @param {number} order @returns {number[]} */
export function dashesOf(order) {
  const turn = Math.floor(order / LIGHT.length) % 4;
  return /** @type {number[][]} */ ([[], [6, 3], [2, 3], [9, 3, 2, 3]])[turn] ?? [];
}

export const DISTINCT = LIGHT.length;

/**
 * @param {string} hex #rrggbb or #rgb
 * @param {number} alpha
 */
export function withAlpha(hex, alpha) {
  const long = hex.length === 4 ? hex.replace(/[^#]/g, "$&$&") : hex;
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(long.slice(at, at + 2), 16));
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}

/**
 * The colours of series: Okabe and Ito's palette (Color Universal Design, 2008), adjusted so that each stands out
 * from a white and from a black ground, then the same hues lighter and darker. A series has its colour by its order.
 */

/** @typedef {"light" | "dark"} Ground */

const LIGHT = [
  "#0072b2", "#d55e00", "#009e73", "#b5559b", "#2f9bdb", "#c28500", "#6b4fc0", "#555b66",
  "#00456e", "#8a3a00", "#00634a", "#e377c2", "#7a8b00", "#b3123f", "#3f7f8f", "#9a7b5b",
];
const DARK = [
  "#4aa8ec", "#ff8a3d", "#2fc99b", "#e58fcb", "#8fd3ff", "#f0c03c", "#a894ff", "#b4bac6",
  "#2f7fc4", "#d06a2e", "#1f9a78", "#ffb8e6", "#c3d24a", "#ff6b8b", "#72c4d6", "#d0b08c",
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
 * @param {string} hex #rrggbb
 * @param {number} alpha
 */
export function withAlpha(hex, alpha) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}

/** The types of what is around the series of a panel. */

/**
 * @typedef {object} AxisLook
 * @property {import("../view/scale.js").Scale} scale
 * @property {string} label
 * @property {string} suffix the unit of measure
 * @property {boolean} [counted] it counts the cells of an image, in whole numbers
 * @property {(value: number) => number} [said] which value is said of one, where it counts down: it
 *   is its own inverse
 *
 * @typedef {object} SideLook
 * @property {string | null} color of the labels; null: that of all texts
 * @property {{name: string, color: string}[]} keys series that are shown above the axis
 * @property {boolean} named each with its name
 *
 * @typedef {(x: number) => import("./time_ticks.js").First} FirstFrom
 *
 * @typedef {object} Look
 * @property {boolean} time
 * @property {import("../base/zones.js").Zone} zone of times
 * @property {AxisLook & {zero?: {x: number, text: string} | null, first?: FirstFrom}} x zero: from
 *   where its labels count, and what that is; first: column of an image that is seen from some x on
 * @property {AxisLook & SideLook | null} left null: nothing that is seen belongs to it
 * @property {AxisLook & SideLook | null} right
 * @property {boolean} first of the panels: what is written on the plot is written here
 * @property {boolean} last of the panels: x's labels stand below it
 * @property {import("./annotations.js").Notes} notes
 * @property {{label: string, unit: string}} [colors] of an image, which hides the grid
 *
 * @typedef {object} Gutters room for the labels of y
 * @property {number} left
 * @property {number} right
 */

export {};

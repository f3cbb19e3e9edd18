/** The type of a series that is to be drawn. */

/**
 * One series to draw.
 * @typedef {object} Line
 * @property {string} name
 * @property {string} label what is shown in place of its name, where there is little room
 * @property {string} color
 * @property {number[]} dashes in pixels; none: it is solid
 * @property {number} opacity
 * @property {import("../link/wire.js").Kind} kind
 * @property {Float64Array} points in scaled values
 * @property {import("../link/options.js").Style} style
 * @property {boolean} dots on the line, even where there is little room
 * @property {number | null} width in pixels; null: as is best
 * @property {"left" | "right"} axis
 * @property {string | null} head what stands at its newest point; null: not even a dot
 * @property {boolean} derived from others
 * @property {boolean} dashed dashes are asked for
 * @property {{low: Float64Array, high: Float64Array} | null} band around it, in scaled values
 * @property {boolean} [isEarlier] it is of a sweep before the one that is seen
 * @property {import("../scatter/marks.js").Dots | null} [dotted] colours and sizes of a scatter
 */

export {};

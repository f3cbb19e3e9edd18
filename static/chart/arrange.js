/**
 * Which series are in which of the stacked panels, and which are in none, because they bound a
 * band.
 */
import { seriesLook } from "../link/options.js";

/**
 * The published names of the ends of all bands. A series that bounds itself is drawn all the same,
 * and so is what bounds one that has not come yet: it would be seen nowhere.
 * @param {Pick<import("../link/options.js").Options, "series" | "style" | "points">} options
 * @param {string[]} present published names of the series that there are
 * @returns {Set<string>}
 */
export function bandEnds(options, present) {
  const ends = new Set();
  for (const name of present.filter((one) => Object.hasOwn(options.series, one))) {
    for (const end of seriesLook(options, name).band ?? []) if (end !== name) ends.add(end);
  }
  return ends;
}

/**
 * The panels from the top to the bottom: a series is in the first that names what was published,
 * else in the last.
 * @param {string[][] | null} panels
 * @param {string[]} names of the series that are drawn by themselves, in order
 * @param {(name: string) => string} [of] what was published under that name
 * @returns {string[][]} at least one
 */
export function arrange(panels, names, of = (name) => name) {
  const homes = new Map();
  for (const [index, wanted] of (panels ?? []).entries()) {
    for (const name of wanted) if (!homes.has(name)) homes.set(name, index);
  }
  const count = Math.max(1, panels?.length ?? 0);
  const found = Array.from({ length: count }, () => /** @type {string[]} */ ([]));
  for (const name of names) found[homes.get(of(name)) ?? count - 1]?.push(name);
  return found;
}

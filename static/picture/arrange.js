/**
 * Which series are in which of the stacked panels, and which are in none, because they bound a
 * band.
 */
import { namesIn, seriesLook } from "../link/options.js";

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
 * In which of so many panels the image is: as a series of its name would be.
 * @param {import("../link/options.js").Options["panels"]} wanted
 * @param {string} name
 * @param {number} count
 */
export function homeOfImage(wanted, name, count) {
  const panels = Array.isArray(wanted) ? wanted : [];
  const home = panels.findIndex((panel) => namesIn(panel).includes(name));
  return home < 0 ? count - 1 : home;
}

const MOST = 16;

/**
 * A panel for each group of names, what stands before the first slash, in the order in which they
 * have come; of more than there may be the last has the rest.
 * @param {string[]} names published ones
 */
function grouped(names) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const name of names) {
    const group = name.slice(0, Math.max(0, name.indexOf("/")));
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return [...groups.values()].slice(0, MOST);
}

/**
 * The panels from the top to the bottom: a series is in the first that names what was published, or
 * from what that is derived, else in the last.
 * @param {import("../link/options.js").Options["panels"]} wanted
 * @param {string[]} names of the series that are drawn by themselves, in order
 * @param {(name: string) => string[]} [placesOf] what was published under that name, and from what
 *   that is derived
 * @returns {string[][]} at least one
 */
export function arrange(wanted, names, placesOf = (name) => [name]) {
  const roots = () => names.map((name) => placesOf(name).at(-1) ?? name);
  const panels = wanted === "groups" ? grouped(roots()) : wanted?.map(namesIn);
  const homes = new Map();
  for (const [index, panel] of (panels ?? []).entries()) {
    for (const name of panel) if (!homes.has(name)) homes.set(name, index);
  }
  const count = Math.max(1, panels?.length ?? 0);
  const found = Array.from({ length: count }, () => /** @type {string[]} */ ([]));
  for (const name of names) {
    const named = placesOf(name).find((place) => homes.has(place));
    found[homes.get(named) ?? count - 1]?.push(name);
  }
  return found;
}

/**
 * The plot as the relay last described it: its series in order, their vertices and totals, and the
 * extent of x. A patch is applied as a whole: an error leaves a model that only a fresh patch
 * repairs.
 */
import { Vertices } from "./vertices.js";

/** @typedef {import("./wire.js").Patch} Patch */
/** @typedef {import("./wire.js").Entry} Entry */

/** One series: what has come, and of that what has been painted. */
export class Series {
  /** @type {import("./wire.js").Kind} */
  kind = "points";
  vertices = new Vertices();
  points = 0;
  lastX = NaN;
  lastY = NaN;
  painted = { points: 0, lastX: NaN, lastY: NaN, vertices: 0 };

  /**
   * @param {number} id
   * @param {string} name
   */
  constructor(id, name) {
    this.id = id;
    this.name = name;
  }

  /** @param {Entry} entry @returns {boolean} there is something new to see */
  apply(entry) {
    this.kind = entry.kind;
    const changed = this.vertices.apply(entry.drop, entry.keep, entry.vertices);
    this.points = entry.points;
    this.lastX = entry.lastX;
    this.lastY = entry.lastY;
    return changed;
  }

  markPainted() {
    const painted = this.painted;
    painted.points = this.points;
    painted.lastX = this.lastX;
    painted.lastY = this.lastY;
    painted.vertices = this.vertices.count;
  }
}

export class Model {
  /** @type {Series[]} */
  series = [];
  /** @type {Map<string, Series>} */
  byName = new Map();
  xMin = NaN;
  xMax = NaN;
  points = 0;
  conflated = 0;

  get isEmpty() {
    return Number.isNaN(this.xMin);
  }

  /** @param {{id: number, name: string}[]} list the whole list */
  setSeries(list) {
    const old = new Map(this.series.map((one) => [one.id, one]));
    this.series = list.map(({ id, name }) => {
      const known = old.get(id);
      return known?.name === name ? known : new Series(id, name);
    });
    this.byName = new Map(this.series.map((one) => [one.name, one]));
  }

  /** @param {Patch} patch @returns {boolean} there are other vertices than before */
  apply(patch) {
    let changed = patch.fresh;
    if (patch.fresh) for (const one of this.series) one.vertices.clear();
    for (const entry of patch.entries) changed = this.#find(entry.id).apply(entry) || changed;
    this.xMin = patch.xMin;
    this.xMax = patch.xMax;
    this.points = patch.points;
    this.conflated = patch.conflated;
    return changed;
  }

  /** @param {number} id */
  #find(id) {
    const found = this.series.find((one) => one.id === id);
    if (!found)
      throw new RangeError(`the patch names series ${id}, which the relay has not announced`);
    return found;
  }

  markPainted() {
    for (const one of this.series) one.markPainted();
  }
}

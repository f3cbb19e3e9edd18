/**
 * The plot as the relay last described it: its series in order, their vertices and totals, and the
 * extent of x. A patch is applied as a whole: an error leaves a model that only a fresh patch
 * repairs.
 */
import { ImageColumns } from "../image/columns.js";
import { Marks } from "../scatter/marks.js";
import { Vertices } from "./vertices.js";

/** @typedef {import("./wire.js").Patch} Patch */
/** @typedef {import("./wire.js").Entry} Entry */

/** What is not said of a series of which nothing is computed. */
const NOT_DERIVED = { smooth: 0, source: "", derived: "" };

/** One series: what has come, and of that what has been painted. */
export class Series {
  /** @type {import("./wire.js").Kind} */
  kind = "points";
  vertices = new Vertices();
  /** Colours and sizes of the vertices of a scatter; null: it is none. @type {Marks | null} */
  marks = null;
  points = 0;
  lastX = NaN;
  lastY = NaN;
  painted = { points: 0, lastX: NaN, lastY: NaN, vertices: 0 };

  /** @param {import("./messages.js").SeriesItem} item */
  constructor({ id, name, of, run, number, cell, slot, smooth = 0, source = "", derived = "" }) {
    this.id = id;
    this.name = name;
    this.of = of;
    this.run = run;
    this.number = number;
    this.cell = cell;
    this.slot = slot;
    this.smooth = smooth;
    this.source = source;
    this.derived = derived;
  }

  /** @param {Entry} entry @returns {boolean} there is something new to see */
  apply(entry) {
    this.kind = entry.kind;
    this.#mark(entry);
    const changed = this.vertices.apply(entry.drop, entry.keep, entry.vertices);
    this.points = entry.points;
    this.lastX = entry.lastX;
    this.lastY = entry.lastY;
    return changed;
  }

  /** @param {Entry} entry */
  #mark({ drop, keep, marks }) {
    if (!marks) this.marks = null;
    else {
      this.marks ??= new Marks(new Vertices());
      // Those that all leave may have had none.
      this.marks.apply(keep > 0 ? drop : 0, keep, marks);
    }
  }

  clear() {
    this.vertices.clear();
    this.marks = null;
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
  /** @type {Map<number, Series>} */
  #byId = new Map();
  xMin = NaN;
  xMax = NaN;
  points = 0;
  conflated = 0;
  image = new ImageColumns();
  /** The number of the patch before which the image has come last. */
  #imaged = 0;
  #isAnew = false;

  get isEmpty() {
    return Number.isNaN(this.xMin);
  }

  /**
   * @param {import("./messages.js").SeriesItem[]} list the whole list
   * @returns {[string, string][]} names that have changed, old and new
   */
  setSeries(list) {
    const old = this.#byId;
    /** @type {[string, string][]} */
    const renamed = [];
    this.series = list.map((item) => {
      const known = old.get(item.id);
      if (!known || (this.#isAnew && known.name !== item.name)) return new Series(item);
      if (known.name !== item.name) renamed.push([known.name, item.name]);
      return Object.assign(known, NOT_DERIVED, item);
    });
    this.byName = new Map(this.series.map((one) => [one.name, one]));
    this.#byId = new Map(this.series.map((one) => [one.id, one]));
    this.#isAnew = false;
    return renamed;
  }

  /** The next list may be that of another relay, whose numbers are others. */
  expectOthers() {
    this.#isAnew = true;
  }

  /** Others are to come: none of what has come is one of them. */
  clear() {
    for (const one of this.series) one.clear();
    this.image.clear();
    this.xMin = this.xMax = NaN;
  }

  /** Add to every x: they are counted from elsewhere. @param {number} by */
  move(by) {
    for (const one of this.series) {
      one.vertices.move(by);
      one.lastX += by;
    }
    this.image.move(by);
    this.xMin += by;
    this.xMax += by;
  }

  /** It comes before its patch. @param {import("../image/image_wire.js").ImagePatch} patch */
  applyImage(patch) {
    this.#imaged = patch.number;
    this.image.apply(patch);
  }

  /** @param {Patch} patch @returns {boolean} there is something new to see */
  apply(patch) {
    const imaged = this.#imaged === patch.number;
    let changed = patch.fresh || imaged;
    if (patch.fresh) for (const one of this.series) one.clear();
    if (patch.fresh && !imaged) this.image.clear();
    this.#imaged = 0;
    for (const entry of patch.entries) changed = this.#find(entry.id).apply(entry) || changed;
    this.xMin = patch.xMin;
    this.xMax = patch.xMax;
    this.points = patch.points;
    this.conflated = patch.conflated;
    return changed;
  }

  /** @param {number} id */
  #find(id) {
    const found = this.#byId.get(id);
    if (!found)
      throw new RangeError(`the patch names series ${id}, which the relay has not announced`);
    return found;
  }

  markPainted() {
    for (const one of this.series) one.markPainted();
    this.image.painted = this.image.count;
  }
}

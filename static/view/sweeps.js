/**
 * The sweeps of a triggered plot. The relay says which one the vertices are of that come; those of
 * the ones before stay here, counted from their triggers, and are drawn below it, so that what
 * persists is sent once.
 */

/**
 * @typedef {object} Sweep
 * @property {number} number counts those of the plot
 * @property {number} x of its trigger
 * @property {number} from what is seen of x
 * @property {number} to
 *
 * @typedef {"" | "no window" | "waiting" | "derived" | "curve" | "triggered" | "stopped" |
 *   "forgotten"} State of a trigger
 *
 * @typedef {object} Drawn a series
 * @property {number} id
 * @property {{view: () => Float64Array}} vertices
 *
 * @typedef {object} Earlier
 * @property {number} number
 * @property {Map<number, Float64Array>} vertices x, y, x, y, .. of each series by its id, x from the
 *   trigger on
 *
 * @typedef {object} Placed vertices where they stand under the trigger of a sweep
 * @property {number} at that x
 * @property {Float64Array} points
 */

/** Values of all that are kept: older ones go. */
const MOST_VALUES = 4_000_000;

export class Sweeps {
  /** That of the vertices which the page has; null: they are no sweep. @type {Sweep | null} */
  current = null;
  /** What the trigger does. @type {State} */
  state = "";
  /** The newest last. @type {Earlier[]} */
  earlier = [];
  /** What the next vertices are of; undefined: the same. @type {Sweep | null | undefined} */
  #next = undefined;
  /** Those with lower numbers are forgotten, as their points are. */
  #first = 0;
  /** @type {WeakMap<Float64Array, Placed>} */
  #placed = new WeakMap();

  /** A new connection: what is seen is not known. */
  forget() {
    this.state = "";
    this.leave();
  }

  /** No sweep is seen any more, whatever the trigger does. */
  leave() {
    this.current = null;
    this.#next = undefined;
    this.#first = 0;
    this.earlier = [];
  }

  /**
   * The relay has said of what the next patch is.
   * @param {(Sweep | {number: null}) & {first: number}} sweep first: of those that it has not
   *   forgotten
   */
  expect({ first, ...sweep }) {
    this.#next = sweep.number === null ? null : sweep;
    this.#first = first;
  }

  /**
   * That patch has come: keep what it takes the place of.
   * @param {Drawn[]} series as they are before it
   * @param {number} persist how many earlier ones are drawn
   */
  begin(series, persist) {
    const next = this.#next;
    if (next === undefined) return;
    this.#next = undefined;
    if (this.current) this.#keep(this.current, series);
    this.current = next;
    this.earlier = this.earlier.filter(
      ({ number }) => number !== next?.number && number >= this.#first,
    );
    this.fit(persist);
  }

  /** @param {Sweep} sweep @param {Drawn[]} series */
  #keep({ number, x }, series) {
    const vertices = new Map(series.map(({ id, vertices }) => [id, moved(vertices.view(), -x)]));
    this.earlier = [...this.earlier.filter((one) => one.number !== number), { number, vertices }];
  }

  /** Let those go that are too old, or too many. @param {number} persist */
  fit(persist) {
    const kept = persist > 0 ? this.earlier.slice(-persist) : [];
    while (sizeOf(kept) > MOST_VALUES) kept.shift();
    this.earlier = kept;
  }

  /** Add to every x: they are counted from elsewhere. @param {number} by */
  move(by) {
    const its = this.current;
    if (its) this.current = { ...its, x: its.x + by, from: its.from + by, to: its.to + by };
  }

  /**
   * The earlier vertices of a series under the trigger of the current sweep, the oldest first.
   * @param {number} id
   * @returns {Float64Array[]}
   */
  of(id) {
    const { current } = this;
    if (!current) return [];
    return this.earlier.flatMap(({ vertices }) => {
      const its = vertices.get(id);
      return its?.length ? [this.#under(its, current.x)] : [];
    });
  }

  /** @param {Float64Array} vertices @param {number} at */
  #under(vertices, at) {
    const known = this.#placed.get(vertices);
    if (known?.at === at) return known.points;
    const points = moved(vertices, at);
    this.#placed.set(vertices, { at, points });
    return points;
  }
}

/** A copy, with so much added to each x. @param {Float64Array} vertices @param {number} by */
function moved(vertices, by) {
  const points = vertices.slice();
  for (let i = 0; i < points.length; i += 2) points[i] = /** @type {number} */ (points[i]) + by;
  return points;
}

/** @param {Earlier[]} earlier */
function sizeOf(earlier) {
  let values = 0;
  for (const { vertices } of earlier) for (const its of vertices.values()) values += its.length;
  return values;
}

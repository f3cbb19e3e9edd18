/**
 * What is to be drawn of the relay's data: the lines of each panel, with their colours, axes and
 * bands.
 */
import { arrange, bandEnds } from "./arrange.js";
import { colorOf, Slots } from "./colors.js";
import { isLogX, isLogY, seriesLook } from "../link/options.js";
import { ScaledVertices } from "../view/scaled_vertices.js";
import { linearFor, LOG, scaleFor } from "../view/scale.js";

/** @typedef {import("../link/model.js").Series} Series */

/**
 * One series to draw.
 * @typedef {object} Line
 * @property {string} name
 * @property {string} color
 * @property {number} slot of colours and dashes
 * @property {import("../link/wire.js").Kind} kind
 * @property {Float64Array} points in scaled values
 * @property {import("../link/options.js").Style} style
 * @property {boolean} dots on the line, even where there is little room
 * @property {number | null} width in pixels; null: as is best
 * @property {"left" | "right"} axis
 * @property {{low: Float64Array, high: Float64Array} | null} band around it, in scaled values
 */

export class Composition {
  /** Names of the series in each panel, hidden ones included. @type {string[][]} */
  panels = [[]];
  #slots = new Slots();
  /** @type {Map<string, ScaledVertices>} */
  #scaled = new Map();
  /** @type {Map<string, Series>} */
  #series = new Map();
  /** @type {Set<string>} */
  #ends = new Set();
  /** Of what it is composed. @type {{options?: object, series?: object}} */
  #made = {};

  /** @param {import("../link/session.js").Session} session */
  constructor(session) {
    this.session = session;
  }

  get scales() {
    const { options, model } = this.session;
    const largest = Math.max(Math.abs(model.xMin), Math.abs(model.xMax));
    // How large y is takes a look at all vertices: chart/picture.js knows, when it has fitted them.
    return {
      x: isLogX(options) ? LOG : linearFor(largest),
      y: scaleFor(isLogY(options)),
    };
  }

  /** Compose again, if the options or the list of series are new. */
  update() {
    const { options, model } = this.session;
    if (this.#made.options === options && this.#made.series === model.series) return;
    this.#made = { options, series: model.series };
    this.#series = new Map(model.series.map((one) => [one.name, one]));
    const present = model.series.map(({ name }) => name);
    this.#ends = bandEnds(options, present);
    const names = present.filter((name) => !this.#ends.has(name));
    for (const name of names) this.#slots.of(name);
    this.panels = arrange(options.panels, names);
  }

  /** Is it drawn only as the end of a band? @param {string} name */
  isEnd(name) {
    return this.#ends.has(name);
  }

  /** @param {string} name */
  slotOf(name) {
    return this.#slots.of(name);
  }

  /** @param {string} name @param {import("../base/theme.js").Ground} ground */
  colorOf(name, ground) {
    return seriesLook(this.session.options, name).color ?? colorOf(this.#slots.of(name), ground);
  }

  /** How many vertices of a series the axes cannot show. @param {string} name */
  impossibleIn(name) {
    const series = this.#series.get(name);
    if (!series) return 0;
    this.#scaledOf(series);
    return this.#scaled.get(name)?.impossible ?? 0;
  }

  /**
   * The lines of each panel, from the back to the front.
   * @param {(name: string) => boolean} isHidden
   * @param {import("../base/theme.js").Ground} ground
   * @returns {Line[][]}
   */
  lines(isHidden, ground) {
    this.update();
    return this.panels.map((names) => {
      const seen = names.filter((name) => !isHidden(name));
      return seen.map((name) =>
        this.#lineOf(/** @type {Series} */ (this.#series.get(name)), ground),
      );
    });
  }

  /** @param {Series} series @param {import("../base/theme.js").Ground} ground @returns {Line} */
  #lineOf(series, ground) {
    const { name, kind } = series;
    const { style, points: dots, width, axis, band } = seriesLook(this.session.options, name);
    const points = this.#scaledOf(series);
    return {
      name,
      slot: this.#slots.of(name),
      color: this.colorOf(name, ground),
      kind,
      points,
      style,
      dots,
      width,
      axis,
      band: this.#bandOf(band),
    };
  }

  /** @param {[string, string] | null} names */
  #bandOf(names) {
    const [low, high] = (names ?? []).map((name) => this.#series.get(name));
    return low && high && low.kind !== "xy" && high.kind !== "xy"
      ? { low: this.#scaledOf(low), high: this.#scaledOf(high) }
      : null;
  }

  /** @param {Series} series */
  #scaledOf({ name, vertices }) {
    const known = this.#scaled.get(name) ?? new ScaledVertices();
    this.#scaled.set(name, known);
    const { x, y } = this.scales;
    return known.of(vertices.view(), x, y);
  }
}

/**
 * What is to be drawn of the relay's data: the lines of each panel, with their colours, axes and
 * bands.
 */
import { arrange, bandEnds, homeOfImage } from "./arrange.js";
import { colorOf, dashesOf, paler, slotOfRun } from "../chart/colors.js";
import { Labels, shownName } from "../base/labels.js";
import { isLogX, panelLook, saidOf, seriesLook } from "../link/options.js";
import { countsOf, dotsOf } from "../scatter/marks.js";
import { ScaledVertices } from "../view/scaled_vertices.js";
import { linearFor, LOG, scaleFor } from "../view/scale.js";

/**
 * @typedef {import("../chart/line.js").Line} Line
 * @typedef {import("../link/model.js").Series} Series
 * @typedef {import("../link/vertices.js").Vertices} Vertices
 */

/** @typedef {ReturnType<typeof seriesLook>} Look */

/** Of dots that a dark ground would hide. */
const EDGES = { light: "", dark: "rgba(255,255,255,0.3)" };

export class Composition {
  /** Names of the series in each panel, hidden ones included. @type {string[][]} */
  panels = [[]];
  /** What is shown in place of names. */
  labels = new Labels();
  /**
   * By the vertices of a series, on a linear y and on a logarithmic one: they go with the series,
   * for each run has another name, and in a loop over short runs there are thousands.
   * @type {Record<"linear" | "log", WeakMap<Vertices, ScaledVertices>>}
   */
  #scaled = { linear: new WeakMap(), log: new WeakMap() };
  /** @type {Map<string, Series>} */
  #series = new Map();
  /** From which each published name is derived, empty where it is not. @type {Map<string, string>} */
  #sources = new Map();
  /** @type {Map<string, Look>} */
  #looks = new Map();
  /** In which panel each series is, by its name. @type {Map<string, number>} */
  #homes = new Map();
  /** Published names. @type {Set<string>} */
  #ends = new Set();
  /** Published names of which there are named runs. @type {string[]} */
  #inRuns = [];
  /** How many past runs each published name has had. @type {Map<string, number>} */
  #past = new Map();
  /** Of what it is composed. @type {{options?: object, series?: object}} */
  #made = {};

  /** @param {import("../link/session.js").Session} session */
  constructor(session) {
    this.session = session;
  }

  get xScale() {
    const { options, model } = this.session;
    const largest = Math.max(Math.abs(model.xMin), Math.abs(model.xMax));
    return isLogX(options) ? LOG : linearFor(largest);
  }

  /**
   * How large y is takes a look at all vertices: picture/picture.js knows, when it has fitted them.
   * @param {number} panel
   */
  yScaleOf(panel) {
    return scaleFor(this.lookOfPanel(panel).isLogY);
  }

  /** What is around a panel, and its image: one fills it, unless a range is said. @param {number} panel */
  lookOfPanel(panel) {
    const look = panelLook(this.session.options, panel);
    const image = this.imageIn(panel);
    const isSaid = look.left.range !== null && look.left.range !== "auto";
    const filled = image && !isSaid ? yRangeOf(image, look.isLogY) : null;
    const isAlone = this.session.model.series.length === 0;
    const said = image?.down ? (/** @type {number} */ y) => image.said(y) : null;
    const first = isAlone && image ? (/** @type {number} */ x) => image.firstFrom(x) : null;
    const cells = image && { x: isAlone && image.countsX, y: image.countsY, said, first };
    return {
      ...look,
      left: { ...look.left, filled },
      right: { ...look.right, filled: null },
      image,
      cells,
    };
  }

  /** The image that a panel shows; null: none. @param {number} panel */
  imageIn(panel) {
    const { options, model } = this.session;
    const { name, count } = model.image;
    if (count === 0) return null;
    return homeOfImage(options.panels, name, this.panels.length) === panel ? model.image : null;
  }

  /** Compose again, if the options or the list of series are new. */
  update() {
    const { options, model } = this.session;
    if (this.#made.options === options && this.#made.series === model.series) return;
    this.#made = { options, series: model.series };
    this.#series = new Map(model.series.map((one) => [one.name, one]));
    this.#sources = new Map(model.series.map(({ of, source }) => [of, source]));
    this.#ends = bandEnds(
      options,
      model.series.map(({ of }) => of),
    );
    const drawn = model.series.filter(({ of }) => !this.#ends.has(of));
    this.#inRuns = [...new Set(drawn.filter(({ run }) => run).map(({ of }) => of))];
    this.#past = new Map();
    this.#looks.clear();
    for (const one of drawn) {
      const family = familyOf(one);
      this.#past.set(family, Math.max(one.number, this.#past.get(family) ?? 0));
    }
    this.labels.update(
      drawn.map((one) => [one.name, shownName(one, seriesLook(options, one.of).label)]),
    );
    this.panels = arrange(
      options.panels,
      drawn.map(({ name }) => name),
      (name) => this.#placesOf(name),
    );
    this.#homes = new Map(
      this.panels.flatMap((names, panel) =>
        names.map((name) => /** @type {const} */ ([name, panel])),
      ),
    );
  }

  /**
   * The published names beside which a series stands, its own first: it is drawn where that is from
   * which it is derived, unless something else is said of it.
   * @param {string} name
   */
  #placesOf(name) {
    const places = [this.#series.get(name)?.of ?? name];
    for (let at = this.#sources.get(places[0] ?? ""); at; at = this.#sources.get(at))
      places.push(at);
    return places;
  }

  /** In which panel a series is, hidden or not; the first where it is in none. @param {string} name */
  panelOf(name) {
    this.update();
    return this.#homes.get(name) ?? 0;
  }

  /** Is it drawn only as the end of a band? @param {string} name */
  isEnd(name) {
    return this.#ends.has(this.#series.get(name)?.of ?? name);
  }

  /** How a series is drawn. @param {string} name */
  lookOf(name) {
    this.update();
    const known = this.#looks.get(name) ?? this.#lookOf(name);
    this.#looks.set(name, known);
    return known;
  }

  /** @param {string} name */
  #lookOf(name) {
    const { options } = this.session;
    const look = seriesLook(options, this.#series.get(name)?.of ?? name);
    const axes = this.#placesOf(name).map((place) => saidOf(options, place).axis);
    const { run, number } = this.#series.get(name) ?? { run: "", number: 0 };
    return {
      ...look,
      axis: axes.find(Boolean) ?? look.axis,
      color: run ? null : look.color,
      band: number > 0 ? null : look.band,
    };
  }

  /**
   * The runs of one published name have one colour; the series of a named run have that of the run,
   * and differ by dashes.
   * @param {string} name
   */
  #slotOf(name) {
    const { of, run, slot } = this.#series.get(name) ?? { of: name, run: "", slot: 0 };
    // The end of a band is not among those in runs: it has no line of its own.
    return run ? slotOfRun(slot, Math.max(0, this.#inRuns.indexOf(of))) : slot;
  }

  /** Its dashes, in pixels, and its opacity. @param {string} name */
  penOf(name) {
    const { dash, opacity } = this.lookOf(name);
    return { dashes: dashesOf(this.#slotOf(name), dash), opacity };
  }

  /** @param {string} name @param {import("../base/theme.js").Ground} ground */
  colorOf(name, ground) {
    const color = this.lookOf(name).color ?? colorOf(this.#slotOf(name), ground);
    const series = this.#series.get(name);
    if (!series?.number) return color;
    return paler(color, 1 + (this.#past.get(familyOf(series)) ?? 0) - series.number, ground);
  }

  /** How many vertices of a series the axes cannot show. @param {string} name */
  impossibleIn(name) {
    const series = this.#series.get(name);
    return series ? this.#scaledIn(series, this.panelOf(name)).impossible : 0;
  }

  /**
   * The lines of each panel, from the back to the front.
   * @param {(name: string) => boolean} isHidden
   * @param {import("../base/theme.js").Ground} ground
   * @returns {Line[][]}
   */
  lines(isHidden, ground) {
    this.update();
    return this.panels.map((names, panel) => {
      const seen = names
        .filter((name) => !isHidden(name))
        .map((name) => /** @type {Series} */ (this.#series.get(name)));
      // The current run is in front of the past ones, the newest of them in front of the others.
      const past = seen.filter(({ number }) => number > 0).sort((a, b) => a.number - b.number);
      const lines = [...past, ...seen.filter(({ number }) => number === 0)].map((one) =>
        this.#lineOf(one, panel, ground),
      );
      return withHeads(
        this.#dotted(lines, panel, EDGES[ground]),
        (name) => this.#series.get(name)?.number === 0,
      );
    });
  }

  /**
   * With the colours and sizes of its scatters.
   * @param {Line[]} lines
   * @param {number} panel
   * @param {string} edge
   */
  #dotted(lines, panel, edge) {
    const marksOf = (/** @type {Line} */ { name }) => this.#series.get(name)?.marks ?? null;
    const all = lines.map(marksOf).filter((marks) => marks !== null);
    if (all.length === 0) return lines;
    const dots = dotsOf(all, this.session.options.z_range);
    const counts = countsOf(all.filter(({ isDensity }) => isDensity));
    return lines.map((line) => {
      const series = /** @type {Series} */ (this.#series.get(line.name));
      if (!series.marks) return line;
      const { skipped } = this.#scaledIn(series, panel);
      const values = series.marks.values.subarray(2 * skipped);
      const { isDensity, cell } = series.marks;
      const dotted = isDensity ? { ...counts, values, cell } : { ...dots, values, edge };
      return { ...line, style: /** @type {const} */ ("points"), dotted };
    });
  }

  /**
   * @param {Series} series
   * @param {number} panel
   * @param {import("../base/theme.js").Ground} ground
   * @returns {Line}
   */
  #lineOf(series, panel, ground) {
    const { name, kind } = series;
    const { style, points: dots, width, axis, band, dash } = this.lookOf(name);
    const points = this.#scaledOf(series, panel);
    return {
      name,
      label: this.labels.shortOf(name),
      color: this.colorOf(name, ground),
      ...this.penOf(name),
      kind,
      points,
      style,
      dots,
      width,
      axis,
      head: null,
      band: this.#bandOf(band, series.run, panel),
      derived: series.derived !== "",
      dashed: dash !== null && dash !== "solid",
    };
  }

  /** @param {[string, string] | null} names published ones @param {string} run @param {number} panel */
  #bandOf(names, run, panel) {
    const [low, high] = (names ?? []).map((name) =>
      [...this.#series.values()].find(
        (one) => one.of === name && one.run === run && one.number === 0,
      ),
    );
    return low && high && low.kind !== "xy" && high.kind !== "xy"
      ? { low: this.#scaledOf(low, panel), high: this.#scaledOf(high, panel) }
      : null;
  }

  /** @param {Series} series @param {number} panel */
  #scaledOf(series, panel) {
    return this.#scaledIn(series, panel).points;
  }

  /**
   * One series may bound bands in panels of which some are logarithmic.
   * @param {Series} series
   * @param {number} panel
   */
  #scaledIn({ vertices }, panel) {
    const y = this.yScaleOf(panel);
    const all = this.#scaled[y.log ? "log" : "linear"];
    const known = all.get(vertices) ?? new ScaledVertices();
    all.set(vertices, known);
    const points = known.of(vertices.view(), this.xScale, y);
    return { points, impossible: known.impossible, skipped: known.skipped };
  }
}

/**
 * The current curves have a dot where they are now, and a name beside it where there are several.
 * @param {Line[]} lines of one panel
 * @param {(name: string) => boolean} isCurrent
 */
function withHeads(lines, isCurrent) {
  const heads = lines.filter(
    ({ kind, style, name }) => kind === "xy" && style === "line" && isCurrent(name),
  );
  for (const line of heads) line.head = heads.length > 1 ? line.label : "";
  return lines;
}

/**
 * The y over which an image stands: on a logarithmic axis from half a value on, where it begins at 0.
 * @param {import("../image/columns.js").ImageColumns} image
 * @param {boolean} isLog
 * @returns {[number, number]}
 */
function yRangeOf({ y: [low, high], bins }, isLog) {
  return [isLog && low <= 0 ? (high - low) / bins / 2 : low, high];
}

/** What the runs of one published name have in common. @param {Series} series */
function familyOf({ of, run }) {
  return `${of}\n${run}`;
}

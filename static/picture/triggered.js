/**
 * What a trigger adds to a picture: the sweeps before the one that is seen, below it; a line at the
 * level, and one where the series has crossed it; and x counted from there.
 */
import { paler } from "../chart/colors.js";
import { formatSaidBeside } from "../base/beside_text.js";
import { formatTime, formatX } from "../base/readings_text.js";
import { scaledOn } from "./x_range.js";
import { ScaledVertices } from "../view/scaled_vertices.js";

/**
 * @typedef {import("../axes/annotations.js").Notes} Notes
 * @typedef {import("../chart/line.js").Line} Line
 */

/** Pixels of an earlier line: many thin ones are drawn in a fraction of the time. */
const THIN = 1;

export class Triggered {
  /** From where x is counted in the picture that is seen. @type {number | null} */
  since = null;
  /** The notes of a panel, by what they were made of. @type {{of: unknown[], notes: Notes}[]} */
  #known = [];
  /** Earlier vertices on other axes than linear ones. @type {WeakMap<Float64Array, ScaledVertices>} */
  #scaled = new WeakMap();

  /**
   * @param {import("../link/session.js").Session} session
   * @param {import("./composition.js").Composition} composition
   * @param {(panel: number, side: "left" | "right") => import("../view/scale.js").AxisView} axisOf
   */
  constructor(session, composition, axisOf) {
    this.session = session;
    this.composition = composition;
    this.axisOf = axisOf;
  }

  /** The sweep that a view shows; null: none. @param {Pick<import("../view/state.js").View, "mode">} view */
  sweepIn({ mode }) {
    return mode === "follow" ? this.session.sweeps.current : null;
  }

  /**
   * What is seen of x, in scaled values.
   * @param {import("../view/sweeps.js").Sweep} sweep
   * @param {Line[]} lines
   */
  rangeOf({ from, to }, lines) {
    const own = lines.filter(({ isEarlier }) => !isEarlier);
    return scaledOn(this.composition.xScale, [from, to], own);
  }

  /**
   * The lines of each panel, in a view that shows a sweep over those of the earlier ones.
   * @param {Line[][]} panels
   * @param {import("../base/theme.js").Ground} ground
   * @param {Pick<import("../view/state.js").View, "mode">} view
   */
  over(panels, ground, view) {
    if (!this.sweepIn(view) || this.session.sweeps.earlier.length === 0) return panels;
    return panels.map((lines, panel) => [
      ...lines.flatMap((line) => this.#earlierOf(line, panel, ground)),
      ...lines,
    ]);
  }

  /** @param {Line} line @param {number} panel @param {import("../base/theme.js").Ground} ground */
  #earlierOf(line, panel, ground) {
    const { model, sweeps } = this.session;
    const id = model.byName.get(line.name)?.id ?? -1;
    return sweeps.of(id).map((vertices, at, all) => ({
      ...line,
      points: this.#scaledOf(vertices, panel),
      color: paler(line.color, all.length - at, ground),
      width: line.width ?? THIN,
      dots: false,
      head: null,
      band: null,
      isEarlier: true,
    }));
  }

  /** @param {Float64Array} vertices @param {number} panel */
  #scaledOf(vertices, panel) {
    const known = this.#scaled.get(vertices) ?? new ScaledVertices();
    this.#scaled.set(vertices, known);
    return known.of(vertices, this.composition.xScale, this.composition.yScaleOf(panel));
  }

  /** Is the level the user's to move? */
  may() {
    return this.session.edits && this.session.connection.name === "live";
  }

  /** Have the level moved. @param {number} level */
  say(level) {
    if (this.may()) this.session.request({ type: "trigger", trigger: { level } });
  }

  /** Where the level stands; null: there is none. */
  get level() {
    const { trigger } = this.session.options;
    if (!trigger || trigger.mode === "roll") return null;
    const its = this.session.model.series.find(
      ({ of, number }) => of === trigger.series && number === 0,
    );
    if (!its) return null;
    const panel = this.composition.panelOf(its.name);
    return { y: trigger.level, panel, axis: this.composition.lookOf(its.name).axis };
  }

  /**
   * Where its handle stands; null: nowhere.
   * @param {() => import("../view/hit_test.js").Panel[]} panels that are seen
   */
  placeIn(panels) {
    const { level } = this;
    const panel = level && panels()[level.panel];
    const axis = panel && (level.axis === "right" ? panel.right : panel.left);
    return axis ? { box: panel.box, axis, y: level.y, text: this.words } : null;
  }

  /** The level with its unit, in words: as its axis has them. */
  get words() {
    const { panel, axis } = this.level ?? /** @type {const} */ ({ panel: 0, axis: "left" });
    const level = this.session.options.trigger?.level ?? 0;
    return formatSaidBeside(level, this.axisOf(panel, axis));
  }

  /**
   * What is around a panel then.
   * @param {import("../axes/look.js").Look} look
   * @param {number} index of the panel
   * @param {import("../view/state.js").View} view
   * @param {import("../view/scale.js").AxisView} axis of x
   * @returns {import("../axes/look.js").Look}
   */
  look(look, index, view, axis) {
    const zero = this.zero(view, { ...axis, suffix: look.x.suffix });
    this.since = zero?.x ?? null;
    return { ...look, x: { ...look.x, zero }, notes: this.notes(look.notes, index, view) };
  }

  /**
   * What is noted on a panel; the same object as long as it is the same.
   * @param {Notes} notes
   * @param {number} index of the panel
   * @param {import("../view/state.js").View} view
   * @returns {Notes}
   */
  notes(notes, index, view) {
    const { level } = this;
    const here = level?.panel === index ? level : null;
    const x = this.sweepIn(view)?.x;
    const of = [notes.lines, notes.regions, notes.marks, here?.y, here?.axis, x, this.words];
    const known = this.#known[index];
    if (known && of.every((each, at) => each === known.of[at])) return known.notes;
    const lines = here
      ? [...notes.lines, { y: here.y, text: `trigger ${this.words}`, axis: here.axis }]
      : notes.lines;
    const marks = x === undefined ? notes.marks : [...notes.marks, { x, text: "" }];
    const its = { of, notes: { ...notes, lines, marks } };
    this.#known[index] = its;
    return its.notes;
  }

  /**
   * From where x is counted, and what that is; null: from its own zero.
   * @param {import("../view/state.js").View} view
   * @param {import("../view/scale.js").AxisView} axis of x
   */
  zero(view, axis) {
    const sweep = this.sweepIn(view);
    if (!sweep || axis.log) return null;
    const { options, zone, env } = this.session;
    const text = options.time
      ? formatTime(sweep.x, axis.perPixel(sweep.x), env.now(), zone)
      : formatX(sweep.x, axis);
    return { x: sweep.x, text: `trigger at ${text}` };
  }
}

/**
 * A series, as the legend and an exported picture have it in words. What changes with the points is
 * written only where it is read: of a thousand series few are in sight.
 */
import { formatCount } from "../base/counts.js";
import { formatChange } from "../base/beside_text.js";
import { formatAlone, formatBeside, isUnseen } from "../base/readings_text.js";
import { firstYIn, lastYIn } from "../view/vertex_search.js";

/**
 * @typedef {import("../link/model.js").Series} Series
 *
 * @typedef {object} Drawn what of the picture is shown in words
 * @property {number} frames that have been drawn
 * @property {(name: string) => boolean} isEnd is the series only the end of a band?
 * @property {(name: string) => {panel: number, list: HTMLElement | null | undefined}} homeOf its
 *   panel, and the legend there; null: it is that of the page; undefined: there is none yet
 * @property {(name: string) => "left" | "right"} sideOf
 * @property {(name: string) => string} lackOf what of the series cannot be shown
 * @property {(name: string) => import("../view/scale.js").AxisView} axisOf
 * @property {(name: string) => string} colorOf
 * @property {(name: string) => {dashes: number[], opacity: number}} penOf
 * @property {import("../base/labels.js").Labels} labels
 * @property {[number, number]} x the range that is on the screen
 * @property {() => import("../view/hit_test.js").Panel[]} panels
 */

/** Of a curve: x swings, and points are drawn in the order of publishing. */
const XY_TAG = "XY";
const XY_NOTE = "x swings: drawn in the order of publishing (xy=False puts it in order)";

export class SeriesItem {
  /**
   * @param {Series} series
   * @param {Drawn} picture
   * @param {boolean} isLive its newest value is to be said, else the last one that is seen
   */
  constructor(series, picture, isLive) {
    const { id, name, of, run, number } = series;
    this.series = series;
    this.picture = picture;
    this.isLive = isLive;
    this.id = id;
    this.name = name;
    /** The weight by which it is smoothed by hand. */
    this.smooth = series.smooth;
    /** What it is a run of. */
    this.family = `${of}\n${run}`;
    /** It is a past run, and nobody has given it a name. */
    this.isUnnamedPast = number > 0 && name.endsWith(` (${number})`);
    const { panel, list } = picture.homeOf(name);
    this.panel = panel;
    /** The legend of its panel, where there are several; undefined: the next picture has it. */
    this.list = list;
    this.color = picture.colorOf(name);
    const { dashes, opacity } = picture.penOf(name);
    /** Of its line, in pixels; none: it is solid. */
    this.dashes = dashes;
    this.opacity = opacity;
    /** What is shown in place of its name, and of that where there is little room. */
    this.whole = picture.labels.of(name);
    this.label = picture.labels.shortOf(name);
  }

  get points() {
    return this.series.points;
  }

  get value() {
    const { series, picture } = this;
    const y = this.isLive ? series.lastY : lastSeenY(series, picture.x);
    return formatBeside(y, picture.axisOf(this.name));
  }

  /** The same by itself, to be read from afar. */
  get figure() {
    const { series, picture } = this;
    const y = this.isLive ? series.lastY : lastSeenY(series, picture.x);
    return formatAlone(y, picture.axisOf(this.name));
  }

  /** How far it has gone over what is seen; in words without a sign. */
  get change() {
    const { series, picture } = this;
    const last = this.isLive ? series.lastY : lastSeenY(series, picture.x);
    const by = last - firstSeenY(series, picture.x);
    const axis = picture.axisOf(this.name);
    const text = isUnseen(by, axis) ? "" : formatChange(Math.abs(by), last, axis);
    return { by: text ? by : 0, text };
  }

  /** A word beside its name. */
  get tag() {
    const { series, picture, name } = this;
    const tags = [
      series.kind === "xy" && !series.marks ? XY_TAG : "",
      picture.sideOf(name) === "right" ? "right" : "",
      picture.lackOf(name),
    ];
    return tags.filter(Boolean).join(", ");
  }

  /** More about it, shown on hover. */
  get note() {
    const { points, number, cell, kind, name, derived, marks, vertices } = this.series;
    const notes = [
      derived === name ? "" : derived,
      `${formatCount(points)} points`,
      number > 0 ? `past run ${number}` : "",
      cell === null ? "" : `cell ${cell}`,
      kind === "xy" && !marks ? XY_NOTE : "",
      marks && marks.inSight > vertices.count && !marks.isDensity
        ? thinnedNote(marks.inSight, vertices.count)
        : "",
    ];
    return notes.filter(Boolean).join(", ");
  }
}

/** Of a scatter. @param {number} points @param {number} dots that stand for them */
function thinnedNote(points, dots) {
  return `the newest of each place are shown, ${formatCount(dots)} of ${formatCount(points)} in sight: zoom in to see all`;
}

/**
 * Of the last point that is on the screen; NaN: there is none, or it is a gap.
 * @param {Series} series
 * @param {[number, number]} x the range that is
 */
function lastSeenY({ kind, vertices, lastX, lastY }, x) {
  const isSeen = kind === "xy" || (lastX >= x[0] && lastX <= x[1]);
  return isSeen ? lastY : lastYIn(vertices.view(), x);
}

/**
 * Of the first point that is on the screen; NaN: there is none, or x swings.
 * @param {Series} series
 * @param {[number, number]} x
 */
function firstSeenY({ kind, vertices }, x) {
  return kind === "xy" ? NaN : firstYIn(vertices.view(), x);
}

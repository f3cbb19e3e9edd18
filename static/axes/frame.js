/**
 * What is around the series of one panel and how much room it takes: ticks, labels, margins. The
 * plot area moves as little as possible: room for labels is taken at once and given back late.
 */
import { CHUNK_GAP, paintAxes, SWATCH_WIDTH } from "./paint_axes.js";
import { logTicks } from "./log_ticks.js";
import { paintBehind, paintNotes } from "./annotations.js";
import { offsetOf, offsetText } from "./offset.js";
import {
  labelledTicks,
  linearTicks,
  scaledTicks,
  slides,
  TickCache,
  ticksFrom,
  turned,
} from "./ticks.js";
import { LINEAR } from "../view/scale.js";
import { timeTicks } from "./time_ticks.js";
import { OWN } from "../base/zones.js";

/** @typedef {import("../base/shapes.js").Box} Box */
/** @typedef {import("./ticks.js").Ticks} Ticks */
/** @typedef {import("./look.js").Look} Look */
/** @typedef {import("./look.js").AxisLook} AxisLook */
/** @typedef {import("./look.js").SideLook} SideLook */
/** @typedef {import("./look.js").Gutters} Gutters */

const TOP = 10;
const TOP_WITH_HEAD = 26;
const RIGHT = 16;
const BOTTOM = 22;
const BOTTOM_WITHIN = 8;
const SECOND_LINE = 14;
const GUTTER_STEP = 8;
const NARROWEST_GUTTER = 40;
const MOST_WIDTHS = 500;
const LABEL_GAP = 28;
const CALM_SPACING = 80;
const KEY_GAP = 6;
/** Part of the span of x for which ticks are made before they are seen. */
const AHEAD = 1 / 8;

/** @type {Look} */
const BARE = {
  time: false,
  zone: OWN,
  x: { scale: LINEAR, label: "", suffix: "" },
  left: null,
  right: null,
  first: true,
  last: true,
  notes: { lines: [], regions: [], marks: [] },
};

export class Frame {
  #look = BARE;
  /** @type {import("./paint_axes.js").Paint} */
  #paint = {
    grid: "#ddd",
    axis: "#999",
    text: "#666",
    note: "#b80",
    shade: "#eee",
    ground: "#fff",
    font: "11px system-ui, sans-serif",
  };
  /** What all panels have agreed on. @type {Gutters} */
  #gutters = { left: NARROWEST_GUTTER, right: RIGHT };
  #secondLine = false;
  /** @type {Map<string, number>} */
  #widths = new Map();
  #xTicks = new TickCache((...range) => this.#makeXTicks(...range), AHEAD);
  #left;
  #right;
  /** @type {Ticks} */
  #x = { list: [], context: "" };
  /** The range of x that is laid out. @type {[number, number]} */
  #range = [NaN, NaN];
  #isStill = false;
  /** Where texts of notes stand, in pixels of the canvas. @type {Box[]} */
  texts = [];

  /** @param {CanvasRenderingContext2D} context to measure and to paint with */
  constructor(context) {
    this.context = context;
    this.#left = new Side(this.#measure, NARROWEST_GUTTER);
    this.#right = new Side(this.#measure, RIGHT);
  }

  get margins() {
    return { ...this.#gutters, top: this.#hasHead() ? TOP_WITH_HEAD : TOP, bottom: this.bottom };
  }

  /** Room below the plot area. */
  get bottom() {
    return this.#look.last ? BOTTOM + (this.#secondLine ? SECOND_LINE : 0) : BOTTOM_WITHIN;
  }

  #hasHead() {
    return this.#left.head.length + this.#right.head.length > 0;
  }

  /** @param {number} width @param {number} height of the canvas @returns {Box} */
  boxIn(width, height) {
    const { left, top, right, bottom } = this.margins;
    return {
      left,
      top,
      width: Math.max(1, width - left - right),
      height: Math.max(1, height - top - bottom),
    };
  }

  /** @param {Partial<import("./paint_axes.js").Paint>} paint */
  setPaint(paint) {
    this.#paint = { ...this.#paint, ...paint };
    this.#widths.clear();
    this.setLook(this.#look);
  }

  /** @param {Look} look */
  setLook(look) {
    this.#look = look;
    this.#xTicks.forget();
    this.#left.setLook(look.left);
    this.#right.setLook(look.right);
  }

  /**
   * Labels of y, for scaled values.
   * @param {[number, number]} left
   * @param {[number, number]} right
   * @param {number} width of the canvas
   * @param {number} height
   * @returns {Gutters} that they need
   */
  layOutY(left, right, width, height) {
    this.#left.lookAt(left);
    this.#right.lookAt(right);
    const pixels = this.boxIn(width, height).height;
    return { left: this.#left.layOut(left, pixels), right: this.#right.layOut(right, pixels) };
  }

  /**
   * @param {[number, number]} x
   * @param {Gutters} gutters
   * @param {number} width of the canvas
   * @param {number} height
   */
  layOutX(x, gutters, width, height) {
    this.#gutters = gutters;
    this.#isStill = !slides(this.#range, x);
    this.#range = x;
    this.#x = this.#xTicks.get(x[0], x[1], this.boxIn(width, height).width);
    this.#secondLine = this.#x.context !== "" || this.#look.x.label !== "";
  }

  /**
   * @param {number} min
   * @param {number} max
   * @param {number} pixels
   * @param {number} ahead
   */
  #makeXTicks(min, max, pixels, ahead) {
    const { time, zone, x } = this.#look;
    const { scale, zero } = x;
    const now = Date.now() / 1000;
    if (zero && scale === LINEAR)
      return ticksFrom(min, max, zero, pixels, this.#measure, time ? "s" : x.suffix);
    if (time && scale === LINEAR)
      return timeTicks(min, max, pixels, this.#measure, now, ahead, zone, x.first?.(min));
    if (scale.log) {
      const spacing = (/** @type {string} */ label) =>
        Math.max(CALM_SPACING / 2, this.#measure(label) + LABEL_GAP);
      return logTicks(min, max, pixels, spacing, x.suffix, ahead);
    }
    const ends = /** @type {[number, number]} */ ([scale.valueAt(min), scale.valueAt(max)]);
    const more = ahead / scale.factor;
    const ticks = labelledTicks(...ends, pixels, this.#measure, x.suffix, more, x.counted);
    return scaledTicks(ticks, scale);
  }

  /**
   * Digits are as wide as one another, so labels that differ only in digits are measured once.
   * @param {string} text
   */
  #measure = (text) => {
    const shape = text.replace(/\d/g, "0");
    const known = this.#widths.get(shape);
    if (known !== undefined) return known;
    this.context.font = this.#paint.font;
    const { width } = this.context.measureText(shape);
    if (this.#widths.size > MOST_WIDTHS) this.#widths.clear();
    this.#widths.set(shape, width);
    return width;
  };

  /**
   * @param {(scaled: number) => number} xAt CSS pixels from the left of the plot area
   * @param {(scaled: number) => number} leftAt from its top, by the left axis
   * @param {(scaled: number) => number} rightAt by the right axis
   * @param {number} width of the canvas
   * @param {number} height
   */
  paint(xAt, leftAt, rightAt, width, height) {
    const { x, left, right, first, last, notes } = this.#look;
    const box = this.boxIn(width, height);
    const levels = {
      left: left && after(left.scale, leftAt),
      right: right && after(right.scale, rightAt),
    };
    /** @type {import("./annotations.js").NotesScene["yAt"]} the left one has the grid */
    const yAt = (value, axis = left ? "left" : "right") => levels[axis]?.(value) ?? null;
    const suffixes = { left: left?.suffix, right: right?.suffix, main: (left ?? right)?.suffix };
    const halo = this.#look.colors ? this.#paint.ground : null;
    const noted = { box, xAt: after(x.scale, xAt), yAt, suffixes, notes, words: first, halo };
    paintBehind(this.context, noted, this.#paint);
    paintAxes(
      this.context,
      {
        box,
        x: this.#x,
        bottom: last,
        still: this.#isStill,
        bare: this.#look.colors !== undefined,
        left: this.#left.scene(leftAt),
        right: this.#right.scene(rightAt),
        xAt,
        xLabel: x.label,
        width,
        height,
      },
      this.#paint,
    );
    this.texts = paintNotes(this.context, noted, this.#paint);
  }
}

/** @param {import("../view/scale.js").Scale} scale @param {(scaled: number) => number} at */
function after(scale, at) {
  return scale === LINEAR ? at : (/** @type {number} */ value) => at(scale.scaledOf(value));
}

/** One y-axis: its ticks, the room that they take, and what is written above it. */
class Side {
  /** @type {Ticks} */
  ticks = { list: [], context: "" };
  /** @type {import("./paint_axes.js").Chunk[]} */
  head = [];
  /** What the labels leave out. */
  #offset = "";
  /** @type {AxisLook & SideLook | null} */
  #look = null;
  #cache = new TickCache((min, max, pixels) => this.#make(min, max, pixels));
  #gutter;

  /**
   * @param {import("./ticks.js").Measure} measure
   * @param {number} narrowest
   */
  constructor(measure, narrowest) {
    this.measure = measure;
    this.narrowest = narrowest;
    this.#gutter = narrowest;
  }

  /** @param {AxisLook & SideLook | null} look */
  setLook(look) {
    this.#look = look;
    this.#cache.forget();
    this.head = look ? this.#headOf(look) : [];
  }

  /** @param {AxisLook & SideLook} look */
  #headOf({ keys, named, label }) {
    const offset = this.#offset;
    const first = offset
      ? [{ text: offset, color: "", width: this.measure(offset) + KEY_GAP }]
      : [];
    return [...first, ...this.#chunksOf(keys, named, label)];
  }

  /** @param {SideLook["keys"]} keys @param {boolean} named @param {string} label */
  #chunksOf(keys, named, label) {
    const chunks = keys.flatMap(({ name, color }) => {
      const swatch = { text: "", color, width: SWATCH_WIDTH };
      return named
        ? [swatch, { text: name, color: "", width: this.measure(name) + KEY_GAP }]
        : [swatch];
    });
    return label
      ? [...chunks, { text: label, color: "", width: this.measure(label) + CHUNK_GAP }]
      : chunks;
  }

  /** @param {number} min @param {number} max @param {number} pixels @returns {Ticks} */
  #make(min, max, pixels) {
    const { suffix, scale, counted, said } = this.#look ?? BARE.x;
    if (scale.log)
      return logTicks(min, max, pixels, () => Math.max(20, 0.6 * ySpacing(pixels)), suffix);
    const ends = /** @type {[number, number]} */ ([scale.valueAt(min), scale.valueAt(max)]);
    const ticks = (/** @type {number} */ low, /** @type {number} */ high) =>
      linearTicks(low, high, pixels, ySpacing(pixels), suffix, counted);
    const found = said ? turned(ticks(said(ends[1]), said(ends[0])), said) : ticks(...ends);
    return scaledTicks(found, scale);
  }

  /** What stands above the axis depends on its range. @param {[number, number]} range */
  lookAt([min, max]) {
    if (!this.#look) return;
    const { scale, suffix } = this.#look;
    const offset = scale.log
      ? ""
      : offsetText(offsetOf(scale.valueAt(min), scale.valueAt(max)), suffix);
    if (offset === this.#offset) return;
    this.#offset = offset;
    this.head = this.#headOf(this.#look);
  }

  /** @param {[number, number]} range @param {number} pixels */
  layOut(range, pixels) {
    if (!this.#look) {
      this.#gutter = this.narrowest;
      return this.#gutter;
    }
    this.ticks = this.#cache.get(range[0], range[1], pixels);
    let widest = 0;
    for (const tick of this.ticks.list) widest = Math.max(widest, this.measure(tick.label));
    const need = Math.max(this.narrowest, Math.ceil((widest + 14) / GUTTER_STEP) * GUTTER_STEP);
    if (need > this.#gutter || need < this.#gutter - 2 * GUTTER_STEP) this.#gutter = need;
    return this.#gutter;
  }

  /**
   * @param {(scaled: number) => number} at
   * @returns {import("./paint_axes.js").SideScene | null}
   */
  scene(at) {
    return this.#look && { ticks: this.ticks, at, color: this.#look.color, head: this.head };
  }
}

/** Pixels between the labels of y: more where there is room. @param {number} height */
function ySpacing(height) {
  return Math.max(22, Math.min(50, height / 7));
}

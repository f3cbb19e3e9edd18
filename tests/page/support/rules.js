/**
 * The rules that the page shares with the snapshot (zwsnb/snapshot), each as a function from what
 * JSON can carry to what JSON can carry. tests/support/rules.py has the same functions in Python;
 * the golden tables tests/shared/*.json hold examples for both, and
 * tests/unit/snapshot/test_same_as_page.py asks both the same.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import {
  arrowTo,
  beyondText,
  markStart,
  paintBehind,
  paintNotes,
} from "../../../static/axes/annotations.js";
import { colorTicks } from "../../../static/axes/color_scale.js";
import { Frame } from "../../../static/axes/frame.js";
import { logTicks } from "../../../static/axes/log_ticks.js";
import { offsetOf, offsetText } from "../../../static/axes/offset.js";
import { niceStep } from "../../../static/axes/round_steps.js";
import { labelledTicks, linearTicks, ticksFrom } from "../../../static/axes/ticks.js";
import { timeTicks } from "../../../static/axes/time_ticks.js";
import { rangeAround, YFit } from "../../../static/axes/y_fit.js";
import { fitted } from "../../../static/base/ellipsis.js";
import { shortNames, shownName } from "../../../static/base/labels.js";
import { format, unitFor } from "../../../static/base/numbers.js";
import { formatSaidBeside } from "../../../static/base/beside_text.js";
import { formatBeside } from "../../../static/base/readings_text.js";
import { OWN, zoneOf } from "../../../static/base/zones.js";
import { equalized } from "../../../static/picture/aspect.js";
import { ImageColumns } from "../../../static/image/columns.js";
import { colorAt } from "../../../static/image/colormap.js";
import { cellsAt, columnsAt } from "../../../static/image/raster.js";
import { arrange, bandEnds, homeOfImage } from "../../../static/picture/arrange.js";
import { common, outline, stretchesOf } from "../../../static/chart/band.js";
import { candlesIn } from "../../../static/chart/candles.js";
import { roomForBars, roomForCandles, within } from "../../../static/chart/clip.js";
import { Composition } from "../../../static/picture/composition.js";
import { Model } from "../../../static/link/model.js";
import { colorOf, dashesOf } from "../../../static/chart/colors.js";
import { Crowd, inkOf } from "../../../static/dense/crowd.js";
import "./dom.js";
import { CrowdPainter } from "../../../static/dense/crowd_painter.js";
import { ink } from "../../../static/dense/columns.js";
import { movesOf } from "../../../static/dense/decimate.js";
import { lonelyIn } from "../../../static/chart/gaps.js";
import { lookOf } from "../../../static/picture/panel_options.js";
import { ScaledVertices } from "../../../static/view/scaled_vertices.js";
import { SeriesPainter } from "../../../static/chart/series_painter.js";
import { completeOptions, isLogX, isLogY, panelLook } from "../../../static/link/options.js";
import { wrapped } from "../../../static/export/wrap.js";
import { shownImage } from "../../../static/saved/imaged.js";
import { columnWidth, m4 } from "../../../static/saved/m4.js";
import { unpack } from "../../../static/saved/packed.js";
import { sizeRows } from "../../../static/chart/beside.js";
import { colorNumber, dotsOf, radiusOf } from "../../../static/scatter/marks.js";
import { axisView, scaleFor, widened, scaledRange } from "../../../static/view/scale.js";
import { initialView, visibleRange } from "../../../static/view/state.js";
import { scalesOf } from "./lines.js";

const SHARED = new URL("../../shared/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(`${name}.json`, SHARED), "utf8"));
const WIDTHS = read("widths").widths;
const FONT_SIZE = 11;
/** Another day than that of any time asked about: so the date is always there, as in a snapshot. */
const ANOTHER_DAY = 4e11;

const measure = (text) => FONT_SIZE * [...text].reduce((sum, one) => sum + WIDTHS[one], 0);
const floats = (vertices) => Float64Array.from(vertices.flat());
const pairs = (flat) =>
  Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
const listOf = ({ list }) => list.map(({ value, label }) => [value, label]);

/** Dates as a snapshot has them, whatever language the machine speaks. @param {() => any} make */
function inPlainEnglish(make) {
  const { toLocaleDateString } = Date.prototype;
  Date.prototype.toLocaleDateString = function (_locale, options) {
    return toLocaleDateString.call(this, "en-GB", options).replace("Sept", "Sep").replace(",", "");
  };
  try {
    return make();
  } finally {
    Date.prototype.toLocaleDateString = toLocaleDateString;
  }
}

/** A canvas that remembers what is painted, by the names of its functions. */
function recorder() {
  const calls = [];
  const context = { measureText: (text) => ({ width: measure(text) }) };
  const record =
    (name) =>
    (...args) =>
      calls.push([name, ...args]);
  for (const name of "save restore beginPath rect clip moveTo lineTo stroke fill arc setLineDash".split(
    " ",
  ))
    context[name] = record(name);
  context.fillRect = (...args) => calls.push(["fillRect", ...args, context.fillStyle]);
  context.fillText = (...args) => calls.push(["fillText", ...args]);
  return { context, calls };
}

const lineOf = (points, style = "line", more = {}) => ({
  name: "a",
  label: more.name ?? "a",
  color: "#000000",
  dashes: [],
  opacity: 1,
  kind: "points",
  points: floats(points),
  style,
  dots: false,
  width: null,
  axis: "left",
  band: null,
  head: null,
  derived: false,
  dashed: false,
  ...more,
});

/** Columns with ink, of points that are pixels already. */
function filledOf(points, columns) {
  const pixels = { from: 0, zero: 0, scale: 1 };
  const inked = new Float64Array(2 * columns);
  ink(points, pixels, pixels, inked);
  return Array.from({ length: columns }, (_, i) => [i, inked[2 * i], inked[2 * i + 1]]).filter(
    ([, low, high]) => low <= high,
  );
}

/** How a line is painted in the end. */
function painted(points, style, kind, dots, [from, to], width, [low, high], height) {
  const line = within(lineOf(points, style, { kind, dots }), [from, to]);
  const series = { lines: { lineWidth: 0 }, bars: { barWidth: [1, true] } };
  const used = [];
  const { context, calls } = recorder();
  const pixelsOf = ([min, max], length) => ({
    scale: length / (max - min),
    options: { min, max },
    p2c: (value) => ((value - min) / (max - min)) * length,
  });
  const canvas = {
    context,
    box: { left: 0, top: 0, width, height },
    ratio: 1,
    crowd: new CrowdPainter(),
    x: pixelsOf([from, to], width),
    y: pixelsOf([low, high], height),
    paint: (drawer) => used.push(drawer),
  };
  const painter = new SeriesPainter();
  painter.paint(canvas, series, 0, line);
  return {
    width: series.lines.lineWidth,
    dots: used.includes("drawSeriesPoints"),
    lonely: calls.filter(([name]) => name === "arc").length,
  };
}

const SIDE = { color: null, keys: [], named: true, label: "", suffix: "" };

function headOf({ keys, named, label }) {
  const side = {
    ...SIDE,
    scale: scaleFor(false),
    keys: keys.map(([name, color]) => ({ name, color })),
    named,
    label,
  };
  return side;
}

/** What stands above the axes of a panel: x, text and colour, from the left to the right. */
function heads(left, right, width) {
  const { context, calls } = recorder();
  const frame = new Frame(context);
  const look = {
    left: left && headOf(left),
    right: right && headOf(right),
    first: true,
    last: false,
  };
  frame.setLook({
    ...look,
    time: false,
    zone: OWN,
    x: { ...SIDE, scale: scaleFor(false) },
    notes: NO_NOTES,
  });
  frame.paint(
    () => 0,
    () => 0,
    () => 0,
    width,
    100,
  );
  const swatches = calls.filter(([name]) => name === "fillRect");
  const texts = calls.filter(([name, text]) => name === "fillText" && text !== "");
  return [
    ...swatches.map(([, x, , , , color]) => [x, "", color]),
    ...texts.map(([, text, x]) => [x, text, ""]),
  ].sort((a, b) => a[0] - b[0]);
}

const NO_NOTES = { lines: [], regions: [], marks: [] };

function gutter(low, high, height, suffix, log) {
  const frame = new Frame(recorder().context);
  const left = { ...SIDE, scale: scaleFor(log), suffix };
  const x = { ...SIDE, scale: scaleFor(false) };
  frame.setLook({ left, right: null, first: true, last: false, time: false, x, notes: NO_NOTES });
  const around = frame.margins.top + frame.margins.bottom;
  return frame.layOutY([low, high], [0, 1], 800, height + around).left;
}

/** Where regions, thresholds and marks stand: [left, width] of each, pixels. */
function annotations(notes, [from, to], [low, high], [width, height], log) {
  const { context, calls } = recorder();
  const [x, y] = [
    axisView(scaleFor(log), [from, to], width),
    axisView(scaleFor(log), [high, low], height),
  ];
  const scene = {
    box: { left: 0, top: 0, width, height },
    xAt: x.pixelOf,
    yAt: y.pixelOf,
    suffixes: {},
    notes,
    words: false,
  };
  paintBehind(context, scene, {});
  paintNotes(context, scene, {});
  const lines = calls.filter(([name]) => name === "moveTo").map(([, left, top]) => [left, top]);
  return {
    regions: calls.filter(([name]) => name === "fillRect").map(([, left, , wide]) => [left, wide]),
    thresholds: lines.filter(([left]) => left === 0).map(([, top]) => top),
    arrows: notes.lines.map((line) => arrowTo(y.pixelOf(line.y), height)).filter(Boolean),
  };
}

/** What is said of a panel, else of the plot. */
function panelLookOf(said, index) {
  const { left, right, isLogY, height, lines } = panelLook(completeOptions(said), index);
  const sideOf = ({ range, label, unit }) => [range, label, unit];
  return {
    left: sideOf(left),
    right: sideOf(right),
    log: isLogY,
    height,
    lines: lines.map(({ y }) => y),
  };
}

/** Labels, units and keys of a panel's axes. */
function sides(said, lines, count) {
  const options = completeOptions(said);
  const made = lines.map(([name, color, axis]) => lineOf([], "line", { name, color, axis }));
  const look = lookOf(options, NO_NOTES, made, count - 1, count, scalesOf(options));
  const sideOf = (side) =>
    side && {
      label: side.label,
      unit: side.suffix,
      keys: side.keys.map(({ name, color }) => [name, color]),
      named: side.named,
      color: side.color,
    };
  return { x_label: look.x.label, left: sideOf(look.left), right: sideOf(look.right) };
}

function band(low, high, begin, end) {
  const [lower, upper] = [floats(low), floats(high)];
  return common(common(stretchesOf(lower), stretchesOf(upper)), [[begin, end]]).map((stretch) => [
    pairs(outline(upper, stretch, 1, Math.min)), // pixels: y goes down
    pairs(outline(lower, stretch, 1, Math.max)),
  ]);
}

export const RULES = {
  nice_step: niceStep,
  offset: (low, high, suffix) => offsetText(offsetOf(low, high), suffix),
  readings: (value, low, high, suffix, log, pixels) => {
    const scale = scaleFor(log);
    const ends = /** @type {[number, number]} */ ([high, low].map(scale.scaledOf));
    const axis = axisView(scale, ends, pixels, suffix);
    return [formatBeside(value, axis), formatSaidBeside(value, axis)];
  },
  number: (value, largest, step, suffix) => format(value, unitFor(largest, step, suffix)),
  linear_ticks: (...args) => listOf(linearTicks(...args)),
  counted_ticks: (low, high, pixels) => [
    listOf(linearTicks(low, high, pixels, 40, "", true)),
    listOf(labelledTicks(low, high, pixels, measure, "", 0, true)),
  ],
  labelled_ticks: (low, high, pixels, suffix) =>
    listOf(labelledTicks(low, high, pixels, measure, suffix)),
  ticks_from: (low, high, zero, pixels, suffix) =>
    listOf(ticksFrom(low, high, { x: zero, text: "zero" }, pixels, measure, suffix)),
  log_ticks: (low, high, pixels, spacing, suffix) => {
    const spacingOf = spacing ? () => spacing : (label) => Math.max(40, measure(label) + 28);
    const ticks = logTicks(low, high, pixels, spacingOf, suffix);
    return { list: listOf(ticks), fine: ticks.fine };
  },
  time_ticks: (zone, low, high, pixels, tz = null, origin = 0, first = null) => {
    process.env.TZ = zone;
    const ticks = inPlainEnglish(() =>
      timeTicks(
        low,
        high,
        pixels,
        measure,
        ANOTHER_DAY,
        0,
        zoneOf(tz, origin),
        first ? { x: first[0], width: first[1] } : undefined,
      ),
    );
    return { list: listOf(ticks), context: ticks.context };
  },
  ellipsis: (text, room) => fitted({ measureText: (one) => ({ width: measure(one) }) }, text, room),
  wrapped: (text, room) => wrapped(text, room, measure),
  position: (value, log) => scaleFor(log).scaledOf(value),
  positions: (vertices, logX, logY) => {
    const places = new ScaledVertices();
    const found = places.of(floats(vertices), scaleFor(logX), scaleFor(logY));
    return [pairs(found), places.impossible];
  },
  widened: (low, high, log) => widened([low, high], log),
  x_range: (min, max, window, wanted, least, log) =>
    scaledRange(visibleRange(initialView(window), min, max, wanted), least, scaleFor(log)),
  positions_between: (low, high, least, log) => scaledRange([low, high], least, scaleFor(log)),
  room_for_bars: (low, high, series) =>
    roomForBars(
      [low, high],
      series.map((xs) =>
        lineOf(
          xs.map((x) => [x, 1]),
          "bars",
        ),
      ),
    ),
  equalized: (x, ys, sizes) => {
    const found = equalized(
      x,
      ys,
      sizes.map(([width, height]) => ({ width, height })),
      false,
    );
    return [found.x, found.ys];
  },
  candles: (points) => {
    const same = (/** @type {number} */ value) => value;
    return candlesIn(floats(points), same, same).map(Object.values);
  },
  size_rows: (...args) =>
    sizeRows(...args).map(({ middle, radius, label }) => [middle, radius, label]),
  dots: (marks, said) => {
    const values = floats(marks);
    const ends = [0, 1].map((at) => {
      const known = marks.map((mark) => mark[at]).filter((value) => !Number.isNaN(value));
      return known.length > 0 ? [Math.min(...known), Math.max(...known)] : [NaN, NaN];
    });
    const { z, largest } = dotsOf([{ values, colors: ends[0], sizes: ends[1] }], said);
    return marks.map(([color, size]) => [colorNumber(color, z), radiusOf(size, largest)]);
  },
  room_for_candles: (low, high, series) =>
    roomForCandles(
      [low, high],
      series.map((points) => lineOf(points, "candles", { kind: "candles" })),
    ),
  y_range: (vertices, x, said, style, log) => {
    const fit = new YFit();
    const wish = { held: undefined, said, scale: scaleFor(log), eager: false };
    fit.fit([within(lineOf(vertices, style), x)], x, wish, 0);
    return fit.scaled;
  },
  within: (points, low, high, kind) =>
    pairs(within(lineOf(points, "line", { kind }), [low, high]).points),
  lonely: (points) => [...lonelyIn(floats(points))].map((at) => at / 2),
  moves: (points, xScale, yScale, style) => {
    const cut = { xScale, yScale, joined: true, nulls: style !== "line" };
    return movesOf(floats(points), cut);
  },
  filled: (points, columns) => filledOf(floats(points), columns),
  ink: (points, xScale, yScale, x, y) => inkOf(floats(points), { xScale, yScale, x, y }),
  crowd: (groups) => {
    const named = groups.map(([count, points, more], at) =>
      Array.from({ length: count }, (_, i) => ({
        ...lineOf(points, more.style ?? "line", more),
        name: `${at} ${i}`,
      })),
    );
    const crowd = new Crowd();
    const seen = { xScale: 1, yScale: 1, x: [0, 100], y: [0, 100] };
    crowd.look(named.flat(), () => seen, 10_000, 1);
    return named.map((lines) => lines.filter((line) => crowd.has(line)).length);
  },
  painted,
  band,
  arrange: (panels, names, places = {}) =>
    arrange(panels, names, (name) => (Object.hasOwn(places, name) ? places[name] : [name])),
  band_ends: (series, present) => [...bandEnds(completeOptions({ series }), present)].sort(),
  runs: (list, series) => {
    const model = new Model();
    model.setSeries(
      list.map(([of, run, number, slot], id) => {
        return { id, name: String(id), of, run, number, cell: null, slot };
      }),
    );
    const composition = new Composition({ model, options: completeOptions({ series }) });
    const [lines] = composition.lines(() => false, "light");
    return lines.map(({ label, color, dashes, opacity }) => [
      label,
      color,
      dashes.join(" "),
      opacity,
    ]);
  },
  slots: (slots) => slots.map((slot) => [colorOf(slot, "light"), dashesOf(slot).join(" ")]),
  color_at: colorAt,
  image_columns: (x, values) => [...columnsAt(x, (pixel) => values[pixel - 0.5], values.length)],
  image_cells: (y, bins, factor, values) => [
    ...cellsAt({ y, bins, factor }, (pixel) => values[pixel - 0.5], values.length),
  ],
  image_color: (value, low, high, log) => [
    [Object.assign(new ImageColumns(), { z: [low, high], log }).colorOf(Math.fround(value))],
  ],
  image_joined: imageJoined,
  range_around: (filled, [low, high], log) => rangeAround(filled, { low, high }, scaleFor(log)),
  color_ticks: (low, high, log, height, unit) =>
    colorTicks({ z: [low, high], log, unit }, height).map(({ part, label }) => [part, label]),
  image_home: homeOfImage,
  shown_name: (name, of, run, number, label) => shownName({ name, of, run, number }, label),
  short_names: (names, most) => [...shortNames(names, most).values()],
  log_axes: (log, time) => [isLogX({ log, time }), isLogY({ log })],
  panel_look: panelLookOf,
  sides,
  heads,
  gutter,
  annotations,
  beyond: beyondText,
  mark_start: markStart,
  m4: (points, width, log) => pairs(m4(floats(points), { width, log })),
  column_width: columnWidth,
  unpacked: (packed, lengths) =>
    unpack(new Uint8Array(inflateSync(Buffer.from(packed, "base64"))), lengths).map((column) => [
      ...column,
    ]),
};

/** JSON has no NaN and no infinity: they are texts. */
export const encode = (value) =>
  JSON.stringify(value, (_, one) =>
    typeof one === "number" && !Number.isFinite(one) ? String(one) : one,
  );
export const decode = (text) =>
  JSON.parse(text, (_, one) =>
    ["NaN", "Infinity", "-Infinity"].includes(one) ? Number(one) : one,
  );

/** Texts are the same, numbers too but for their last digits, of the largest number around. */
function assertClose(found, expected, scale) {
  if (typeof expected === "number" && typeof found === "number") {
    const apart = Math.abs(found - expected);
    assert.ok(
      Object.is(found, expected) || !(apart > 1e-12 * scale),
      `${found} is not ${expected}`,
    );
  } else if (expected && typeof expected === "object") {
    assert.deepEqual(Object.keys(found), Object.keys(expected));
    for (const key of Object.keys(expected)) assertClose(found[key], expected[key], scale);
  } else assert.equal(found, expected);
}

function largestIn(value) {
  if (typeof value === "number") return Number.isFinite(value) ? Math.abs(value) : 0;
  return value && typeof value === "object"
    ? Math.max(0, ...Object.values(value).map(largestIn))
    : 0;
}

/** What a saved page shows of rows with these colours, from the lowest y. */
function imageJoined(x, colors, width, log, factor) {
  const bins = colors[0].length;
  const held = { x: Float64Array.from(x), colors: Uint8Array.from(colors.flat()), bins, factor: 1 };
  const visible = { lo: x[0], hi: Infinity, pixels: 9, grid: { width: width / 2, log } };
  const { patch } = shownImage(held, visible, Math.ceil(bins / factor));
  const cells = [...patch.x.keys()].map((i) => [
    ...patch.colors.subarray(i * patch.height, (i + 1) * patch.height),
  ]);
  return [[...patch.x], cells];
}

/** Test a rule by its golden table. @param {string} rule */
export function golden(rule) {
  const { cases } = decode(readFileSync(new URL(`${rule}.json`, SHARED), "utf8"));
  for (const [args, expected] of cases) {
    test(`tests/shared/${rule}.json: ${encode(args).slice(0, 100)}`, () => {
      const found = decode(encode(RULES[rule](...args)));
      assertClose(found, expected, largestIn(expected));
    });
  }
}

/**
 * Reading values off the plot: the crosshair at the pointer or moved by keys, the questions to the relay that make
 * what it shows true, two clicks that measure. It has the state; focus.js and marks.js have the sense, overlay.js and
 * readout.js show it.
 */
import { byId, setText } from "./dom.js";
import { focusAt, focusOn, readingsAt } from "./focus.js";
import { differences, formatSix, mark, selectionOf, UNMARKED } from "./marks.js";
import { nearestInPixels, nextInX, xOf, yOf } from "./nearest.js";
import { Overlay } from "./overlay.js";
import { Questions } from "./questions.js";
import { formatExact, formatTime, formatX, joined } from "./reading.js";
import { Readout, roomIn } from "./readout.js";
import { AT_FIRST, bestStanding, boxAt } from "./placing.js";
import { areaOf, isInside, isOver, zoneAt } from "./zones.js";

/**
 * @typedef {import("./focus.js").Focus} Focus
 * @typedef {import("./focus.js").Reading} Reading
 * @typedef {import("./zones.js").Spot} Spot
 * @typedef {import("./zones.js").Panel} Panel
 *
 * @typedef {{name: string, axis: import("./scale.js").AxisView, panel: Panel, index: number}} Shown
 *
 * @typedef {object} Around what the reader needs of the page
 * @property {import("./session.js").Session} session
 * @property {() => Panel[]} panels
 * @property {(by: number) => void} pan by a fraction of the width
 * @property {() => void} changed there is something new to show
 */

const ASK_AGAIN = 0.5;
const MEASURE_AGAIN = 1;
const TEXT_EVERY = 0.03;
const PLACE_EVERY = 0.25;
const SPEAK_AFTER = 300;
const INSET = 6;
const EDGE = 3;
const MOST_SAMPLES = 600;
const FAST = 10;

export class Reader {
  #reads;
  #measures;
  #overlay;
  #readout;
  /** @type {Spot | null} */
  #pointer = null;
  /** The crosshair as keys have placed it. @type {{series: string, x: number, y: number} | null} */
  #keyed = null;
  /** @type {Focus | null} */
  #focus = null;
  /** @type {Reading[]} */
  #readings = [];
  #marks = UNMARKED;
  /** @type {import("./axes.js").Box | null} */
  #drawn = null;
  /** @type {import("./questions.js").ReadAnswer | null} */
  #read = null;
  /** @type {import("./questions.js").MeasureAnswer | null} */
  #figures = null;
  #asked = { x: NaN, points: -1, at: -Infinity };
  #measured = { points: -1, at: -Infinity };
  #standing = AT_FIRST;
  #placedAt = -Infinity;
  #shownAt = -Infinity;
  #speaking = 0;

  /** @param {Element} host that holds #plot @param {Around} around */
  constructor(host, around) {
    this.host = host;
    this.around = around;
    this.#overlay = new Overlay(host);
    this.#readout = new Readout(host, () => this.#arrange(seconds(), true));
    this.#reads = new Questions((question) => around.session.ask(question));
    this.#measures = new Questions((question) => around.session.ask(question));
  }

  // What hands do.

  /** @param {Spot | null} spot */
  point(spot) {
    this.#pointer = spot && isOver(this.around.panels(), spot) ? spot : null;
    this.#keyed = null;
    this.around.changed();
  }

  /** @param {import("./axes.js").Box | null} box */
  draw(box) {
    this.#drawn = box;
    this.around.changed();
  }

  /** @param {Spot} spot @param {number} count */
  click(spot, count) {
    if (!isOver(this.around.panels(), spot) || this.around.session.model.isEmpty) return;
    if (count > 1) return this.#mark({ type: "double" });
    this.#keyed = null;
    this.#pointer = spot;
    this.#markAt(this.#find());
  }

  /** @param {Focus | null} focus */
  #markAt(focus) {
    if (focus) this.#mark({ type: "click", mark: { x: focus.x, y: focus.y, axis: focus.key } });
  }

  /** @param {import("./marks.js").MarkEvent} event */
  #mark(event) {
    this.#marks = mark(this.#marks, event);
    this.#figures = null;
    this.#measures.forget();
    this.#measured.at = -Infinity;
    this.#placedAt = -Infinity;
    this.around.changed();
  }

  /** @param {KeyboardEvent} event @returns {boolean} it was for the reader */
  press(event) {
    if (event.altKey) return false;
    if (event.key === "Escape") return this.#cancel();
    if (event.key === "c" || event.key === "C") return this.#toggle();
    if (event.key === "Enter" || event.key === "m") return this.#markByKey();
    return this.#keyed !== null && this.#move(event.key, event.shiftKey);
  }

  /** The newest thing first. */
  #cancel() {
    if (this.#marks.a) return this.#mark({ type: "clear" }), true;
    if (!this.#keyed) return false;
    return this.#toggle();
  }

  #markByKey() {
    if (!this.#focus) return false;
    this.#markAt(this.#focus);
    this.#speak();
    return true;
  }

  // The crosshair by keys.

  #toggle() {
    this.#keyed = this.#keyed ? null : this.#start();
    this.#pointer = null;
    this.#speak();
    this.around.changed();
    return true;
  }

  /** On the point that is pointed at, or on the newest one that is seen. */
  #start() {
    const shown = this.#shownSeries();
    const first = this.#focus?.series ?? shown[0]?.name;
    const found = shown.find(({ name }) => name === first);
    const x = this.#focus?.x ?? found?.panel.x.high;
    return found && x !== undefined ? this.#pointNear(found, x) : null;
  }

  /** @returns {Shown[]} */
  #shownSeries() {
    const panels = this.around.panels();
    return panels.flatMap((panel, index) => panel.series.map(({ name, axis }) => ({ name, axis, panel, index })));
  }

  /** @param {Shown} shown @param {number} x */
  #pointNear({ name, panel }, x) {
    const points = this.#model().get(name)?.vertices.view() ?? new Float64Array();
    const [from, to] = [panel.x.low, panel.x.high];
    const inside = Math.max(from, Math.min(to, x));
    const before = nextInX(points, inside, -1, 0);
    const index = xAtIndex(points, before) >= from ? before : nextInX(points, from, 1, 0);
    return index < 0 ? null : { series: name, x: xOf(points, index), y: yOf(points, index) };
  }

  /** @param {string} key @param {boolean} fast */
  #move(key, fast) {
    const steps = fast ? FAST : 1;
    if (key === "ArrowRight") this.#step(1, steps);
    else if (key === "ArrowLeft") this.#step(-1, steps);
    else if (key === "ArrowDown") this.#switch(1);
    else if (key === "ArrowUp") this.#switch(-1);
    else return false;
    this.#speak();
    this.around.changed();
    return true;
  }

  /** @param {1 | -1} direction @param {number} steps */
  #step(direction, steps) {
    const shown = this.#shownSeries().find(({ name }) => name === this.#keyed?.series);
    const series = this.#model().get(this.#keyed?.series ?? "");
    if (!this.#keyed || !shown || !series) return;
    const points = series.vertices.view();
    for (let i = 0; i < steps; i++) {
      /** @type {number} */
      const index = series.kind === "xy" ? this.#nextInOrder(points, shown, direction) : nextInX(points, this.#keyed.x, direction, leastStep(series.kind, shown.panel));
      if (index < 0) break;
      this.#keyed = { series: series.name, x: xOf(points, index), y: yOf(points, index) };
    }
    this.#keepInSight(shown.panel);
  }

  /**
   * Along an XY series, as it was published.
   * @param {Float64Array} points
   * @param {Shown} shown
   * @param {1 | -1} direction
   */
  #nextInOrder(points, { axis, panel }, direction) {
    const { x, y } = /** @type {{x: number, y: number}} */ (this.#keyed);
    const place = { xAt: panel.x.pixelOf, yAt: axis.pixelOf, valueAt: panel.x.valueAt };
    const found = nearestInPixels(points, false, { x: place.xAt(x), y: place.yAt(y) }, place, Infinity);
    const index = (found?.index ?? -1) + direction;
    return index < points.length / 2 ? index : -1;
  }

  /** @param {Panel} panel */
  #keepInSight({ x: { low, high } }) {
    if (!this.#keyed) return;
    if (this.#keyed.x < low) this.around.pan(-0.25);
    if (this.#keyed.x > high) this.around.pan(0.25);
  }

  /** @param {1 | -1} by */
  #switch(by) {
    const shown = this.#shownSeries();
    const at = shown.findIndex(({ name }) => name === this.#keyed?.series);
    const next = shown[(at + by + shown.length) % shown.length];
    if (next && this.#keyed) this.#keyed = this.#pointNear(next, this.#keyed.x) ?? this.#keyed;
  }

  // Questions and answers.

  /** @param {import("./questions.js").Answer} answer */
  answered(answer) {
    if (answer.type === "read" && this.#reads.answered(answer, seconds())) this.#read = answer;
    if (answer.type === "measure" && this.#measures.answered(answer, seconds())) this.#figures = answer;
    this.around.changed();
  }

  /** The relay has greeted: what was asked is asked again. */
  connected() {
    this.#reads.forget();
    this.#measures.forget();
    this.#read = null;
    this.#asked.at = this.#measured.at = -Infinity;
    this.#asked.x = NaN;
  }

  /** @param {number} now */
  #ask(now) {
    const { points } = this.around.session.model;
    const { x } = this.#focus ?? { x: NaN };
    const moved = x !== this.#asked.x;
    const grown = points !== this.#asked.points && now - this.#asked.at > ASK_AGAIN;
    if (Number.isNaN(x) || !(moved || grown)) return;
    this.#asked = { x, points, at: now };
    this.#reads.ask({ type: "read", x }, now);
  }

  /** Again, when more has come into a selection that reaches beyond the newest point. @param {number} now */
  #askFigures(now) {
    const { points, xMax } = this.around.session.model;
    const selection = selectionOf(this.#marks);
    const first = this.#measured.at === -Infinity;
    const grown = points !== this.#measured.points && now - this.#measured.at > MEASURE_AGAIN;
    if (!selection || !(first || (grown && (this.#figures === null || selection.to >= xMax)))) return;
    this.#measured = { points, at: now };
    this.#measures.ask({ type: "measure", ...selection }, now);
  }

  // What is seen.

  #model() {
    return new Map(this.around.session.model.series.map((one) => [one.name, one]));
  }

  /** @returns {Focus | null} */
  #find() {
    const panels = this.around.panels();
    if (this.#drawn || this.around.session.model.isEmpty) return null;
    if (this.#keyed) return this.#findKeyed(this.#keyed);
    return this.#pointer && focusAt(panels, this.#model(), zoneAt(panels, this.#pointer).panel, this.#pointer);
  }

  /** @param {{series: string, x: number, y: number}} keyed */
  #findKeyed(keyed) {
    const shown = this.#shownSeries().find(({ name }) => name === keyed.series);
    if (!shown || keyed.x < shown.panel.x.low || keyed.x > shown.panel.x.high) return null;
    return focusOn(shown.panel, shown.index, shown.axis, shown.name, keyed);
  }

  /** @param {number} now @returns {boolean} it wants another frame */
  frame(now) {
    if (this.around.session.model.isEmpty) this.#marks = UNMARKED;
    this.#focus = this.#find();
    this.#ask(now);
    this.#askFigures(now);
    const panels = this.around.panels();
    this.#readings = this.#focus ? readingsAt(panels, this.#model(), this.#focus, this.#read) : [];
    this.#overlay.update(this.#sight(panels));
    return this.#showText(panels, now);
  }

  /** Where the crosshair stands: on the points that are read, if all have one x. @param {Focus} focus */
  #x(focus) {
    const first = this.#readings[0]?.x;
    return first !== undefined && this.#readings.every(({ x, xy }) => x === first && !xy) ? first : focus.x;
  }

  /** @param {Panel[]} panels @returns {import("./overlay.js").Sight} */
  #sight(panels) {
    const { a, b } = this.#marks;
    const flags = [a, b].flatMap((one, index) => (one ? [{ ...spotOf(panels, one), name: "AB".charAt(index) }] : []));
    const cross = this.#focus && this.#crossAt(/** @type {Panel} */ (panels[this.#focus.panel]), this.#focus);
    const dots = this.#readings.filter(({ spot }) => isInside(panels, spot)).map(({ spot, color }) => ({ ...spot, color }));
    return { area: areaOf(panels), cross, dots, flags, drawn: this.#drawn };
  }

  /** @param {Panel} panel @param {Focus} focus */
  #crossAt({ box, x }, focus) {
    const at = box.left + x.pixelOf(this.#x(focus));
    return { x: at >= box.left && at <= box.left + box.width ? at : focus.spot.x, y: focus.spot.y, box };
  }

  /** @param {Panel[]} panels @param {number} now */
  #showText(panels, now) {
    if (!this.#focus && !this.#marks.a) return this.#readout.hide(), false;
    if (now - this.#shownAt < TEXT_EVERY) return true;
    this.#shownAt = now;
    const area = this.#room(areaOf(panels));
    this.#readout.show({ at: this.#atText(panels), rows: this.#readings.map((one) => this.#rowOf(one)), measured: this.#measuredText(panels) }, area);
    this.#arrange(now, false);
    return false;
  }

  /** Put the figures where they hide least. @param {number} now @param {boolean} anew they have another size */
  #arrange(now, anew) {
    const panels = this.around.panels();
    const area = this.#room(areaOf(panels));
    if (anew || now - this.#placedAt > PLACE_EVERY) this.#choosePlace(panels, area, anew || this.#placedAt === -Infinity);
    this.#readout.place(boxAt(area, this.#readout.size, this.#standing), area.width);
  }

  /** @param {Panel[]} panels @param {import("./axes.js").Box} area @param {boolean} anew */
  #choosePlace(panels, area, anew) {
    this.#placedAt = seconds();
    const { a, b } = this.#marks;
    const pointed = [a, b].flatMap((one) => (one ? [spotOf(panels, one)] : []));
    if (this.#focus) pointed.push(this.#focus.spot);
    this.#standing = bestStanding(area, this.#readout.size, this.#samples(panels), pointed, this.#standing, anew);
  }

  /** Where the lines run. @param {Panel[]} panels */
  #samples(panels) {
    const model = this.#model();
    return panels.flatMap(({ box, x, series }) =>
      series.flatMap(({ name, axis }) => {
        const points = model.get(name)?.vertices.view() ?? new Float64Array();
        const every = Math.max(1, Math.ceil(points.length / 2 / MOST_SAMPLES));
        return Array.from({ length: Math.floor(points.length / 2 / every) }, (_, i) => ({ x: box.left + x.pixelOf(xOf(points, i * every)), y: box.top + axis.pixelOf(yOf(points, i * every)) }));
      }),
    );
  }

  /** Where figures may stand: in a small frame over the axes too. @param {import("./axes.js").Box} area */
  #room(area) {
    const inside = inset(area);
    return roomIn(inside) === "tiny" ? { ...inside, left: EDGE, width: this.host.clientWidth - 2 * EDGE } : inside;
  }

  // Words.

  /** @param {Panel[]} panels @param {number} x */
  #xText(panels, x) {
    const { options } = this.around.session;
    const axis = /** @type {Panel} */ (panels[0]).x;
    const perPixel = Math.abs(axis.valueAt(axis.pixelOf(x) + 1) - x);
    return options.time ? formatTime(x, perPixel, Date.now() / 1000) : joined(formatX(x, perPixel), options.x_unit ?? "");
  }

  /** @param {Panel[]} panels */
  #atText(panels) {
    return this.#focus ? this.#xText(panels, this.#x(this.#focus)) : "";
  }

  /** @param {Reading} reading @returns {import("./readout.js").Row} */
  #rowOf({ name, color, x, y, suffix, xy, exact, spot }) {
    const text = (/** @type {(value: number) => string} */ write) => {
      const value = Number.isNaN(y) ? "gap" : joined(write(y), suffix);
      return (exact ? "" : "≈ ") + (xy ? `${formatSix(x)}, ${value}` : value);
    };
    const distance = this.#focus ? Math.hypot(spot.x - this.#focus.spot.x, spot.y - this.#focus.spot.y) : 0;
    return { name, color, value: text(formatExact), short: text(formatSix), exact, distance: Number.isNaN(distance) ? Infinity : distance };
  }

  /** @param {Panel[]} panels @returns {import("./readout.js").Measured | null} */
  #measuredText(panels) {
    const { a, b } = this.#marks;
    if (!a) return null;
    if (!b) return { differences: [["A", this.#xText(panels, a.x)]], rows: [], note: "click again to measure from A" };
    const { options } = this.around.session;
    const [panel, side] = a.axis.split(":");
    const y = panels[Number(panel)]?.[side === "right" ? "right" : "left"]?.suffix ?? "";
    return { differences: differences(a, b, { time: options.time, x: options.x_unit ?? "", y }), rows: this.#figureRows(panels), note: this.#figuresNote() };
  }

  #figuresNote() {
    if (!selectionOf(this.#marks)) return "";
    if (!this.#figures) return "computing…";
    return this.#figures.series.some(({ complete, count }) => !complete && count >= 0) ? "of what is still held" : "";
  }

  /** @param {Panel[]} panels @returns {import("./readout.js").FigureRow[]} */
  #figureRows(panels) {
    const model = this.#model();
    return panels.flatMap(({ series }) =>
      series.flatMap(({ name, color }) => {
        const its = this.#figures?.series.find(({ id }) => id === model.get(name)?.id);
        return its ? [{ name, color, figures: [its.mean, its.min, its.max, its.sd, its.count].map((figure) => (figure === null ? "–" : formatSix(figure))) }] : [];
      }),
    );
  }

  /** What the keys have reached, politely: after the last of a row of keys. */
  #speak() {
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => setText(byId("read"), this.#sentence()), SPEAK_AFTER);
  }

  #sentence() {
    const panels = this.around.panels();
    if (!this.#focus) return this.#keyed ? "" : "Crosshair off";
    const rows = this.#readings.map((one) => this.#rowOf(one)).map(({ name, value }) => `${name} ${value}`);
    const measured = this.#measuredText(panels);
    return [this.#atText(panels), ...rows, ...(measured?.differences ?? []).map(([name, value]) => `${name} ${value}`)].join(", ");
  }

  /** What tests and other parts of the page read. */
  stats() {
    const { a, b } = this.#marks;
    const names = new Map(this.around.session.model.series.map(({ id, name }) => [id, name]));
    return {
      crosshair: this.#focus && { x: this.#x(this.#focus), series: this.#focus.series, keyed: this.#keyed !== null, rows: this.#readings.map(({ name, x, y, exact }) => ({ name, x, y, exact })) },
      marks: { a, b },
      selection: selectionOf(this.#marks),
      figures: this.#figures && Object.fromEntries(this.#figures.series.map((one) => [names.get(one.id), one])),
      readout: this.#readout.text,
      drawn: this.#drawn,
    };
  }

  get selection() {
    return selectionOf(this.#marks);
  }
}

/** Points are stepped one by one, columns by pixels. @param {import("./wire.js").Kind} kind @param {Panel} panel */
function leastStep(kind, { x, box }) {
  return kind === "columns" ? (x.high - x.low) / box.width : 0;
}

/** @param {Float64Array} points @param {number} index */
function xAtIndex(points, index) {
  return index < 0 ? -Infinity : xOf(points, index);
}

/** @param {Panel[]} panels @param {import("./marks.js").Mark} mark */
function spotOf(panels, { x, y, axis }) {
  const [index, side] = axis.split(":");
  const panel = /** @type {Panel} */ (panels[Number(index)] ?? panels[0]);
  const its = (side === "right" && panel.right) || panel.left;
  return { x: panel.box.left + panel.x.pixelOf(x), y: panel.box.top + its.pixelOf(y) };
}

/** @param {import("./axes.js").Box} box */
function inset({ left, top, width, height }) {
  return { left: left + INSET, top: top + INSET, width: width - 2 * INSET, height: height - 2 * INSET };
}

function seconds() {
  return performance.now() / 1000;
}

/**
 * Reading values off the plot: the crosshair at the pointer or moved by keys, two clicks that measure. Here hands and
 * the relay's answers come together: cursor/crosshair.js knows where, link/queries.js asks what is true there, cursor/cursor_layer.js shows it.
 */
import { contentOf, sentenceOf } from "./readout_text.js";
import { Crosshair } from "./crosshair.js";
import { Display } from "./cursor_layer.js";
import { byId, setText } from "../base/dom.js";
import { readingsAt, standingAt } from "./hover_target.js";
import { Inquiry } from "../link/queries.js";
import { mark, selectionOf, UNMARKED } from "./measure.js";
import { seconds } from "../base/clock.js";
import { isOver } from "../view/hit_test.js";

/**
 * @typedef {import("./hover_target.js").Focus} Focus
 * @typedef {import("../base/shapes.js").Spot} Spot
 */

const SPEAK_AFTER = 300;

export class Reader {
  #crosshair;
  #inquiry;
  #display;
  /** @type {Focus | null} */
  #focus = null;
  /** @type {import("./hover_target.js").Reading[]} */
  #readings = [];
  #marks = UNMARKED;
  /** @type {import("../base/shapes.js").Box | null} */
  #drawn = null;
  #speaking = 0;

  /** @param {Element} host that holds #plot @param {import("./crosshair.js").Host} around */
  constructor(host, around) {
    this.around = around;
    this.#crosshair = new Crosshair(around);
    this.#inquiry = new Inquiry(around.session);
    this.#display = new Display(host);
  }

  // What hands do.

  /** @param {Spot | null} spot */
  point(spot) {
    this.#crosshair.point(spot);
    this.around.changed();
  }

  /** @param {import("../base/shapes.js").Box | null} box */
  draw(box) {
    this.#drawn = box;
    this.around.changed();
  }

  /** @param {Spot} spot @param {number} count */
  click(spot, count) {
    if (!isOver(this.around.panels(), spot) || this.around.session.model.isEmpty) return;
    if (count > 1) return this.#mark({ type: "double" });
    this.#crosshair.point(spot);
    this.#markAt(this.#find());
  }

  /** @param {Focus | null} focus */
  #markAt(focus) {
    if (focus) this.#mark({ type: "click", mark: { x: focus.x, y: focus.y, axis: focus.key } });
  }

  /** @param {import("./measure.js").MarkEvent} event */
  #mark(event) {
    this.#marks = mark(this.#marks, event);
    this.#inquiry.forgetFigures();
    this.#display.free();
    this.around.changed();
  }

  // What keys do.

  /** What was begun last is given up: marks, then the crosshair of the keys. @returns {boolean} there was something */
  cancel() {
    if (this.#marks.a) this.#mark({ type: "clear" });
    else if (this.#crosshair.isKeyed) this.toggle();
    else return false;
    return true;
  }

  toggle() {
    this.#crosshair.toggle(this.#focus);
    this.#moved();
  }

  markHere() {
    if (!this.#focus) return;
    this.#markAt(this.#focus);
    this.#speak();
  }

  /** @param {1 | -1} direction @param {boolean} fast @returns {boolean} keys have the crosshair */
  step(direction, fast) {
    if (!this.#crosshair.isKeyed) return false;
    this.#crosshair.step(direction, fast);
    this.#moved();
    return true;
  }

  /** To another series. @param {1 | -1} by @returns {boolean} keys have the crosshair */
  change(by) {
    if (!this.#crosshair.isKeyed) return false;
    this.#crosshair.change(by);
    this.#moved();
    return true;
  }

  #moved() {
    this.#speak();
    this.around.changed();
  }

  // What the relay says.

  /** @param {import("../link/requests.js").Answer} answer */
  answered(answer) {
    this.#inquiry.answered(answer, seconds());
    this.around.changed();
  }

  connected() {
    this.#inquiry.connected();
  }

  // What is seen.

  #find() {
    return this.#drawn || this.around.session.model.isEmpty ? null : this.#crosshair.find();
  }

  /** @param {number} now @returns {boolean} it wants another frame */
  frame(now) {
    const { model } = this.around.session;
    if (model.isEmpty) this.#marks = UNMARKED;
    this.#focus = this.#find();
    this.#ask(now);
    this.#readings = this.#focus
      ? readingsAt(this.around.panels(), model.byName, this.#focus, this.#inquiry.read)
      : [];
    return this.#display.show(this.#read(), this.#drawn, now);
  }

  /** @param {number} now */
  #ask(now) {
    const { selection } = this;
    if (this.#focus) this.#inquiry.askPoints(this.#focus.x, now);
    if (selection) this.#inquiry.askFigures(selection, now);
  }

  /** @returns {import("./readout_text.js").Read} */
  #read() {
    const { model, options } = this.around.session;
    return {
      panels: this.around.panels(),
      model: model.byName,
      options,
      focus: this.#focus,
      readings: this.#readings,
      marks: this.#marks,
      figures: this.#inquiry.figures,
    };
  }

  /** The x-range between two marks, if there is one. */
  get selection() {
    return selectionOf(this.#marks);
  }

  /** What the keys have reached, politely: after the last of a row of keys. */
  #speak() {
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => setText(byId("read"), this.#sentence()), SPEAK_AFTER);
  }

  #sentence() {
    if (!this.#focus) return this.#crosshair.isKeyed ? "" : "Crosshair off";
    return sentenceOf(contentOf(this.#read()));
  }

  /** What tests and other parts of the page read. */
  stats() {
    const { a, b } = this.#marks;
    const names = new Map(this.around.session.model.series.map(({ id, name }) => [id, name]));
    const { figures } = this.#inquiry;
    return {
      crosshair: this.#focus && this.#crosshairStats(this.#focus),
      marks: { a, b },
      selection: this.selection,
      figures: figures && Object.fromEntries(figures.series.map((one) => [names.get(one.id), one])),
      readout: this.#display.text,
      drawn: this.#drawn,
    };
  }

  /** @param {Focus} focus */
  #crosshairStats(focus) {
    const rows = this.#readings.map(({ name, x, y, exact }) => ({ name, x, y, exact }));
    return {
      x: standingAt(focus, this.#readings),
      series: focus.series,
      keyed: this.#crosshair.isKeyed,
      rows,
    };
  }
}

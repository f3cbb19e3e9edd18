/**
 * Reading values off the plot: the crosshair at the pointer or moved by keys, two clicks that
 * measure. Gestures and the relay's answers come together here: cursor/crosshair.js knows where,
 * link/queries.js requests the points there, cursor/cursor_layer.js shows them.
 */
import { contentOf, imageYOf, measuredLines, sentenceOf } from "./readout_text.js";
import { geometryOf } from "./overlay_geometry.js";
import { Crosshair } from "./crosshair.js";
import { CursorLayer } from "./cursor_layer.js";
import { byId, setText } from "../base/dom.js";
import { Alarm } from "../base/scope.js";
import { clickOn, crosshairX, onCurve, readingsAt } from "./hover_target.js";
import { Queries } from "../link/queries.js";
import { mark, selectionOf, UNMARKED } from "./measure.js";
import { heightAt } from "./steps.js";
import { seconds } from "../base/clock.js";
import { isOver } from "../view/hit_test.js";

/**
 * @typedef {import("./hover_target.js").HoverTarget} HoverTarget
 * @typedef {import("../base/shapes.js").Spot} Spot
 */

const ANNOUNCE_AFTER = 300;
/** Milliseconds: a second click by then takes back what the first one has marked. */
const TELL_AFTER = 400;

export class Cursor {
  #crosshair;
  #queries;
  #layer;
  /** @type {HoverTarget | null} */
  #target = null;
  /** @type {import("./hover_target.js").Reading[]} */
  #readings = [];
  #marks = UNMARKED;
  /** The trigger by which marks, and the crosshair of keys, were set; null: by none. @type {number | null} */
  #since = null;
  /** @type {import("../base/shapes.js").Box | null} */
  #drawn = null;
  #spoken;
  #announcing;
  #telling;
  #asking;

  /** @param {import("../base/scope.js").Scope} scope @param {import("./crosshair.js").Host} host */
  constructor({ root, signal }, host) {
    this.host = host;
    this.#crosshair = new Crosshair(host);
    this.#queries = new Queries(host.session);
    this.#layer = new CursorLayer(
      /** @type {HTMLElement} */ (byId(root, "plot").parentElement),
      signal,
    );
    this.#spoken = byId(root, "read");
    this.#announcing = new Alarm(signal);
    this.#telling = new Alarm(signal);
    this.#asking = new Alarm(signal);
  }

  // Gestures.

  /** @param {Spot | null} spot @param {boolean} [free] there, however near a point is */
  point(spot, free) {
    this.#crosshair.point(spot, free);
    this.host.changed();
  }

  /** A linked plot has its crosshair there. @param {number | null} x null: it has none */
  lead(x) {
    this.#crosshair.lead(x);
    this.host.changed();
  }

  /** Where the crosshair is, if it is the user's; null: it is not, or there is none. */
  get ownX() {
    return this.#target && !this.#crosshair.isLed ? crosshairX(this.#target, this.#readings) : null;
  }

  /** @param {import("../base/shapes.js").Box | null} box */
  draw(box) {
    this.#drawn = box;
    this.host.changed();
  }

  /** @param {Spot} spot @param {number} count @param {boolean} [free] as in point */
  click(spot, count, free) {
    if (!isOver(this.host.panels(), spot) || this.host.session.model.isEmpty) return;
    if (count > 1) return this.#mark({ type: "double" });
    this.#crosshair.point(spot, free);
    const target = this.#find();
    this.#tellClick(target, spot);
    this.#markAt(target, free);
  }

  /** @param {HoverTarget | null} target @param {boolean} [free] there, however near a curve is */
  #markAt(target, free = false) {
    if (!target) return;
    const { panels, session } = this.host;
    const on = free ? target : onCurve(panels(), session.model.byName, target);
    const { x, y, key: axis, series } = on;
    this.#since = this.#trigger;
    this.#mark({ type: "click", mark: { x, y, axis, series } });
    if (this.selection && this.#isHeard("select"))
      this.#telling.set(() => this.#tellSelection(), TELL_AFTER);
  }

  #tellSelection() {
    this.#queries.tell();
    this.host.changed();
  }

  /** @param {HoverTarget | null} target @param {Spot} [spot] where the pointer is */
  #tellClick(target, spot) {
    if (!target || !this.#isHeard("click")) return;
    const { session, panels } = this.host;
    session.request(clickOn(panels(), session.model.byName, target, spot));
  }

  /** Does a program want to know? @param {import("../link/messages.js").WatchKind} kind */
  #isHeard(kind) {
    const { listens, edits } = this.host.session;
    return edits && listens.includes(kind);
  }

  /** @param {import("./measure.js").MarkEvent} event */
  #mark(event) {
    this.#telling.clear();
    this.#marks = mark(this.#marks, event);
    this.#queries.forgetFigures();
    this.#layer.free();
    this.host.changed();
  }

  // Keys.

  /**
   * Give up what was begun last: marks, then the crosshair of the keys.
   * @returns {boolean} there was something
   */
  cancel() {
    if (this.#marks.a) this.#mark({ type: "clear" });
    else if (this.#crosshair.isKeyed) this.toggle();
    else return false;
    return true;
  }

  toggle() {
    this.#crosshair.toggle(this.#target);
    this.#moved();
  }

  markHere() {
    if (!this.#target) return;
    this.#tellClick(this.#target);
    this.#markAt(this.#target);
    this.#announce();
  }

  /** @param {1 | -1} direction @param {boolean} fast @returns {boolean} keys move the crosshair */
  step(direction, fast) {
    if (!this.#crosshair.isKeyed) return false;
    this.#crosshair.step(direction, fast);
    this.#moved();
    return true;
  }

  /** To another series, or another cell. @param {1 | -1} by @returns {boolean} keys move the crosshair */
  change(by) {
    if (!this.#crosshair.isKeyed) return false;
    this.#crosshair.change(by);
    this.#moved();
    return true;
  }

  #moved() {
    this.#since = this.#trigger;
    this.#announce();
    this.host.changed();
  }

  // The relay's answers.

  /** @param {import("../link/messages.js").Answer} answer */
  answered(answer) {
    this.#queries.answered(answer, seconds());
    this.host.changed();
  }

  connected() {
    this.#queries.connected();
  }

  /** Other points are shown, which are nowhere near. */
  forget() {
    this.#mark({ type: "clear" });
    if (this.#crosshair.isKeyed) this.toggle();
    this.#queries.connected();
  }

  /** x are counted from elsewhere. @param {number} by what is added to each */
  moved(by) {
    this.#marks = mark(this.#marks, { type: "moved", by });
    this.#crosshair.moved(by);
    if (this.#since !== null) this.#since += by;
    this.#queries.connected();
    this.#queries.forgetFigures();
  }

  /** From where x is counted in the sweep that is seen; null: none is. */
  get #trigger() {
    return this.host.panels()[0]?.since ?? null;
  }

  /** Another sweep is seen: as on an oscilloscope all stands where it was beside the trigger. */
  #carry() {
    const trigger = this.#trigger;
    if (trigger === null || this.#since === null || trigger === this.#since) return;
    const by = trigger - this.#since;
    const { byName } = this.host.session.model;
    const yOf = (/** @type {string} */ name, /** @type {number} */ x) =>
      heightAt(byName.get(name)?.vertices.view() ?? new Float64Array(), x);
    this.#since = trigger;
    this.#marks = mark(this.#marks, { type: "carried", by, yOf });
    this.#crosshair.carry(by, yOf);
    this.#queries.renewFigures();
  }

  // Frames.

  #find() {
    return this.#drawn || this.host.session.model.isEmpty ? null : this.#crosshair.find();
  }

  /** @param {number} now @returns {boolean} it wants another frame */
  frame(now) {
    const { model } = this.host.session;
    if (model.isEmpty) this.#marks = UNMARKED;
    this.#carry();
    this.#target = this.#find();
    this.#ask(now);
    this.#readings = this.#target
      ? readingsAt(this.host.panels(), model.byName, this.#target, this.#queries.read)
      : [];
    return this.#layer.show(this.#read(), this.#drawn, now);
  }

  /** @param {number} now */
  #ask(now) {
    const { selection } = this;
    if (this.#target) {
      const y = imageYOf(this.host.panels(), this.#target);
      const wait = this.#queries.askPoints(this.#target.x, now, y);
      // Where nothing more comes, no frame would.
      if (wait > 0) this.#asking.set(() => this.host.changed(), 1000 * wait);
    }
    if (selection) this.#queries.askFigures(selection, now);
  }

  /** @returns {import("./readout_text.js").Read} */
  #read() {
    const { model, options, zone } = this.host.session;
    return {
      panels: this.host.panels(),
      model: model.byName,
      options,
      zone,
      target: this.#target,
      readings: this.#readings,
      marks: this.#marks,
      figures: this.#queries.figures,
      image: model.image,
      answer: this.#queries.read,
    };
  }

  /** The x-range between two marks, if there is one. */
  get selection() {
    return selectionOf(this.#marks);
  }

  /** The marks, and what they measure, for a picture; null: there are none. */
  measurement() {
    const read = this.#read();
    const { area, flags } = geometryOf(read);
    return flags.length > 0 ? { area, flags, lines: measuredLines(read) } : null;
  }

  /** The same as two numbers. @returns {[number, number] | null} */
  get range() {
    const { selection } = this;
    return selection && [selection.from, selection.to];
  }

  /** Announce what the keys have reached: after the last of a row of keys. */
  #announce() {
    this.#announcing.set(() => setText(this.#spoken, this.#sentence()), ANNOUNCE_AFTER);
  }

  #sentence() {
    if (!this.#target) return this.#crosshair.isKeyed ? "" : "Crosshair off";
    return sentenceOf(contentOf(this.#read()));
  }

  /** What tests and other parts of the page read. */
  stats() {
    const { a, b } = this.#marks;
    const names = new Map(this.host.session.model.series.map(({ id, name }) => [id, name]));
    const { figures } = this.#queries;
    return {
      crosshair: this.#target && this.#crosshairStats(this.#target),
      marks: { a, b },
      selection: this.selection,
      figures: figures && Object.fromEntries(figures.series.map((one) => [names.get(one.id), one])),
      readout: this.#layer.text,
      drawn: this.#drawn,
    };
  }

  /** @param {HoverTarget} target */
  #crosshairStats(target) {
    const rows = this.#readings.map(({ name, x, y, exact, mark, count }) => ({
      ...{ name, x, y, exact },
      ...(mark && { mark }),
      ...(count !== null && { count }),
    }));
    return {
      x: crosshairX(target, this.#readings),
      series: target.series,
      keyed: this.#crosshair.isKeyed,
      rows,
    };
  }
}

/**
 * The controls that a program has put on its plot, in a row below it. Each stays the element that it
 * is as long as it is declared in the same way, so that the focus and a drag outlast what the relay
 * says.
 */
import { setTitle } from "../base/dom.js";
import { isKnown, shownOf } from "./kinds.js";
import { Voice } from "./voice.js";

const ONLY_LOOKS = "This page may only look.";
const LATER = "The kernel hears this page when the cell has ended.";

/**
 * @typedef {import("../link/messages.js").ControlItem} ControlItem
 * @typedef {import("./voice.js").Relay & {controls: ControlItem[], edits: boolean,
 *   openLoop: boolean, connection: {name: string}}} Session
 *
 * @typedef {object} Row of one control
 * @property {string} shape all but its value
 * @property {import("./kinds.js").Shown} shown
 * @property {Voice} voice
 * @property {AbortController} leaving
 * @property {ControlItem} [seen] what was shown last
 */

export class Controls {
  /** By name. @type {Map<string, Row>} */
  #rows = new Map();

  /** @param {HTMLElement} element that holds them @param {Session} session */
  constructor(element, session) {
    this.element = element;
    this.session = session;
  }

  /** Show what the session holds. */
  update() {
    const controls = this.session.controls.filter(isKnown);
    const names = new Set(controls.map(({ name }) => name));
    for (const [name, row] of this.#rows) if (!names.has(name)) this.#remove(name, row);
    for (const control of controls) this.#show(control);
    this.#enable();
    this.element.hidden = controls.length === 0;
  }

  /** @param {ControlItem} control */
  #show(control) {
    const row = this.#rowOf(control);
    if (row === undefined || row.seen === control || !row.voice.hears(control.value)) return;
    row.seen = control;
    row.shown.show(control);
  }

  /** @param {ControlItem} control */
  #rowOf(control) {
    const { value, ...rest } = control;
    const shape = JSON.stringify(rest);
    const row = this.#rows.get(control.name);
    return row?.shape === shape ? row : this.#add(control, shape, row);
  }

  /** In the place of another. @param {ControlItem} control @param {string} shape @param {Row} [old] */
  #add(control, shape, old) {
    const { name } = control;
    const leaving = new AbortController();
    const voice = new Voice(this.session, name, leaving.signal, () => this.#showAgain(name));
    const shown = shownOf(control, voice);
    if (shown === undefined) return undefined;
    if (old) old.shown.element.replaceWith(shown.element);
    else this.element.append(shown.element);
    old?.leaving.abort();
    /** @type {Row} */
    const row = { shape, shown, voice, leaving };
    this.#rows.set(name, row);
    return row;
  }

  /** @param {string} name @param {Row} row */
  #remove(name, row) {
    row.leaving.abort();
    row.shown.element.remove();
    this.#rows.delete(name);
  }

  /** What the relay has not taken goes back to what it holds. @param {string} name */
  #showAgain(name) {
    const row = this.#rows.get(name);
    if (row) row.seen = undefined;
    this.update();
  }

  #enable() {
    const { edits, openLoop, connection } = this.session;
    const disabled = !edits || connection.name !== "live";
    const why = openLoop ? LATER : ONLY_LOOKS;
    for (const { shown } of this.#rows.values())
      if (shown.input.disabled !== disabled) {
        shown.input.disabled = disabled;
        setTitle(shown.element, edits ? "" : why);
      }
  }
}

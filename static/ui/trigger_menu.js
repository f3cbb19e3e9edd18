/**
 * The trigger of a plot beside the status line: what it does, in words, and a menu of what it is to
 * do. Who may only look sees what holds.
 */
import { byId, setText, setTitle } from "../base/dom.js";
import { ButtonMenu } from "./menu.js";

/**
 * @typedef {import("../link/options.js").Trigger} Trigger
 * @typedef {import("../link/messages.js").TriggerState} State
 *
 * @typedef {object} Host
 * @property {import("../link/session.js").Session} session
 * @property {() => string} level in words
 * @property {() => void} moveLevel put the focus where keys move it
 */

/** @type {Record<Trigger["slope"], string>} */
const THROUGH = { rising: "rise through", falling: "fall through", either: "cross" };

const MODES = /** @type {const} */ ([
  ["normal", "Normal: each crossing"],
  ["single", "Single: the next crossing (t)"],
  ["roll", "Roll: no trigger"],
]);

const SLOPES = /** @type {const} */ ([
  ["rising", "Rising"],
  ["falling", "Falling"],
  ["either", "Either"],
]);

/** @type {Record<State, string>} */
const BRIEF = {
  "": "Roll",
  "no window": "No window",
  waiting: "Waiting",
  triggered: "Triggered",
  derived: "No trigger",
  curve: "No trigger",
  stopped: "Stopped",
  forgotten: "Forgotten",
};

/** States of which the button does not say enough. @type {State[]} */
const EXPLAINED = ["no window", "waiting", "derived", "curve", "forgotten"];

/**
 * What a trigger does, in a sentence.
 * @param {State} state
 * @param {Trigger} trigger
 * @param {string} level with its unit
 */
export function sentenceOf(state, { series, slope }, level) {
  switch (state) {
    case "no window":
      return "the trigger needs a window: say how wide a sweep is";
    case "waiting":
      return `waiting for ${series} to ${THROUGH[slope]} ${level}`;
    case "derived":
      return `no trigger of ${series}: it is derived; name the series that is published`;
    case "curve":
      return `no trigger of ${series}: it is a curve, whose x goes back and forth`;
    case "forgotten":
      return "the single sweep is forgotten, as its points are; t waits for the next one";
    case "":
      return "rolling: no trigger";
    default:
      return state;
  }
}

export class TriggerMenu {
  #button;

  /** @param {HTMLElement} root @param {Host} host */
  constructor(root, host) {
    this.host = host;
    this.#button = /** @type {HTMLButtonElement} */ (byId(root, "trigger"));
    this.menu = new ButtonMenu(this.#button, byId(root, "trigger-menu"), this.#items());
  }

  /** @returns {import("./menu.js").Item[]} */
  #items() {
    return [
      ...MODES.map(([mode, text]) => this.#item(`trigger-${mode}`, text, { mode })),
      "line",
      ...SLOPES.map(([slope, text]) => this.#item(`trigger-${slope}`, text, { slope })),
      "line",
      {
        id: "trigger-level",
        text: () => `Level ${this.host.level()}: move`,
        shown: () => this.host.session.options.trigger?.mode !== "roll",
        enabled: () => this.host.session.edits,
        act: () => this.host.moveLevel(),
      },
    ];
  }

  /** @param {string} id @param {string} text @param {Partial<Trigger>} said */
  #item(id, text, said) {
    const checked = () =>
      Object.entries(said).every(
        ([key, value]) =>
          this.host.session.options.trigger?.[/** @type {keyof Trigger} */ (key)] === value,
      );
    const enabled = () => this.host.session.edits;
    return { id, text, checked, enabled, act: () => this.say(said) };
  }

  /** @param {Partial<Trigger>} said */
  say(said) {
    const { session } = this.host;
    if (session.options.trigger && session.edits)
      session.request({ type: "trigger", trigger: said });
  }

  /** What the button does not say. */
  get more() {
    const { state } = this.host.session.sweeps;
    return EXPLAINED.includes(state) ? this.words : "";
  }

  /** In words; empty: there is none. */
  get words() {
    const { options, sweeps } = this.host.session;
    return options.trigger ? sentenceOf(sweeps.state, options.trigger, this.host.level()) : "";
  }

  update() {
    const { options, sweeps, connection, access } = this.host.session;
    this.#button.hidden =
      !options.trigger || connection.name !== "live" || access.saved !== undefined;
    setText(this.#button, BRIEF[sweeps.state] ?? sweeps.state);
    setTitle(this.#button, `Trigger: ${this.words}`);
  }
}

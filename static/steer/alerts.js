/**
 * The alerts of a plot, in a line above it: the newest one, and how many came before it, until the
 * reader closes it. One that comes while nobody sees the page is a notification of the browser's, if
 * the user has allowed it. A connection that is opened anew says all of them again: they are known
 * by their numbers.
 */
import { make, setText } from "../base/dom.js";
import { Notifier } from "./notifier.js";

/** Seconds for which an alert is news to a page that is opened after it. */
const NEWS_FOR = 60;

/**
 * @typedef {import("../link/messages.js").Alert} Alert
 *
 * @typedef {object} Session
 * @property {import("../link/messages.js").AlertsMessage | null} alerts what was said last
 * @property {string} service
 * @property {string} plot
 * @property {{here: (time: number) => number}} clock
 * @property {{now: () => number}} env
 */

export class Alerts {
  notifier = new Notifier();
  /** @type {Session["alerts"]} */
  #heard = null;
  #service = "";
  /** The number behind the last one that is known. */
  #end = 0;
  #count = 0;
  #opened;
  #text = make("p", "");

  /**
   * @param {HTMLElement} element that holds them
   * @param {Session} session
   * @param {(alert: Alert) => string} wordsOf the point of an alert
   */
  constructor(element, session, wordsOf) {
    this.element = element;
    this.session = session;
    this.wordsOf = wordsOf;
    this.#opened = session.env.now();
    this.#text.setAttribute("role", "alert");
    element.append(this.#text, this.#closer());
  }

  #closer() {
    const closer = make("button", "");
    closer.type = "button";
    closer.title = "Close";
    closer.setAttribute("aria-label", "Close the alert");
    setText(closer, "×");
    closer.addEventListener("click", () => this.#close());
    return closer;
  }

  #close() {
    this.#count = 0;
    this.element.hidden = true;
    setText(this.#text, "");
  }

  /** Show what the session has heard. */
  update() {
    const { alerts, service } = this.session;
    if (alerts === null || alerts === this.#heard) return;
    this.#heard = alerts;
    if (service !== this.#service) this.#end = 0;
    this.#service = service;
    const fresh = alerts.alerts.slice(Math.max(0, this.#end - alerts.first));
    this.#end = alerts.first + alerts.alerts.length;
    this.#show(fresh.filter((alert) => this.#ageOf(alert) < NEWS_FOR));
  }

  /** Seconds from an alert to the page's beginning; negative: it came after it. @param {Alert} alert */
  #ageOf({ time }) {
    return this.#opened - this.session.clock.here(time);
  }

  /** @param {Alert[]} fresh */
  #show(fresh) {
    const newest = fresh.at(-1);
    if (!newest) return;
    this.#count += fresh.length;
    const words = this.wordsOf(newest);
    const before = this.#count > 1 ? `, and ${this.#count - 1} before it` : "";
    setText(this.#text, `${newest.name}: ${words}${before}`);
    this.element.hidden = false;
    if (this.#ageOf(newest) < 0) this.notifier.show(this.session.plot, newest.name, words);
  }

  /** What is said, for tests. */
  get text() {
    return this.element.hidden ? "" : this.#text.textContent;
  }
}

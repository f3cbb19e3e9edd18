/** What leaves the page: by its menu, and the picture that a notebook keeps. */
import { timeText } from "../base/clock.js";
import { ExportMenu } from "./export_menu.js";
import { keptPicture } from "./kept_picture.js";
import { isSpectrum } from "../link/options.js";

/**
 * @typedef {object} Parts of a page
 * @property {import("../link/session.js").Session} session
 * @property {import("../picture/picture.js").Picture} picture
 * @property {import("../ui/status_board.js").StatusBoard} statusBoard
 * @property {import("../cursor/cursor.js").Cursor} cursor
 * @property {import("../ui/help.js").Help} help
 * @property {() => void} redraw the picture, on all its canvases
 *
 * @typedef {Pick<import("./export_menu.js").Source, "access" | "fetch" | "screen">} Browser
 */

export class Exports {
  #scope;
  #parts;

  /**
   * @param {import("../base/scope.js").Scope} scope
   * @param {Parts} parts
   * @param {Browser} browser
   */
  constructor(scope, parts, browser) {
    this.#scope = scope;
    this.#parts = parts;
    const { session, picture, statusBoard, cursor, help } = parts;
    const { notifier } = statusBoard.alerts;
    new ExportMenu(scope, {
      ...this.#drawn(),
      ...browser,
      date: () => timeText(new Date()),
      measured: () => cursor.measurement(),
      name: () => session.plot || "plot",
      seen: () => (isSpectrum(session.options) ? null : picture.x),
      origin: () => session.zone.origin,
      selected: () => (isSpectrum(session.options) ? null : cursor.range),
      connected: () => session.connection.name === "live",
      mayNotify: () => notifier.mayAsk && session.listens.includes("cross"),
      askToNotify: () => notifier.ask(),
      help: () => help.show(),
    });
  }

  /** What of the page leaves it as a picture. @returns {import("./drawing.js").Drawn} */
  #drawn() {
    const { session, statusBoard, redraw } = this.#parts;
    return {
      title: () => session.options.title ?? "",
      entries: () => statusBoard.pictured(),
      redraw,
    };
  }

  /** A notebook keeps what is seen. @param {number} id of the relay's question */
  async sendPicture(id) {
    const { session, picture } = this.#parts;
    const { greetings } = session;
    const setGround = picture.setGround.bind(picture);
    const kept = await keptPicture(this.#scope.root, { ...this.#drawn(), setGround });
    if (session.greetings !== greetings) return; // another connection has not asked
    session.request({ type: "picture", id, ...kept });
  }
}

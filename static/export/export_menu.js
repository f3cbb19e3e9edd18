/**
 * The menu at the end of the status line: the plot as a picture, as a page of its own or as CSV, its
 * address, other tabs.
 * What has been done is shown in one sentence, and so is what the browser forbids.
 */
import { csvQuery, streamInto, progressText } from "./csv.js";
import { fileName } from "./file_names.js";
import { byId } from "../base/dom.js";
import { drawingOf } from "./drawing.js";
import {
  askWhere,
  copyPicture,
  copyText,
  download,
  fileInMemory,
  Forbidden,
  paintPng,
  refusalOf,
  saveBlob,
  toggleFullScreen,
} from "./files.js";
import { formatCount } from "../base/counts.js";
import { ButtonMenu } from "../ui/menu.js";
import { Progress } from "../ui/progress.js";

/**
 * What it needs of the page.
 * @typedef {import("./drawing.js").Drawn & Others} Source
 *
 * @typedef {object} Others
 * @property {import("../link/credentials.js").Access} access
 * @property {import("../link/connection.js").Env["fetch"]} fetch
 * @property {Element} screen what may fill the screen
 * @property {() => string} name of the plot, for files
 * @property {() => [number, number] | null} seen the x-range; null: it is none of the points
 * @property {() => number} origin from where x are counted
 * @property {() => [number, number] | null} selected
 * @property {() => boolean} connected
 * @property {() => boolean} mayNotify may the user be asked for notifications of alerts?
 * @property {() => Promise<boolean>} askToNotify whether the user has allowed them
 * @property {() => void} help
 */

const PNG_SCALE = 2;
/** The header of a CSV with what opens it by an address. */
const BRIEF = "X-Zwsnb-Brief";

export class ExportMenu {
  #progress;

  /** @param {import("../base/scope.js").Scope} scope @param {Source} source */
  constructor(scope, source) {
    this.scope = scope;
    this.source = source;
    this.#progress = new Progress(scope);
    const { root } = scope;
    this.menu = new ButtonMenu(byId(root, "more"), byId(root, "menu"), this.#items());
  }

  /** @returns {import("../ui/menu.js").Item[]} */
  #items() {
    return [
      { id: "save-png", text: "Save PNG", act: () => this.#run(() => this.#savePng()) },
      { id: "save-svg", text: "Save SVG", act: () => this.#run(() => this.#saveSvg()) },
      { id: "copy-picture", text: "Copy picture", act: () => this.#run(() => this.#copyPicture()) },
      "line",
      {
        id: "save-html",
        text: "Save as a page (.html)",
        shown: () => this.source.access.html !== null,
        enabled: () => this.source.connected(),
        act: () => this.#run(() => this.#saveHtml()),
      },
      ...this.#csvItems(),
      "line",
      {
        id: "full-screen",
        text: "Full screen",
        act: () => this.#run(() => toggleFullScreen(this.source.screen, this.#hasTab)),
      },
      ...this.#addressItems(),
      {
        id: "notify",
        text: "Notify me of alerts",
        shown: () => this.source.mayNotify(),
        act: () => this.#run(() => this.#notify()),
      },
      "line",
      { id: "show-keys", text: "Keys and words (?)", act: () => this.source.help() },
    ];
  }

  get #hasTab() {
    return this.source.access.shared !== null;
  }

  /** @returns {import("../ui/menu.js").Item[]} */
  #addressItems() {
    const { shared } = this.source.access;
    if (!shared) return [];
    const { address, plots } = shared;
    return [
      {
        id: "own-tab",
        text: "Open in its own tab",
        act: () => void open(address, "_blank", "noopener"),
      },
      { id: "copy-address", text: "Copy address", act: () => this.#run(() => this.#copy(shared)) },
      {
        id: "all-plots",
        text: "All plots",
        shown: () => plots !== null,
        act: () => void open(plots ?? "", "_blank", "noopener"),
      },
    ];
  }

  /** @returns {import("../ui/menu.js").Item[]} */
  #csvItems() {
    const { source } = this;
    const enabled = () => source.connected();
    return [
      {
        id: "csv-seen",
        text: "CSV of what is seen",
        shown: () => source.seen() !== null,
        enabled,
        act: () => this.#run(() => this.#saveCsv("seen", source.seen())),
      },
      {
        id: "csv-selected",
        text: "CSV of the selection",
        shown: () => source.selected() !== null,
        enabled,
        act: () => this.#run(() => this.#saveCsv("selection", source.selected())),
      },
      {
        id: "csv-all",
        text: "CSV of everything held",
        enabled,
        act: () => this.#run(() => this.#saveCsv("everything", null)),
      },
    ];
  }

  /** An error is shown. @param {() => Promise<void>} action */
  #run(action) {
    action().catch((/** @type {unknown} */ error) => {
      if (!(error instanceof Forbidden)) console.error(error);
      this.#progress.showMessage(
        error instanceof Forbidden
          ? error.message
          : `That did not work: ${/** @type {Error} */ (error).message}`,
      );
    });
  }

  /** What is seen, with its title and its legend. */
  picture() {
    return drawingOf(this.scope.root, this.source);
  }

  async #savePng() {
    saveBlob(await paintPng(this.picture(), PNG_SCALE), this.#nameOf("png"));
    this.#progress.showMessage("Saved as PNG.");
  }

  async #saveSvg() {
    saveBlob(new Blob([this.picture().svg], { type: "image/svg+xml" }), this.#nameOf("svg"));
    this.#progress.showMessage("Saved as SVG.");
  }

  async #saveHtml() {
    const { html } = this.source.access;
    if (!html) return;
    const name = this.#nameOf("html");
    // Not by its address, which browsers write beside a file, with the key in it.
    this.#progress.showMessage("The page is being made…");
    const answer = await this.source.fetch(html({}), this.scope.signal);
    if (!answer.ok) throw await refusalOf(answer);
    saveBlob(new Blob([await answer.text()], { type: "text/html" }), name);
    this.#progress.showMessage("Saved as a page, which opens without Python.");
  }

  async #copyPicture() {
    await copyPicture(paintPng(this.picture(), PNG_SCALE), this.#hasTab);
    this.#progress.showMessage("The picture is in the clipboard.");
  }

  /** @param {import("../link/credentials.js").Shared} shared */
  async #copy({ address, plots }) {
    await copyText(address);
    this.#progress.showMessage(
      plots !== null
        ? "The address is in the clipboard; its token lets in whoever has it."
        : "The address is in the clipboard; whoever has it may look at this plot.",
    );
  }

  async #notify() {
    this.#progress.showMessage(
      (await this.source.askToNotify())
        ? "Alerts are shown by the browser while this page is in the background."
        : "The browser does not allow notifications here.",
    );
  }

  /** @param {string} ending @param {string} [what] of the plot */
  #nameOf(ending, what) {
    return fileName(this.source.name(), new Date(), ending, what);
  }

  /** @param {string} what @param {[number, number] | null} range */
  async #saveCsv(what, range) {
    const name = this.#nameOf("csv", what);
    const query = csvQuery(range, this.source.origin());
    const file = await askWhere(name);
    if (file === "cancelled") return;
    if (file === null && this.source.access.shared) return this.#download(query, name);
    await this.#streamInto(file ?? fileInMemory(name), this.source.access.csv(query));
  }

  /**
   * Have the browser save the CSV, which may be larger than its memory. It writes the address down,
   * and some systems do so beside the file: what opens that is no key of the page, and does not hold
   * for long.
   * @param {Record<string, string>} query @param {string} name of the file
   */
  async #download(query, name) {
    const { access } = this.source;
    const asked = access.csv(query);
    // Not the points twice: a proxy may hold all of an answer before it passes on what begins it.
    let answer = await this.source.fetch(asked, this.scope.signal, "HEAD");
    // A proxy may answer that by itself, or refuse it; and a refusal has no words.
    if (!answer.ok || !answer.headers.has(BRIEF))
      answer = await this.source.fetch(asked, this.scope.signal);
    if (!answer.ok) throw await refusalOf(answer);
    await answer.body?.cancel();
    // The relay's word for the name of what it serves is above the page's.
    const brief = answer.headers.get(BRIEF) ?? undefined;
    download(access.csv({ ...query, file: name }, brief), name);
    this.#progress.showMessage("The browser is downloading the CSV.");
  }

  /** @param {Pick<FileSystemFileHandle, "createWritable">} file @param {string} address */
  async #streamInto(file, address) {
    const stop = new AbortController();
    this.scope.signal.addEventListener("abort", () => stop.abort(), { signal: stop.signal });
    const writing = await file.createWritable();
    try {
      this.#progress.update("CSV: asking…", 0, 1, () => stop.abort());
      const answer = await this.source.fetch(address, stop.signal);
      if (!answer.ok) throw await refusalOf(answer);
      const rows = await streamInto(
        answer,
        { write: (piece) => writing.write(/** @type {Uint8Array<ArrayBuffer>} */ (piece)) },
        (done, all) => {
          this.#progress.update(`CSV: ${progressText(done, all)}`, done, all, () => stop.abort());
        },
      );
      await writing.close();
      this.#progress.showMessage(`Saved ${formatCount(rows)} rows as CSV.`);
    } catch (error) {
      await writing.abort().catch(() => {});
      throw new Forbidden(
        stop.signal.aborted
          ? "Stopped: no CSV was saved."
          : `No CSV was saved: ${/** @type {Error} */ (error).message}`,
      );
    }
  }
}

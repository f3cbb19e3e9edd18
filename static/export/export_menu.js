/**
 * The menu at the end of the status line: the plot as a picture or as CSV, its address, other tabs.
 * What has been done is shown in one sentence, and so is what the browser forbids.
 */
import { csvAddress, fileName, streamInto, progressText } from "./csv.js";
import { byId } from "../base/dom.js";
import {
  askWhere,
  copyPicture,
  copyText,
  download,
  Forbidden,
  paintPng,
  saveBlob,
  toggleFullScreen,
} from "./files.js";
import { formatCount } from "../base/numbers.js";
import { plainAddress, reachesAll } from "../link/credentials.js";
import { ButtonMenu } from "../ui/menu.js";
import { svgDocument } from "./svg_document.js";
import { record } from "./svg_recorder.js";
import { Progress } from "../ui/progress.js";

/**
 * What it needs of the page.
 * @typedef {object} Source
 * @property {URL} address
 * @property {() => string} name of the plot, for files
 * @property {() => string} title
 * @property {() => import("./svg_document.js").Entry[]} entries of the series that are seen
 * @property {() => [number, number]} seen the x-range
 * @property {() => [number, number] | null} selected
 * @property {() => boolean} connected
 * @property {() => void} redraw the picture, on all its canvases
 * @property {() => void} help
 */

const PNG_SCALE = 2;

export class ExportMenu {
  #progress = new Progress();

  /** @param {Source} source */
  constructor(source) {
    this.source = source;
    this.menu = new ButtonMenu(byId("more"), byId("menu"), this.#items());
  }

  /** @returns {import("../ui/menu.js").Item[]} */
  #items() {
    return [
      { id: "save-png", text: "Save PNG", act: () => this.#run(() => this.#savePng()) },
      { id: "save-svg", text: "Save SVG", act: () => this.#run(() => this.#saveSvg()) },
      { id: "copy-picture", text: "Copy picture", act: () => this.#run(() => this.#copyPicture()) },
      "line",
      ...this.#csvItems(),
      "line",
      { id: "full-screen", text: "Full screen", act: () => this.#run(toggleFullScreen) },
      {
        id: "own-tab",
        text: "Open in its own tab",
        act: () => void open(this.#ownAddress(), "_blank", "noopener"),
      },
      { id: "copy-address", text: "Copy address", act: () => this.#run(() => this.#copyAddress()) },
      {
        id: "all-plots",
        text: "All plots",
        shown: () => this.#reachesAll,
        act: () => void open(this.#plotsAddress(), "_blank", "noopener"),
      },
      "line",
      { id: "show-keys", text: "Keys and words (?)", act: () => this.source.help() },
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
        enabled,
        act: () => this.#run(() => this.#saveCsv(source.seen())),
      },
      {
        id: "csv-selected",
        text: "CSV of the selection",
        shown: () => source.selected() !== null,
        enabled,
        act: () => this.#run(() => this.#saveCsv(source.selected())),
      },
      {
        id: "csv-all",
        text: "CSV of everything held",
        enabled,
        act: () => this.#run(() => this.#saveCsv(null)),
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
    const { source } = this;
    const plot = byId("plot");
    const measure = textMeasure();
    return svgDocument({
      title: source.title(),
      entries: source.entries(),
      pictures: this.#pictures(plot),
      width: plot.clientWidth,
      height: plot.scrollHeight,
      look: lookOf(document.body),
      measure,
    });
  }

  /** @param {HTMLElement} plot */
  #pictures(plot) {
    const corner = plot.getBoundingClientRect();
    const canvases = [...plot.querySelectorAll("canvas")].filter((one) => one.clientWidth > 0);
    const pictures = canvases.map((canvas) => {
      const { left, top, width } = canvas.getBoundingClientRect();
      return {
        canvas,
        left: left - corner.left,
        top: top - corner.top + plot.scrollTop,
        ratio: canvas.width / width,
        svg: "",
      };
    });
    recordAll(pictures, () => this.source.redraw());
    return pictures;
  }

  async #savePng() {
    saveBlob(await paintPng(this.picture(), PNG_SCALE), fileName(this.source.name(), "png"));
    this.#progress.showMessage("Saved as PNG.");
  }

  async #saveSvg() {
    saveBlob(
      new Blob([this.picture().svg], { type: "image/svg+xml" }),
      fileName(this.source.name(), "svg"),
    );
    this.#progress.showMessage("Saved as SVG.");
  }

  async #copyPicture() {
    await copyPicture(paintPng(this.picture(), PNG_SCALE));
    this.#progress.showMessage("The picture is in the clipboard.");
  }

  async #copyAddress() {
    await copyText(this.#ownAddress());
    this.#progress.showMessage(
      this.#reachesAll
        ? "The address is in the clipboard; its token lets in whoever has it."
        : "The address is in the clipboard; whoever has it may look at this plot.",
    );
  }

  /** @param {[number, number] | null} range */
  async #saveCsv(range) {
    const name = fileName(this.source.name(), "csv");
    const address = csvAddress(this.source.address.href, range);
    const file = await askWhere(name);
    if (file === "cancelled") return;
    if (file === null) {
      download(address, name);
      return this.#progress.showMessage("The browser is downloading the CSV.");
    }
    await this.#streamInto(file, address);
  }

  /** @param {FileSystemFileHandle} file @param {string} address */
  async #streamInto(file, address) {
    const stop = new AbortController();
    const writing = await file.createWritable();
    try {
      this.#progress.update("CSV: asking…", 0, 1, () => stop.abort());
      const answer = await fetch(address, { signal: stop.signal, cache: "no-store" });
      if (!answer.ok) throw new Forbidden(await answer.text());
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

  get #reachesAll() {
    return reachesAll(this.source.address.href);
  }

  #ownAddress() {
    return plainAddress(this.source.address.href);
  }

  #plotsAddress() {
    const address = new URL("plots", this.source.address);
    address.search = String(
      new URLSearchParams({ token: this.source.address.searchParams.get("token") ?? "" }),
    );
    return address.href;
  }
}

/**
 * All canvases are recorded while all are drawn once.
 * @param {{canvas: HTMLCanvasElement, ratio: number, svg: string}[]} pictures
 * @param {() => void} draw
 */
function recordAll(pictures, draw) {
  const [first, ...rest] = pictures;
  if (!first) return draw();
  const context = /** @type {CanvasRenderingContext2D} */ (first.canvas.getContext("2d"));
  first.svg = record(context, first.ratio, `clip${rest.length}-`, () => recordAll(rest, draw));
}

/** @param {HTMLElement} element */
function lookOf(element) {
  const { backgroundColor, color, fontFamily } = getComputedStyle(element);
  const quiet = getComputedStyle(element).getPropertyValue("--quiet").trim();
  return { paper: backgroundColor, ink: color, quiet, family: fontFamily };
}

function textMeasure() {
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    new OffscreenCanvas(1, 1).getContext("2d")
  );
  context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  return (/** @type {string} */ text) => context.measureText(text).width;
}

/** The menu and what it takes away, from the plot of gestures.mjs. */
import assert from "node:assert/strict";
import { near, span } from "./hand.mjs";

export const open = (hand) => hand.openPlot("plot", 4000);

const SAVES = ["Save PNG", "Save SVG", "Copy picture", "Save as a page (.html)"];
const ROWS = ["CSV of what is seen", "CSV of everything held"];
const WAYS = [
  "Full screen",
  "Open in its own tab",
  "Copy address",
  "All plots",
  "Keys and words (?)",
];

const items = (hand) =>
  hand.page.$$eval("#menu [role=menuitem]", (all) =>
    all.filter((one) => one.checkVisibility()).map((one) => one.textContent),
  );
const untilItems = (hand, expected) =>
  hand.wait(
    "the items",
    () => items(hand),
    (found) => found.join() === expected.join(),
  );

async function untilClosed(hand) {
  await untilItems(hand, []);
  await hand.untilFocused("more");
  await hand.wait(
    "a button that says so",
    () => hand.page.$eval("#more", (one) => one.ariaExpanded),
    (is) => is === "false",
  );
}

const isPng = (bytes) =>
  bytes.length > 8 && bytes.toString("latin1", 1, 4) === "PNG" && bytes.includes("IEND");
const rowsOf = ({ bytes }) =>
  bytes
    .toString()
    .trim()
    .split("\n")
    .slice(1)
    .map((row) => Number(row.split(",").at(-2)));

export const steps = {
  async "the menu opens by mouse with every item, and Escape closes it"(hand, { view }) {
    await hand.page.click("#more");
    await untilItems(hand, [...SAVES, ...ROWS, ...WAYS]);
    await hand.untilFocused("save-png");
    await hand.press("Escape");
    await untilClosed(hand);
    assert.deepEqual((await hand.stats()).view, view);
  },
  async "the menu closes by a click beside it"(hand) {
    await hand.page.click("#more");
    await untilItems(hand, [...SAVES, ...ROWS, ...WAYS]);
    await hand.mouse.click(...(await hand.at(0.2, 0.2)));
    await untilItems(hand, []);
  },
  async "the menu works by keyboard, and leaves the plot alone"(hand, { view }) {
    await hand.page.focus("#more");
    await hand.press("Enter");
    await hand.untilFocused("save-png");
    for (const [key, id] of [
      ["ArrowDown", "save-svg"],
      ["ArrowUp", "save-png"],
      ["End", "show-keys"],
      ["ArrowDown", "save-png"],
      ["f", "full-screen"],
      ["Home", "save-png"],
    ]) {
      await hand.press(key);
      await hand.untilFocused(id);
    }
    await hand.press("0", "Escape");
    await untilClosed(hand);
    await hand.press("ArrowUp");
    await hand.untilFocused("show-keys");
    await hand.press("Escape");
    await untilClosed(hand);
    assert.deepEqual((await hand.stats()).view, view);
  },
  async "a selection has an item of its own, and its rows are saved"(hand) {
    await hand.clickAt(0.25, 0.02);
    await hand.clickAt(0.5, 0.02);
    const { selection } = await hand.until("a selection", (s) => s.selection);
    await hand.page.click("#more");
    await untilItems(hand, [...SAVES, ROWS[0], "CSV of the selection", ROWS[1], ...WAYS]);
    await hand.press("Escape");
    const rows = rowsOf(await hand.taken("csv-selected", "csv", (bytes) => bytes.length > 0));
    assert.deepEqual(
      [Math.min(...rows), Math.max(...rows)],
      [Math.ceil(selection.from), Math.floor(selection.to)],
    );
  },
  async "PNG is saved at twice the size"(hand) {
    const { name, bytes } = await hand.taken("save-png", "png", isPng);
    assert.match(name, /^in firefox_[\d-]{10}_[\d-]{8}\.png$/);
    assert.equal(bytes.readUInt32BE(16), 1800);
    assert.ok(bytes.length > 10_000, `${bytes.length} bytes`);
    await hand.text("#task-text", /^Saved as PNG/);
  },
  async "SVG is saved with legend and lines"(hand, { series }) {
    const { bytes } = await hand.taken("save-svg", "svg", (all) => all.includes("</svg>"));
    const text = bytes.toString();
    for (const words of [">sine<", ">ramp<", ">1500<", series.sine.color, series.ramp.color])
      assert.ok(text.includes(words), words);
    await hand.text("#task-text", /^Saved as SVG/);
  },
  async "CSV of what is seen is saved"(hand) {
    await hand.pointAt(0.5, 0.5);
    await hand.mouse.wheel({ deltaY: -480 });
    const { view } = await hand.until("closer", (s) => span(s) < 1200);
    const rows = rowsOf(await hand.taken("csv-seen", "csv", (bytes) => bytes.length > 0));
    assert.deepEqual(
      [Math.min(...rows), Math.max(...rows)],
      [Math.ceil(view.from), Math.floor(view.to)],
    );
    await hand.text("#task-text", /downloading the CSV/);
  },
  async "CSV of everything is saved"(hand) {
    const file = await hand.taken(
      "csv-all",
      "csv",
      (bytes) => bytes.toString().trim().split("\n").length === 4001,
    );
    assert.match(file.name, /^in firefox_[\d-]{10}_[\d-]{8}_everything\.csv$/);
  },
  async "the picture is copied, or it is said why not"(hand) {
    await hand.choose("copy-picture");
    await hand.text(
      "#task-text",
      /^The picture is in the clipboard\.$|does not let this page copy a picture: save it as PNG/,
    );
  },
  async "the address is copied, or it is said why not"(hand) {
    await hand.choose("copy-address");
    await hand.text(
      "#task-text",
      /^The address is in the clipboard; its token|does not let this page copy: open the plot in its own tab/,
    );
  },
  async "what Firefox forbids is said with a way out"(hand) {
    await hand.page.evaluate(() => {
      const forbid = async () => {
        throw new DOMException("Clipboard write is not allowed.", "NotAllowedError");
      };
      Object.assign(navigator.clipboard, { write: forbid, writeText: forbid });
      document.documentElement.requestFullscreen = forbid;
    });
    await hand.choose("copy-picture");
    await hand.text("#task-text", /does not let this page copy a picture: save it as PNG/);
    await hand.choose("copy-address");
    await hand.text("#task-text", /does not let this page copy: open the plot in its own tab/);
    await hand.choose("full-screen");
    await hand.text(
      "#task-text",
      /does not let this page fill the screen: open the plot in its own tab/,
    );
  },
  async "the plot fills the screen, and leaves it"(hand) {
    const isFull = () =>
      hand.page.evaluate("document.fullscreenElement === document.documentElement");
    await hand.choose("full-screen");
    await hand.wait("a full screen", isFull, (is) => is);
    await hand.choose("full-screen");
    await hand.wait("no full screen", isFull, (is) => !is);
    await hand.until("a picture", (s) => near(s.view.to, 1999, 1e-6));
  },
  async "its own tab opens the plot"(hand) {
    await hand.choose("own-tab");
    await hand.untilTab(hand.urls.plot);
  },
  async "all plots are a click away"(hand) {
    await hand.choose("all-plots");
    await hand.untilTab(hand.urls.plots);
  },
  async "the menu leads to the keys"(hand) {
    await hand.choose("show-keys");
    await hand.wait(
      "the dialog",
      () => hand.page.$eval("#help", (one) => one.open),
      (is) => is,
    );
    await hand.press("Escape");
    await hand.untilFocused("more");
  },
};

/**
 * Everything in Firefox: `node run.mjs '{"firefox": PATH, "downloads": FOLDER, "urls": {...}, "stems": [..]}'`. One browser, one tab;
 * every step begins on a page that is loaded anew, and is told in one line of JSON: its name, and what was wrong. A step
 * may say a line itself, {"wish": ...}.
 */
import puppeteer from "puppeteer-core";
import * as gestures from "./gestures.mjs";
import { Hand } from "./hand.mjs";
import * as keys from "./keys.mjs";
import * as plots from "./plots.mjs";
import * as series from "./series.mjs";
import * as exported from "./export.mjs";
import * as touch from "./touch.mjs";

/** Milliseconds for all: what has not had its turn by then is not told. */
const PATIENCE = 120_000;
const { firefox, downloads, urls, stems } = JSON.parse(process.argv[2]);
const ALL = { gestures, touch, keys, series, export: exported, plots };
const end = Date.now() + PATIENCE;

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: firefox,
  headless: true,
  extraPrefsFirefox: {
    "browser.download.folderList": 2,
    "browser.download.dir": downloads,
    "browser.download.alwaysOpenPanel": false,
    "browser.helperApps.neverAsk.saveToDisk": "image/png,image/svg+xml,text/csv",
    "full-screen-api.transition-duration.enter": "0 0",
    "full-screen-api.transition-duration.leave": "0 0",
    "full-screen-api.warning.timeout": 0,
  },
});

async function wrongIn(hand, open, step) {
  hand.complaints.length = 0;
  try {
    await step(hand, await open(hand));
  } catch (error) {
    return [error.stack, ...hand.complaints].join("\n");
  }
  return hand.complaints.join("\n");
}

try {
  const hand = await Hand.on(browser, urls, downloads);
  for (const [stem, { open, steps }] of Object.entries(ALL)) {
    if (!stems.includes(stem)) continue;
    for (const [name, step] of Object.entries(steps)) {
      if (Date.now() > end) break;
      const begin = Date.now();
      const wrong = await wrongIn(hand, open, step);
      console.log(JSON.stringify({ name, wrong, ms: Date.now() - begin }));
    }
  }
} finally {
  await browser.close();
}

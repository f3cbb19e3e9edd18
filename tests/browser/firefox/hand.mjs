/** A hand on a page in Firefox: it opens plots, moves the mouse, presses keys, and waits for what the page says. */
import assert from "node:assert/strict";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const PATIENCE = 10_000;
const POLL = 15;

export const near = (a, b, tolerance) => Math.abs(a - b) <= tolerance;
export const span = ({ view }) => view.to - view.from;
const newest = ({ series }) => Math.max(...Object.values(series).map(({ lastX }) => lastX));
export const height = ({ view }) => view.high - view.low;

/** In the page that is left, which would go on to remember. */
function forget() {
  sessionStorage.clear();
  Storage.prototype.setItem = () => {};
}

export class Hand {
  /** What no page may have: errors, on the console too, and what its policy refuses, which Firefox tells as an error. @type {string[]} */
  complaints = [];

  /** @param {import("puppeteer-core").Browser} browser @param {Record<string, string>} urls @param {string} downloads a folder */
  static async on(browser, urls, downloads) {
    const hand = new Hand();
    const page = await browser.newPage();
    page.on("pageerror", (error) => hand.complaints.push(error.stack ?? error.message));
    page.on(
      "console",
      (message) => message.type() === "error" && hand.complaints.push(message.text()),
    );
    await page.setViewport({ width: 900, height: 360 });
    return Object.assign(hand, {
      browser,
      page,
      urls,
      downloads,
      keyboard: page.keyboard,
      mouse: page.mouse,
    });
  }

  /** A page anew, which remembers nothing of how it was looked at, with the pointer beside the plot. */
  async open(url) {
    await this.mouse.move(2, 2);
    await this.page.evaluate(forget).catch(() => {});
    await this.page.goto(url);
  }

  /** A plot's page, as soon as it has drawn so many points; its statistics. */
  async openPlot(name, points) {
    await this.open(this.urls[name]);
    const isAll = (s) => near(s.view.from, 0, 0.5) && near(s.view.to, newest(s), 0.5); // bars want room beside them
    return this.until("all points", (s) => s.points === points && isAll(s) && s.state === "live");
  }

  stats() {
    return this.page.evaluate("window.zwsnb?.stats()");
  }

  /** What `look` gives, as soon as something holds of it. */
  async wait(what, look, holds) {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const found = await look();
      if (found !== undefined && found !== null && holds(found)) return found;
      assert.ok(Date.now() < deadline, `not seen: ${what}; it is ${JSON.stringify(found)}`);
      await pause(POLL);
    }
  }

  /** The statistics as soon as something holds of them. */
  until(what, holds) {
    return this.wait(what, () => this.stats(), holds);
  }

  /** Have something happen where the points come from: test_firefox.py knows what. */
  wish(wish) {
    console.log(JSON.stringify({ wish }));
  }

  /** The text of an element as soon as a pattern is in it. */
  text(selector, pattern) {
    const look = () =>
      this.page.evaluate((one) => document.querySelector(one)?.textContent, selector);
    return this.wait(`${selector} that says ${pattern}`, look, (text) => pattern.test(text));
  }

  /** The id of what has the focus, or its text if it has none. */
  focused() {
    return this.page.evaluate("document.activeElement.id || document.activeElement.textContent");
  }

  untilFocused(id) {
    return this.wait(
      `the focus on ${id}`,
      () => this.focused(),
      (one) => one === id,
    );
  }

  async press(...keys) {
    for (const key of keys) await this.keyboard.press(key);
  }

  async holding(key, action) {
    await this.keyboard.down(key);
    await action();
    await this.keyboard.up(key);
  }

  /** A place in the plot area, in fractions of it. */
  async at(across, down, panel = 0) {
    const corner = await this.page.evaluate(
      "document.getElementById('plot').getBoundingClientRect().toJSON()",
    );
    const { box } = (await this.stats()).panels[panel];
    return [corner.left + box.left + across * box.width, corner.top + box.top + down * box.height];
  }

  async pointAt(...place) {
    await this.mouse.move(...(await this.at(...place)));
  }

  async clickAt(...place) {
    await this.mouse.click(...(await this.at(...place)));
  }

  async drag(from, to) {
    await this.pointAt(...from);
    await this.mouse.down();
    await this.mouse.move(...(await this.at(...to)), { steps: 4 });
    await this.mouse.up();
  }

  /** How many pixels of the plot have a colour, or nearly. */
  painted(color) {
    return this.page.evaluate((hex) => {
      const wanted = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
      let found = 0;
      for (const canvas of document.querySelectorAll("#plot canvas")) {
        if (canvas.width === 0 || canvas.height === 0) continue;
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        for (let i = 0; i < data.length; i += 4) {
          const distance = wanted.reduce((sum, part, at) => sum + Math.abs(part - data[i + at]), 0);
          if (data[i + 3] > 100 && distance < 60) found += 1;
        }
      }
      return found;
    }, color);
  }

  /** Chooses an item of the menu. */
  async choose(id) {
    await this.page.click("#more");
    await this.page.click(`#${id}`);
  }

  /** The file that choosing an item saves, as soon as it is whole. */
  async taken(id, ending, isWhole) {
    await this.choose(id);
    const look = async () => {
      const name = (await readdir(this.downloads)).find((one) => one.endsWith(`.${ending}`));
      return name && { name, bytes: await readFile(join(this.downloads, name)) };
    };
    const file = await this.wait(`a file .${ending}`, look, ({ bytes }) => isWhole(bytes));
    await rm(join(this.downloads, file.name));
    return file;
  }

  /** Another tab that has opened at an address, of which the bar soon has no token; it is closed. */
  async untilTab(address) {
    const isThere = (one) => one !== this.page && withoutToken(one.url()) === withoutToken(address);
    const look = async () => (await this.browser.pages()).find(isThere);
    const tab = await this.wait("another tab", look, () => true);
    await tab.close();
    await this.page.bringToFront();
  }
}

/** @param {string} address */
function withoutToken(address) {
  const url = new URL(address);
  url.searchParams.delete("token");
  return url.href;
}

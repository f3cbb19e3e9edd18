/**
 * The main gestures and keys in Firefox: `node reading.mjs PATH-OF-FIREFOX URL`. The page is of a plot of 2,000 points,
 * x = 0..1999, y = sin(x / 100), "ramp" = x, that nobody adds to. Fails with the first thing that is not so.
 */
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";

const PATIENCE = 10_000;
const [executablePath, url] = process.argv.slice(2);

const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
const page = await browser.newPage();
await page.setViewport({ width: 900, height: 360 });
await page.goto(url);
const { keyboard, mouse } = page;

const stats = () => page.evaluate("window.zwsnb?.stats()");

/** The statistics as soon as something holds of them. */
async function until(what, holds) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const said = await stats();
    if (said && holds(said)) return said;
    assert.ok(Date.now() < deadline, `${what}; the page says ${JSON.stringify(said)}`);
  }
}

const near = (a, b, tolerance) => Math.abs(a - b) <= tolerance;
const span = ({ view }) => view.to - view.from;
const height = ({ view }) => view.high - view.low;

/** A place in the plot area, in fractions of it. */
async function at(across, down) {
  const corner = await page.evaluate("document.getElementById('plot').getBoundingClientRect().toJSON()");
  const { box } = (await stats()).panels[0];
  return [corner.left + box.left + across * box.width, corner.top + box.top + down * box.height];
}

async function holding(key, action) {
  await keyboard.down(key);
  await action();
  await keyboard.up(key);
}

async function drag(from, to) {
  await mouse.move(...(await at(...from)));
  await mouse.down();
  await mouse.move(...(await at(...to)), { steps: 4 });
  await mouse.up();
}

const whole = await until("all points", (s) => s.points === 4000 && span(s) === 1999 && s.state === "live");
const everything = (s) => s.view.mode === "all" && s.view.fixed.length === 0 && near(height(s) / height(whole), 1, 0.25);

const STEPS = {
  async "the wheel zooms x about the pointer"() {
    await mouse.move(...(await at(0.25, 0.5)));
    await mouse.wheel({ deltaY: -240 });
    const closer = await until("closer", (s) => s.view.mode === "range" && span(s) < span(whole) * 0.8);
    assert.ok(near(closer.view.from + 0.25 * span(closer), 0.25 * 1999, 5));
  },
  async "0 shows everything"() {
    await keyboard.press("0");
    await until("everything", everything);
  },
  async "Shift and the wheel zoom y"() {
    await holding("Shift", () => mouse.wheel({ deltaY: -240 }));
    await until("y closer", (s) => height(s) < height(whole) * 0.8 && span(s) === span(whole));
  },
  async "a double-click shows everything"() {
    await mouse.click(...(await at(0.5, 0.5)), { count: 2 });
    const said = await until("everything", everything);
    assert.equal(said.marks.a, null);
  },
  async "a drag with Shift zooms to a box"() {
    await holding("Shift", () => drag([0.2, 0.2], [0.6, 0.8]));
    await until("the box", (s) => near(s.view.from, 400, 8) && near(s.view.to, 1200, 8) && near(height(s) / height(whole), 0.6, 0.15));
  },
  async "a drag pans"() {
    await drag([0.5, 0.5], [0.75, 0.5]);
    await until("200 to the left", (s) => near(s.view.from, 200, 8) && near(span(s), 800, 8));
  },
  async "history by Alt and arrows"() {
    await holding("Alt", () => keyboard.press("ArrowLeft"));
    await until("the box again", (s) => near(s.view.from, 400, 8));
    await holding("Alt", () => keyboard.press("ArrowRight"));
    await until("panned again", (s) => near(s.view.from, 200, 8));
  },
  async "arrows pan, plus zooms, f follows, Escape leads back to live"() {
    const before = await stats();
    await keyboard.press("ArrowRight");
    const moved = await until("to the right", (s) => near(s.view.from - before.view.from, span(before) / 10, 1e-6));
    await keyboard.press("+");
    await until("closer", (s) => near(span(s), span(moved) / 1.25, 1e-6));
    await keyboard.press("f");
    await until("the live edge", (s) => s.view.mode === "follow" && s.view.to === 1999);
    await keyboard.press("Escape");
    await until("live", (s) => s.view.live && s.view.mode === "follow" && s.view.fixed.length === 0);
  },
  async "Space pauses"() {
    await keyboard.press(" ");
    await until("a pause", (s) => s.state === "paused");
    await keyboard.press(" ");
    await until("no pause", (s) => s.state === "live");
  },
  async "the crosshair reads the true values"() {
    await mouse.move(...(await at(0.5, 0.02)));
    const { crosshair } = await until("a crosshair", (s) => s.crosshair?.rows.length === 2 && s.crosshair.rows.every((row) => row.exact));
    const [sine, ramp] = crosshair.rows;
    assert.ok(near(sine.y, Math.sin(sine.x / 100), 1e-12));
    assert.equal(ramp.y, ramp.x);
  },
  async "keys move the crosshair"() {
    await mouse.move(2, 2);
    await keyboard.press("c");
    const { crosshair } = await until("a crosshair", (s) => s.crosshair?.keyed);
    await keyboard.press("ArrowLeft");
    await until("the point to the left", (s) => s.crosshair?.x < crosshair.x);
    await keyboard.press("c");
    await until("no crosshair", (s) => s.crosshair === null);
  },
  async "two clicks measure, Escape clears"() {
    await mouse.click(...(await at(0.25, 0.02)));
    await until("mark A", (s) => s.marks.a);
    await mouse.click(...(await at(0.75, 0.02)));
    const { figures, selection } = await until("the figures", (s) => s.figures && /Δx[^]*slope[^]*mean/.test(s.readout));
    const count = Math.floor(selection.to) - Math.ceil(selection.from) + 1;
    assert.equal(figures.ramp.count, count);
    assert.ok(near(figures.ramp.mean, (Math.floor(selection.to) + Math.ceil(selection.from)) / 2, 1e-6));
    await keyboard.press("Escape");
    await until("no mark", (s) => s.marks.a === null);
  },
};

try {
  for (const [name, step] of Object.entries(STEPS)) {
    await step();
    console.log(name);
  }
} finally {
  await browser.close();
}

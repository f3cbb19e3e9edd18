/** Every key that `?` shows, on the plot of gestures.mjs; and `?` itself. */
import assert from "node:assert/strict";
import { GESTURES, KEYS } from "../../../static/input/keymap.js";
import { height, near, span } from "./hand.mjs";

export const open = (hand) => hand.openPlot("plot", 4000);

/** A look at the middle four fifths. */
async function closer(hand) {
  await hand.press("+");
  return hand.until("closer", (s) => s.view.mode === "range" && near(span(s), 1999 / 1.25, 1e-6));
}

/** A crosshair of the keys, where every point has a place of its own. */
async function crosshair(hand) {
  await hand.holding("Shift", () => hand.drag([0.2, 0.1], [0.25, 0.9]));
  await hand.mouse.move(2, 2);
  await hand.until(
    "the points themselves",
    (s) => s.series.sine.kind === "points" && span(s) < 120 && s.crosshair === null,
  );
  await hand.press("c");
  return (await hand.until("a crosshair", (s) => s.crosshair?.keyed)).crosshair;
}

const isHelpOpen = (hand) => hand.page.evaluate("document.getElementById('help').open");
const untilHelp = (hand, open) =>
  hand.wait(
    `help that is ${open ? "" : "not "}open`,
    () => isHelpOpen(hand),
    (is) => is === open,
  );

export const steps = {
  async "0 shows everything"(hand, whole) {
    await closer(hand);
    await hand.holding("Shift", () => hand.press("ArrowUp"));
    await hand.until("y closer", (s) => s.view.fixed.length > 0);
    await hand.press("0");
    await hand.until(
      "everything",
      (s) =>
        s.view.mode === "all" &&
        s.view.fixed.length === 0 &&
        span(s) === 1999 &&
        near(height(s) / height(whole), 1, 0.25),
    );
  },
  async "f follows the newest points"(hand) {
    const before = await closer(hand);
    await hand.press("f");
    await hand.until(
      "the live edge",
      (s) => s.view.mode === "follow" && s.view.to === 1999 && near(span(s), span(before), 1e-6),
    );
  },
  async "Space pauses, and goes on"(hand) {
    await hand.press(" ");
    await hand.until("a pause", (s) => s.state === "paused" && s.view.paused);
    await hand.text("#status", /paused/i);
    await hand.press(" ");
    await hand.until("no pause", (s) => s.state === "live");
  },
  async "Escape forgets the marks, then leads back to live"(hand) {
    await closer(hand);
    await hand.clickAt(0.25, 0.02);
    await hand.until("mark A", (s) => s.marks.a);
    await hand.press("Escape");
    const said = await hand.until("no mark", (s) => s.marks.a === null);
    assert.equal(said.view.mode, "range");
    await hand.press("Escape");
    await hand.until("live", (s) => s.view.live && s.view.fixed.length === 0);
  },
  async "plus and minus zoom"(hand) {
    const once = await closer(hand);
    await hand.press("+");
    await hand.until("twice as close", (s) => near(span(s), span(once) / 1.25, 1e-6));
    await hand.press("-");
    await hand.until("farther", (s) => near(span(s), span(once), 1e-6));
    await hand.press("=");
    await hand.until("plus without Shift", (s) => near(span(s), span(once) / 1.25, 1e-6));
  },
  async "left and right pan"(hand) {
    const before = await closer(hand);
    await hand.press("ArrowLeft");
    await hand.until("earlier", (s) =>
      near(before.view.from - s.view.from, span(before) / 10, 1e-6),
    );
    await hand.press("ArrowRight");
    await hand.until("later", (s) => near(s.view.from, before.view.from, 1e-6));
  },
  async "up and down pan in y"(hand, whole) {
    await hand.press("ArrowUp");
    const up = await hand.until(
      "higher",
      (s) => s.view.low > whole.view.low && s.view.fixed.includes("0:left"),
    );
    assert.ok(near((up.view.low - whole.view.low) / height(up), 0.1, 0.02));
    await hand.press("ArrowDown");
    await hand.until("lower", (s) =>
      near(s.view.low, up.view.low - 0.1 * height(up), 1e-3 * height(up)),
    );
  },
  async "up and down with Shift zoom in y"(hand, whole) {
    await hand.holding("Shift", () => hand.press("ArrowUp"));
    const once = await hand.until(
      "y closer",
      (s) => s.view.fixed.includes("0:left") && height(s) < 0.9 * height(whole),
    );
    await hand.holding("Shift", () => hand.press("ArrowUp"));
    await hand.until("still closer", (s) => near(height(s) / height(once), 1 / 1.25, 1e-6));
    await hand.holding("Shift", () => hand.press("ArrowDown"));
    const said = await hand.until("farther", (s) => near(height(s) / height(once), 1, 1e-6));
    assert.equal(span(said), 1999);
  },
  async "the arrows with Alt go to the view before and after, and the page stays"(hand) {
    const before = await closer(hand);
    await hand.holding("Shift", () => hand.drag([0.2, 0.2], [0.6, 0.8]));
    const box = await hand.until("the box", (s) => span(s) < 0.5 * span(before));
    await hand.page.evaluate("window.stays = true");
    await hand.holding("Alt", () => hand.press("ArrowLeft"));
    await hand.until(
      "the view before",
      (s) => near(s.view.from, before.view.from, 1e-6) && s.view.fixed.length === 0,
    );
    await hand.holding("Alt", () => hand.press("ArrowRight"));
    await hand.until(
      "the view after",
      (s) => near(s.view.from, box.view.from, 1e-6) && near(span(s), span(box), 1e-6),
    );
    assert.equal(await hand.page.evaluate("window.stays"), true);
  },
  async "c sets a crosshair, and arrows move it from point to point"(hand) {
    const { x } = await crosshair(hand);
    await hand.press("ArrowLeft");
    await hand.until("the point before", (s) => s.crosshair?.x === x - 1);
    await hand.holding("Shift", () => hand.press("ArrowLeft"));
    await hand.until("the tenth before", (s) => s.crosshair?.x === x - 11);
    await hand.press("ArrowRight");
    await hand.until("the point after", (s) => s.crosshair?.x === x - 10);
    await hand.press("ArrowDown");
    await hand.until("the other series", (s) => s.crosshair?.series === "ramp");
    await hand.press("ArrowUp");
    await hand.until(
      "the first series",
      (s) => s.crosshair?.series === "sine" && s.crosshair.rows.every(({ exact }) => exact),
    );
    await hand.text("#read", /sine/);
    await hand.press("c");
    await hand.until("no crosshair", (s) => s.crosshair === null);
    await hand.text("#read", /Crosshair off/);
  },
  async "m and Enter mark, and two marks measure"(hand) {
    const { x } = await crosshair(hand);
    await hand.press("m");
    await hand.until("mark A", (s) => s.marks.a?.x === x);
    await hand.holding("Shift", () => hand.press("ArrowLeft"));
    await hand.until("the tenth before", (s) => s.crosshair?.x === x - 10);
    await hand.press("Enter");
    const said = await hand.until("the figures", (s) => s.figures && s.readout.includes("mean"));
    assert.deepEqual(said.selection, { from: x - 10, to: x });
    assert.equal(said.figures.ramp.count, 11);
  },
  async "Tab reaches the legend and the buttons"(hand) {
    const places = ["series", "plot", "pause", "more"];
    const where =
      "document.activeElement.className === 'series' ? 'series' : document.activeElement.id";
    await hand.page.focus("#legend button");
    const reached = [await hand.page.evaluate(where)];
    while (reached.at(-1) !== "more" && reached.length < 12) {
      await hand.press("Tab");
      reached.push(await hand.page.evaluate(where));
    }
    assert.deepEqual(
      reached.filter((one) => places.includes(one)),
      places,
      `${reached}`,
    );
  },
  async "Space on a button presses the button only"(hand) {
    await hand.page.focus("#pause");
    await hand.press(" ");
    await hand.until("a pause", (s) => s.state === "paused");
    await hand.press(" ");
    await hand.until("no pause", (s) => s.state === "live");
  },
  async "? shows the keys, Escape closes, and the focus returns"(hand, whole) {
    await hand.page.focus("#plot");
    await hand.press("?");
    await untilHelp(hand, true);
    const text = await hand.text("#help", /Keys and words/);
    for (const [words, what] of [...KEYS, ...GESTURES])
      for (const one of [...words, what]) assert.ok(text.includes(one), one);
    await hand.press("f", "+", " ");
    assert.deepEqual((await hand.stats()).view, whole.view, "its keys are its own");
    await hand.press("Escape");
    await untilHelp(hand, false);
    await hand.untilFocused("plot");
  },
  async "the dialog of the keys closes by its button"(hand) {
    await hand.page.focus("#plot");
    await hand.press("?");
    await untilHelp(hand, true);
    await hand.page.click("#help .close");
    await untilHelp(hand, false);
    await hand.untilFocused("plot");
  },
};

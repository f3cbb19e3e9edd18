/** What the mouse does, on a plot of 2,000 points, x = 0..1999, y = sin(x / 100), "ramp" = x, that nobody adds to. */
import assert from "node:assert/strict";
import { height, near, span } from "./hand.mjs";

export const open = (hand) => hand.openPlot("plot", 4000);

const isEverything = (whole) => (s) =>
  s.view.mode === "all" &&
  s.view.fixed.length === 0 &&
  span(s) === 1999 &&
  near(height(s) / height(whole), 1, 0.25);

export const steps = {
  async "the wheel zooms x about the pointer"(hand, whole) {
    await hand.pointAt(0.25, 0.5);
    await hand.mouse.wheel({ deltaY: -240 });
    const closer = await hand.until(
      "closer",
      (s) => s.view.mode === "range" && span(s) < span(whole) * 0.8,
    );
    assert.ok(near(closer.view.from + 0.25 * span(closer), 0.25 * 1999, 5));
    await hand.mouse.wheel({ deltaY: 2400 });
    await hand.until("everything", isEverything(whole));
  },
  async "Shift and the wheel zoom y"(hand, whole) {
    await hand.pointAt(0.25, 0.5);
    await hand.holding("Shift", () => hand.mouse.wheel({ deltaY: -240 }));
    await hand.until("y closer", (s) => height(s) < height(whole) * 0.8 && span(s) === span(whole));
  },
  async "the wheel on the y-axis zooms y"(hand, whole) {
    await hand.pointAt(-0.02, 0.5);
    await hand.mouse.wheel({ deltaY: -240 });
    await hand.until("y closer", (s) => height(s) < height(whole) * 0.8 && span(s) === span(whole));
  },
  async "a drag pans"(hand) {
    await hand.drag([0.25, 0.5], [0.5, 0.5]);
    await hand.until("earlier", (s) => near(s.view.from, -500, 10) && near(span(s), 1999, 1e-6));
  },
  async "a drag with Shift zooms to a box"(hand, whole) {
    await hand.keyboard.down("Shift");
    await hand.pointAt(0.2, 0.2);
    await hand.mouse.down();
    await hand.mouse.move(...(await hand.at(0.6, 0.8)), { steps: 4 });
    await hand.until("the rectangle", (s) => s.drawn?.width > 100);
    await hand.mouse.up();
    await hand.keyboard.up("Shift");
    const isBox = (s) =>
      near(s.view.from, 400, 8) &&
      near(s.view.to, 1200, 8) &&
      near(height(s) / height(whole), 0.6, 0.15);
    await hand.until("the box", (s) => isBox(s) && s.drawn === null);
  },
  async "a drag on the x-axis chooses a part of it"(hand) {
    await hand.drag([0.2, 1.03], [0.6, 1.03]);
    await hand.until("the part", (s) => near(s.view.from, 400, 8) && near(s.view.to, 1200, 8));
  },
  async "a double-click shows everything, and marks nothing"(hand, whole) {
    await hand.pointAt(0.5, 0.5);
    await hand.mouse.wheel({ deltaY: -240 });
    await hand.until("closer", (s) => s.view.mode === "range");
    await hand.mouse.click(...(await hand.at(0.5, 0.5)), { count: 2 });
    const said = await hand.until("everything", isEverything(whole));
    assert.equal(said.marks.a, null);
  },
  async "the crosshair reads the true values"(hand) {
    await hand.pointAt(0.5, 0.02);
    const { crosshair } = await hand.until(
      "a crosshair",
      (s) => s.crosshair?.rows.length === 2 && s.crosshair.rows.every((row) => row.exact),
    );
    const [sine, ramp] = crosshair.rows;
    assert.ok(near(sine.y, Math.sin(sine.x / 100), 1e-12));
    assert.equal(ramp.y, ramp.x);
    await hand.until(
      "its words",
      (s) => s.readout.includes("sine") && s.readout.includes(String(ramp.y)),
    );
    await hand.mouse.move(2, 2);
    await hand.until("no crosshair", (s) => s.crosshair === null && s.readout === "");
  },
  async "two clicks measure, a third begins anew"(hand) {
    await hand.clickAt(0.25, 0.02);
    await hand.until("mark A", (s) => s.marks.a && s.readout.includes("click again to measure"));
    await hand.clickAt(0.75, 0.02);
    const { figures, selection } = await hand.until(
      "the figures",
      (s) => s.figures && /Δx[\s\S]*slope[\s\S]*mean/.test(s.readout),
    );
    const [first, last] = [Math.ceil(selection.from), Math.floor(selection.to)];
    assert.equal(figures.ramp.count, last - first + 1);
    assert.ok(near(figures.ramp.mean, (first + last) / 2, 1e-6));
    await hand.clickAt(0.5, 0.02);
    await hand.until("mark A alone", (s) => near(s.marks.a?.x, 1000, 10) && s.marks.b === null);
  },
  async "the buttons of the status line do what they say"(hand, whole) {
    await hand.page.click("#pause");
    await hand.until("a pause", (s) => s.state === "paused");
    await hand.text("#pause", /^Resume$/);
    await hand.page.click("#pause");
    await hand.until("no pause", (s) => s.state === "live");
    await hand.pointAt(0.5, 0.5);
    await hand.mouse.wheel({ deltaY: -240 });
    await hand.text("#status", /looking back/i);
    await hand.page.click("#everything");
    await hand.until("everything", isEverything(whole));
    await hand.press("+");
    await hand.until("closer", (s) => s.view.mode === "range");
    await hand.page.click("#live");
    await hand.until("live", (s) => s.view.live);
  },
};

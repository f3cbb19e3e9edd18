/** What fingers do, by real touch input, on the plot of gestures.mjs. */
import assert from "node:assert/strict";
import { near, span } from "./hand.mjs";

/** Without the fingers that a step before may have left there. */
export async function open(hand) {
  await lift(hand);
  return hand.openPlot("plot", 4000);
}

async function lift(hand) {
  for (const finger of [...hand.page.touchscreen.touches]) await finger.end();
}

/** Fingers that are put down and moved, step by step, from one place to another each. */
async function slide(hand, ...ways) {
  const fingers = [];
  for (const [from, to] of ways) {
    const [start, end] = [await hand.at(...from), await hand.at(...to)];
    const placeAt = (part) => start.map((one, axis) => one + part * (end[axis] - one));
    fingers.push({ finger: await hand.page.touchscreen.touchStart(...start), placeAt });
  }
  for (const part of [0.25, 0.5, 0.75, 1])
    for (const { finger, placeAt } of fingers) await finger.move(...placeAt(part));
}

const tap = async (hand, ...place) => hand.page.touchscreen.tap(...(await hand.at(...place)));

/** The x under a place, in fractions of the width. */
const xAt = (s, across) => s.view.from + across * span(s);

export const steps = {
  async "one finger pans"(hand) {
    await slide(hand, [
      [0.25, 0.5],
      [0.5, 0.5],
    ]);
    await hand.until("earlier", (s) => near(s.view.from, -500, 10) && near(span(s), 1999, 1e-6));
    await lift(hand);
    const said = await hand.stats();
    assert.equal(said.marks.a, null, "a finger that pans marks nothing");
  },
  async "two fingers zoom, and each keeps its x"(hand, whole) {
    await slide(
      hand,
      [
        [0.4, 0.5],
        [0.3, 0.5],
      ],
      [
        [0.6, 0.5],
        [0.7, 0.5],
      ],
    );
    const closer = await hand.until("half of it", (s) => near(span(s), span(whole) / 2, 12));
    assert.ok(
      near(xAt(closer, 0.3), xAt(whole, 0.4), 12) && near(xAt(closer, 0.7), xAt(whole, 0.6), 12),
    );
    await lift(hand);
    await hand.until("the same", (s) => near(span(s), span(closer), 1e-6));
    await slide(
      hand,
      [
        [0.2, 0.5],
        [0.45, 0.5],
      ],
      [
        [0.8, 0.5],
        [0.55, 0.5],
      ],
    );
    await hand.until("everything", (s) => s.view.mode === "all" && span(s) === span(whole));
  },
  async "they zoom even if one of them is beside the plot area"(hand, whole) {
    await slide(
      hand,
      [
        [-0.02, 0.5],
        [-0.04, 0.5],
      ],
      [
        [0.5, 0.5],
        [0.9, 0.5],
      ],
    );
    await hand.until("closer", (s) => span(s) < 0.7 * span(whole) && s.drawn === null);
    await lift(hand);
    assert.deepEqual((await hand.stats()).view.fixed, [], "no part of the y-axis was chosen");
  },
  async "one finger on the y-axis chooses a part of it"(hand, whole) {
    await slide(hand, [
      [-0.02, 0.25],
      [-0.02, 0.75],
    ]);
    await hand.until("the part", (s) => s.drawn?.height > 50);
    await lift(hand);
    await hand.until(
      "y closer",
      (s) => s.view.fixed.includes("0:left") && s.drawn === null && span(s) === span(whole),
    );
  },
  async "a tap reads the values and marks, two taps measure"(hand) {
    await tap(hand, 0.25, 0.02);
    const { crosshair } = await hand.until(
      "the values",
      (s) => s.marks.a && s.crosshair?.rows.every(({ exact }) => exact),
    );
    assert.equal(crosshair.rows.find(({ name }) => name === "ramp").y, crosshair.rows[0].x);
    assert.ok(near(crosshair.x, 500, 10));
    await tap(hand, 0.75, 0.02);
    await hand.until(
      "the figures",
      (s) => s.figures && near(s.selection.to - s.selection.from, 1000, 20),
    );
  },
  async "a gesture that the browser takes over ends"(hand, whole) {
    await hand.page.evaluate(() => {
      const plot = document.getElementById("plot");
      const { left, top } = plot.getBoundingClientRect();
      const say = (type, x) =>
        plot.dispatchEvent(
          new PointerEvent(type, {
            pointerId: 77,
            pointerType: "touch",
            isPrimary: true,
            clientX: left + x,
            clientY: top + 100,
            bubbles: true,
          }),
        );
      plot.setPointerCapture = () => {}; // of a pointer that does not exist
      say("pointerdown", 300);
      say("pointercancel", 300);
      say("pointermove", 500);
    });
    await hand.pointAt(0.5, 0.02);
    const said = await hand.until("a crosshair", (s) => s.crosshair);
    assert.deepEqual(said.view, whole.view);
  },
};

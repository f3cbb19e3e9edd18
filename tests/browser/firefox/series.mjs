/** The legend; panels, a second axis, and the styles of series, as they are drawn. */
import assert from "node:assert/strict";
import { near, span } from "./hand.mjs";

export const open = (hand) => hand.openPlot("plot", 4000);

const hiddenIn = (s) => Object.keys(s.series).filter((name) => s.series[name].hidden);
const untilHidden = (hand, ...names) =>
  hand.until(`${names} hidden`, (s) => hiddenIn(s).join() === names.join());
const row = (place) => `#legend li:nth-child(${place}) button`;

const untilPainted = (hand, color, name = "") =>
  hand.wait(
    `the colour of ${name} ${color}`,
    () => hand.painted(color),
    (pixels) => pixels > 60,
  );

/** All series are seen in their colours. */
async function seeAll(hand, { series }) {
  for (const [name, { color, end }] of Object.entries(series))
    if (!end) await untilPainted(hand, color, name);
}

export const steps = {
  async "a click on a name hides the series, and shows it again"(hand, { series }) {
    await untilPainted(hand, series.ramp.color);
    await hand.page.click(row(2));
    await untilHidden(hand, "ramp");
    await hand.wait(
      "no line",
      () => hand.painted(series.ramp.color),
      (pixels) => pixels === 0,
    );
    await hand.wait(
      "a name that is not pressed",
      () => hand.page.$eval(row(2), (one) => one.ariaPressed),
      (is) => is === "false",
    );
    await hand.page.click(row(2));
    await untilHidden(hand);
    await untilPainted(hand, series.ramp.color);
  },
  async "a click with Alt shows the series alone, and then all"(hand) {
    await hand.holding("Alt", () => hand.page.click(row(2)));
    await untilHidden(hand, "sine");
    await hand.holding("Alt", () => hand.page.click(row(2)));
    await untilHidden(hand);
  },
  async "the legend works by keyboard"(hand, whole) {
    const place = () =>
      hand.page.evaluate(
        "[...document.querySelectorAll('#legend button')].indexOf(document.activeElement)",
      );
    const untilAt = (index) => hand.wait(`the focus on name ${index}`, place, (at) => at === index);
    await hand.page.focus(row(1));
    for (const [key, index] of [
      ["ArrowRight", 1],
      ["ArrowLeft", 0],
      ["End", 1],
      ["Home", 0],
      ["ArrowDown", 1],
    ]) {
      await hand.press(key);
      await untilAt(index);
    }
    await hand.press("Enter");
    await untilHidden(hand, "ramp");
    await hand.press(" ");
    await untilHidden(hand);
    await hand.holding("Alt", () => hand.press("Enter"));
    await untilHidden(hand, "sine");
    await hand.holding("Alt", () => hand.press("Enter"));
    await untilHidden(hand);
    const said = await hand.stats();
    assert.deepEqual(
      [said.view.mode, span(said), said.state],
      ["all", span(whole), "live"],
      "the plot has seen none of these keys",
    );
  },
  async "panels and a second axis are drawn, read and zoomed together"(hand) {
    const whole = await hand.openPlot("stacked", 1500);
    assert.deepEqual(
      whole.panels.map(({ series }) => series),
      [["a", "b"], ["c"]],
    );
    assert.ok(whole.panels[0].right.low > 900 && whole.panels[1].right === null);
    await seeAll(hand, whole);
    await hand.pointAt(0.5, 0.5, 1);
    const { crosshair } = await hand.until(
      "all three",
      (s) => s.crosshair?.rows.length === 3 && s.crosshair.rows.every(({ exact }) => exact),
    );
    for (const { name, x, y } of crosshair.rows)
      assert.equal(y, { a: x % 7, b: 1000 + x, c: -x }[name]);
    await hand.mouse.wheel({ deltaY: -240 });
    await hand.until("both closer", (s) =>
      s.panels.every(({ x }) => x.high - x.low < 400 && x.low === s.panels[0].x.low),
    );
    await hand.holding("Shift", () => hand.mouse.wheel({ deltaY: -240 }));
    await hand.until("the lower one's y closer", (s) => s.view.fixed.join() === "1:left");
    await hand.pointAt(1.02, 0.5, 0);
    await hand.mouse.wheel({ deltaY: -240 });
    await hand.until("the right axis closer", (s) => s.view.fixed.join() === "1:left,0:right");
  },
  async "every style, a band, a log axis, lines, regions and marks are drawn"(hand) {
    const whole = await hand.openPlot("styles", 800);
    assert.ok(whole.panels[0].left.log);
    assert.deepEqual(
      Object.keys(whole.series).filter((name) => whole.series[name].end),
      ["low", "high"],
    );
    await seeAll(hand, whole);
    await hand.pointAt(0.5, 0.5);
    await hand.mouse.wheel({ deltaY: -480 });
    const closer = await hand.until(
      "closer",
      (s) => span(s) < 0.7 * span(whole) && s.refinements > 0,
    );
    assert.ok(near(closer.view.from + span(closer) / 2, whole.view.from + span(whole) / 2, 2));
    await seeAll(hand, closer);
  },
};

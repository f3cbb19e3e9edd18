/** The page of all plots: of three. */
import assert from "node:assert/strict";

const NAMES = ["in firefox", "stacked", "styles"];

/** As one who has never been there. */
export async function open(hand) {
  await hand.open(hand.urls.plot);
  await hand.page.evaluate("localStorage.clear()");
  await hand.open(hand.urls.plots);
  await untilOrder(hand, NAMES);
}

async function untilOrder(hand, names, titles = names) {
  await hand.until(
    `plots in the order ${names}`,
    (s) => s.state === "live" && s.plots.join() === names.join(),
  );
  const shown = () => hand.page.$$eval(".card .handle", (all) => all.map((one) => one.textContent));
  await hand.wait("their cards", shown, (found) => found.join() === titles.join());
}

/** How many cards stand beside the first. */
const inFirstRow = (hand) =>
  hand.page.$$eval(".card", (all) => {
    const tops = all.map((one) => one.getBoundingClientRect().top);
    return tops.filter((top) => top === tops[0]).length;
  });

const frameOf = (hand, name) =>
  hand.page
    .frames()
    .find((one) => new URL(one.url(), "http://none").searchParams.get("plot") === name);

export const steps = {
  async "a card of each plot appears, and its plot is live"(hand) {
    await hand.text("#state", /^3 plots$/);
    const look = () => frameOf(hand, "in firefox")?.evaluate("window.zwsnb?.stats()");
    const said = await hand.wait(
      "the plot in its card",
      look,
      (s) => s.state === "live" && s.points === 4000,
    );
    assert.deepEqual(Object.keys(said.series), ["sine", "ramp"]);
    assert.deepEqual(
      await hand.page.$$eval(".card a", (all) =>
        all.map((one) => new URL(one.href).searchParams.get("plot")),
      ),
      NAMES,
    );
  },
  async "a plot that appears gets a card, and one that is closed loses it"(hand) {
    await hand.page.evaluate("document.querySelector('.card iframe').contentWindow.stays = true");
    hand.wish("a new plot");
    await untilOrder(hand, [...NAMES, "late"], [...NAMES, "late: a late one"]);
    await hand.text("#state", /^4 plots$/);
    await hand.page.$eval(".card:last-child", (one) => one.scrollIntoView()); // a frame out of sight is not loaded
    const look = () => frameOf(hand, "late")?.evaluate("window.zwsnb?.stats()");
    await hand.wait("the plot in its card", look, (s) => s.state === "live" && s.points === 10);
    hand.wish("no new plot");
    await untilOrder(hand, NAMES);
    await hand.text("#state", /^3 plots$/);
    assert.ok(
      await hand.page.evaluate("document.querySelector('.card iframe').contentWindow.stays"),
      "the other frames stay as they are",
    );
  },
  async "the columns change, and are remembered"(hand) {
    for (const columns of [1, 3, 2]) {
      await hand.page.click(`#columns button:nth-child(${columns})`);
      await hand.wait(
        `${columns} columns`,
        () => inFirstRow(hand),
        (count) => count === columns,
      );
      assert.equal((await hand.stats()).columns, columns);
      assert.equal(
        await hand.page.$eval("#columns [aria-pressed=true]", (one) => one.textContent),
        String(columns),
      );
    }
    await hand.page.click("#columns button:nth-child(3)");
    await hand.open(hand.urls.plots);
    await untilOrder(hand, NAMES);
    assert.equal((await hand.stats()).columns, 3);
  },
  async "a card is moved by keyboard, keeps the focus, and its place is remembered"(hand) {
    await hand.page.focus(".card .handle");
    await hand.press("ArrowRight");
    await untilOrder(hand, ["stacked", "in firefox", "styles"]);
    await hand.press("End");
    await untilOrder(hand, ["stacked", "styles", "in firefox"]);
    await hand.text("#spoken", /^in firefox: place 3 of 3$/);
    await hand.untilFocused("in firefox");
    await hand.open(hand.urls.plots);
    await untilOrder(hand, ["stacked", "styles", "in firefox"]);
  },
  async "a card is moved by dragging"(hand) {
    const [from, to] = await hand.page.$$eval(".card", (all) =>
      all.map((one) => one.getBoundingClientRect().toJSON()),
    );
    await hand.mouse.move(from.left + 20, from.top + 8);
    await hand.mouse.down();
    await hand.mouse.move(to.left + 40, to.top + 60, { steps: 5 });
    await hand.mouse.up();
    await untilOrder(hand, ["stacked", "in firefox", "styles"]);
  },
};

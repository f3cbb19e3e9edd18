import { observers } from "../support/dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { chosen, Tiles } from "../../../static/ui/tiles.js";

const item = (id, of, figure = "1.5", by = 0, number = 0) => ({
  id,
  label: of,
  whole: `${of} in full`,
  color: "#123",
  figure,
  change: { by, text: String(Math.abs(by)) },
  series: { of, number },
});

const ITEMS = [item(0, "loss"), item(1, "loss", "2", 0, 1), item(2, "acc"), item(3, "acc")];
for (const [tiles, ids] of [
  [null, []],
  [[], []],
  ["all", [0, 2, 3]],
  [
    ["acc", "none", "loss"],
    [2, 3, 0],
  ],
])
  test(`of ${JSON.stringify(tiles)} the current runs are chosen, in that order`, () =>
    assert.deepEqual(
      chosen(ITEMS, tiles).map(({ id }) => id),
      ids,
    ));

function shown(...items) {
  const element = document.createElement("ul");
  const tiles = new Tiles(element);
  tiles.update(items);
  return { element, tiles };
}
const words = (element) =>
  [...element.children].map((tile) => [...tile.children].map(({ textContent }) => textContent));

test("a tile has the name, the value and where it goes", () => {
  const { element } = shown(item(0, "loss", "1.5", -0.5), item(1, "acc", "0.9", 0.25));
  assert.deepEqual(words(element), [
    ["loss", "1.5", "▼ 0.5"],
    ["acc", "0.9", "▲ 0.25"],
  ]);
  assert.equal(element.children[0].children[0].title, "loss in full");
  assert.equal(element.children[0].style.getPropertyValue("--color"), "#123");
});

test("it stays while its value changes, and becomes no narrower", () => {
  const { element, tiles } = shown(item(0, "loss", "10.5"), item(1, "acc"));
  const [first] = element.children;
  tiles.update([item(1, "acc"), item(0, "loss", "9.5")]);
  assert.equal(element.children[1], first);
  assert.equal(first.children[1].style.minWidth, "4ch");
  assert.equal(first.children[2].textContent, "");
});

test("what is asked for no more goes, and the row with the last", () => {
  const { element, tiles } = shown(item(0, "loss"), item(1, "acc"));
  tiles.update([item(1, "acc")]);
  assert.deepEqual([words(element).length, element.hidden], [1, false]);
  tiles.update([]);
  assert.deepEqual([words(element).length, element.hidden], [0, true]);
});

test("it is said how many there is no room for", () => {
  const { element, tiles } = shown(item(0, "loss"), item(1, "acc"), item(2, "lr"));
  const { tell, observed } = observers.intersection.at(-1);
  const [first, ...others] = element.children;
  assert.deepEqual(observed, [first, ...others]);
  tell([
    { target: first, isIntersecting: true },
    ...others.map((target) => ({ target, isIntersecting: false })),
  ]);
  assert.equal(element.dataset.more, "+2");
  tiles.update([item(0, "loss"), item(1, "acc")]);
  assert.equal(element.dataset.more, "+1");
  tell([{ target: others[0], isIntersecting: true }]);
  assert.equal(element.dataset.more, undefined);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { document, hideTab, observers, prefer, scopeOf } from "../support/dom.js";
import { watchSize, watchVisibility } from "../../../static/ui/visibility.js";

const element = document.createElement("div");

test("a size that changes is told", () => {
  const told = [];
  watchSize(element, () => told.push("resized"), scopeOf().signal);
  const observer = observers.resize.at(-1);
  assert.deepEqual([observer.observed, told], [[element], []]);
  observer.tell();
  assert.deepEqual(told, ["resized"]);
});

test("so is another density of the screen, every time", () => {
  const told = [];
  watchSize(element, () => told.push(devicePixelRatio), scopeOf().signal);
  for (const [from, to] of [
    [1, 2],
    [2, 1.5],
  ]) {
    globalThis.devicePixelRatio = to;
    prefer(`(resolution: ${from}dppx)`, false);
  }
  globalThis.devicePixelRatio = 1;
  prefer("(resolution: 1dppx)", true);
  assert.deepEqual(told, [2, 1.5], "the first density is waited for no more");
});

test("a page is hidden in a tab in the background, or scrolled away", () => {
  const told = [];
  watchVisibility(element, (hidden) => told.push(hidden), scopeOf().signal);
  const scroll = (...seen) =>
    observers.intersection.at(-1).tell(seen.map((isIntersecting) => ({ isIntersecting })));
  hideTab(true);
  hideTab(false);
  scroll(true, false);
  hideTab(true);
  scroll(true);
  hideTab(false);
  scroll();
  assert.deepEqual(told, [false, true, false, true, true, true, false, false]);
});

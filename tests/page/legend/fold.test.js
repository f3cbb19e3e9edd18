import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, send, showPage } from "../support/dom.js";
import { Fold, foldedOf } from "../../../static/legend/fold.js";

/** Runs of a name, the current one first; those with a name of their own are in capitals. */
const runs = (family, letters) =>
  [...letters].map((letter, age) => ({
    id: `${family}${letter}`,
    family,
    isUnnamedPast: age > 0 && letter === letter.toLowerCase(),
  }));
const folded = (...all) => [...foldedOf(all.flat())];

test("folded are the past runs of a name but the newest three", () => {
  assert.deepEqual(folded(runs("loss", "abcdefg")), ["losse", "lossf", "lossg"]);
  assert.deepEqual(folded(runs("loss", "abcdef"), runs("rate", "abcdef")), [
    "losse",
    "lossf",
    "ratee",
    "ratef",
  ]);
});

test("one run alone is not folded, nor what has a name", () => {
  assert.deepEqual(folded(runs("loss", "abcde")), []);
  assert.deepEqual(folded(runs("loss", "abcdEFg")), []);
  assert.deepEqual(folded(runs("loss", "abCdefg")), ["lossf", "lossg"]);
  assert.deepEqual(folded(), []);
});

test("its button says how many, and shows and folds them", () => {
  showPage("index.html");
  let changes = 0;
  const fold = new Fold(() => {
    changes += 1;
    fold.update(17);
  });
  byId("legend").append(fold.element);
  fold.update(17);
  const button = fold.element.querySelector("button");
  const says = () => [button.textContent, button.getAttribute("aria-expanded"), fold.isOpen];
  assert.deepEqual(says(), ["+17 runs", "false", false]);
  send(button, "click");
  assert.deepEqual(says(), ["fewer runs", "true", true]);
  send(button, "click");
  assert.deepEqual([changes, ...says()], [2, "+17 runs", "false", false]);
});

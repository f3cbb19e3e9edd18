import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { byId, document, press, showPage } from "../support/dom.js";
import { listenToKeys } from "../../../static/input/keyboard.js";

const acted = [];
const leaving = new AbortController();
listenToKeys(
  document,
  { act: ({ type }) => acted.push(type), help: () => acted.push("help") },
  leaving.signal,
);
beforeEach(() => {
  showPage("index.html");
  acted.length = 0;
});

/** What a key does, on an element. */
function done(target, key, modifiers = {}) {
  const { defaultPrevented } = press(target, key, modifiers);
  return [...acted.splice(0), defaultPrevented];
}

test("keys are heard wherever the focus is", () => {
  assert.deepEqual(done(document.body, "f"), ["follow", true]);
  assert.deepEqual(done(byId("plot"), " "), ["pause", true]);
  assert.deepEqual(done(byId("pause"), "?"), ["help", true]);
});

test("a key that means nothing is left to the browser", () =>
  assert.deepEqual(done(document.body, "x"), [false]));

test("so are the browser's own", () => {
  assert.deepEqual(done(document.body, "f", { ctrlKey: true }), [false]);
  assert.deepEqual(done(document.body, "f", { metaKey: true }), [false]);
});

test("Space and Enter on a button or a link press it", () => {
  for (const key of [" ", "Enter"]) assert.deepEqual(done(byId("pause"), key), [false], key);
  const link = document.createElement("a");
  document.body.append(link);
  assert.deepEqual(done(link, " "), [false]);
});

test("the keys of a text, a dialog and a menu are their own", () => {
  const input = document.createElement("input");
  document.body.append(input);
  for (const target of [input, byId("help"), byId("menu")])
    assert.deepEqual(done(target, "f"), [false]);
});

test("a key that somebody has used already does nothing else", () => {
  byId("plot").addEventListener("keydown", (event) => event.preventDefault());
  assert.deepEqual(done(byId("plot"), "f"), [true]);
});

test("a key of the plot is no other's, and one that is left to others is", () => {
  const heard = [];
  const note = ({ key }) => heard.push(key);
  globalThis.window.addEventListener("keydown", note);
  for (const key of ["f", "x"]) done(document.body, key);
  globalThis.window.removeEventListener("keydown", note);
  assert.deepEqual(heard, ["x"]);
});

test("a page that is closed hears no more keys", () => {
  leaving.abort();
  assert.deepEqual(done(document.body, "f"), [false]);
});

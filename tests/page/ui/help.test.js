import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { byId, press, send, showPage, textsOf } from "../support/dom.js";
import { GESTURES, KEYS } from "../../../static/input/keymap.js";
import { Help } from "../../../static/ui/help.js";
import { WORDS } from "../../../static/ui/status_line.js";

let help;
beforeEach(() => {
  showPage("index.html");
  help = new Help(byId("help"));
});

test("every key, every movement and every word is there", () => {
  assert.deepEqual(textsOf("#help h3"), ["Keys", "Hands", ...WORDS.map(({ title }) => title)]);
  const rows = [...KEYS, ...GESTURES, ...WORDS.flatMap((section) => section.rows)];
  assert.deepEqual(
    textsOf("#help dd"),
    rows.map(([, what]) => what),
  );
  assert.deepEqual(
    textsOf("#help :is(kbd, b)"),
    rows.flatMap(([words]) => words),
  );
});

test("it opens once, and closes by its button", () => {
  help.show();
  help.show();
  assert.equal(byId("help").open, true);
  send(byId("help").querySelector("button"), "click");
  assert.equal(byId("help").open, false);
});

test("a click beside it closes it, one in it does not", () => {
  help.show();
  send(byId("help").querySelector("h2"), "click");
  assert.equal(byId("help").open, true);
  send(byId("help"), "click");
  assert.equal(byId("help").open, false);
});

test("its keys do not reach the plot", () => {
  const reached = [];
  document.body.addEventListener("keydown", () => reached.push("a key"));
  press(byId("help").querySelector("h2"), "f");
  assert.deepEqual(reached, []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, layOut, press, send, showPage, textsOf } from "../support/dom.js";
import { ButtonMenu, nextItem } from "../../../static/ui/menu.js";

const TEXTS = ["Save PNG", "Save SVG", "Copy picture", "All plots"];
const MOVES = [
  ["ArrowDown", 0, 1],
  ["ArrowDown", 3, 0],
  ["ArrowUp", 0, 3],
  ["ArrowUp", -1, 3],
  ["Home", 2, 0],
  ["End", 0, 3],
  ["s", 0, 1],
  ["s", 1, 0],
  ["c", 0, 2],
  ["z", 0, null],
  [" ", 0, null],
  ["Enter", 0, null],
];
for (const [key, at, expected] of MOVES)
  test(`menu: ${key} at ${at} leads to ${expected}`, () =>
    assert.equal(nextItem(key, at, TEXTS), expected));

// -- The menu itself ----------------------------------------------------------------------------

/** A menu of four choices, and what was chosen. */
function menuOf() {
  showPage("index.html");
  const chosen = [];
  const choice = (text, more = {}) => ({ text, act: () => chosen.push(text), ...more });
  const world = { selected: false, connected: true };
  const menu = new ButtonMenu(byId("more"), byId("menu"), [
    choice("Save", { id: "save" }),
    "line",
    choice("Selection", { shown: () => world.selected }),
    choice("Everything", { enabled: () => world.connected }),
    { text: "Nothing" },
  ]);
  const [button, list] = [byId("more"), byId("menu")];
  return { menu, button, list, chosen, world, isOpen: () => list.matches(":popover-open") };
}
const focused = () => document.activeElement.textContent;
const shown = () =>
  [...byId("menu").querySelectorAll("button")]
    .filter(({ hidden }) => !hidden)
    .map(({ textContent }) => textContent);

test("it opens above its button, wherever that is", () => {
  layOut(document.documentElement, { width: 900, height: 700 });
  const { button, list } = menuOf();
  layOut(button, { left: 380, top: 500, width: 20, height: 20 });
  send(button, "click");
  const { right, bottom, maxHeight } = list.style;
  assert.deepEqual([right, bottom, maxHeight], ["498px", "201px", "492px"]);
});

test("the items are in their order, with their roles and names", () => {
  const { menu, list, button } = menuOf();
  assert.equal(list.childElementCount, 0, "nothing is made before it is wanted");
  menu.toggle();
  menu.toggle();
  assert.deepEqual(textsOf("[role=menuitem]", list), [
    "Save",
    "Selection",
    "Everything",
    "Nothing",
  ]);
  assert.deepEqual(
    [byId("save").textContent, list.querySelectorAll("[role=separator]").length],
    ["Save", 1],
  );
  assert.equal(button.getAttribute("aria-expanded"), "false");
});

test("a click opens it at its first item, and another closes it", () => {
  const { button, isOpen } = menuOf();
  send(button, "click");
  assert.deepEqual(
    [isOpen(), button.getAttribute("aria-expanded"), focused()],
    [true, "true", "Save"],
  );
  send(button, "click");
  assert.deepEqual([isOpen(), button.getAttribute("aria-expanded")], [false, "false"]);
  assert.equal(document.activeElement, button);
});

test("whenever it opens it asks what is there, and what can be done", () => {
  const { menu, world } = menuOf();
  menu.toggle();
  assert.deepEqual(shown(), ["Save", "Everything", "Nothing"]);
  menu.close();
  Object.assign(world, { selected: true, connected: false });
  menu.toggle();
  assert.deepEqual(shown(), ["Save", "Selection", "Everything", "Nothing"]);
  assert.deepEqual(
    [...byId("menu").querySelectorAll("button")].map((one) => one.getAttribute("aria-disabled")),
    ["false", "false", "true", "false"],
  );
});

test("what is chosen closes it and is done; what cannot be done stays", () => {
  const { menu, list, chosen, world, isOpen } = menuOf();
  const click = (text) => {
    menu.toggle();
    send(
      [...list.querySelectorAll("button")].find((one) => one.textContent === text),
      "click",
    );
    return isOpen();
  };
  assert.deepEqual([click("Save"), click("Nothing")], [false, false]);
  world.connected = false;
  assert.equal(click("Everything"), true);
  assert.deepEqual(chosen, ["Save"]);
});

test("keys move in it and do not reach the plot", () => {
  const { menu, list } = menuOf();
  menu.toggle();
  const reached = [];
  document.body.addEventListener("keydown", ({ key }) => reached.push(key), { once: true });
  for (const [key, expected] of [
    ["ArrowDown", "Everything"],
    ["End", "Nothing"],
    ["ArrowDown", "Save"],
    ["e", "Everything"],
  ]) {
    assert.equal(press(list, key).defaultPrevented, true);
    assert.equal(focused(), expected);
  }
  assert.equal(press(list, "z").defaultPrevented, false);
  assert.deepEqual(reached, []);
});

test("Escape and Tab go back to the button", () => {
  const { menu, list, button, isOpen } = menuOf();
  for (const [key, prevented] of [
    ["Escape", true],
    ["Tab", false],
  ]) {
    menu.toggle();
    assert.equal(press(list, key).defaultPrevented, prevented);
    assert.deepEqual([isOpen(), document.activeElement === button], [false, true]);
  }
});

test("on the button the arrows open it, upwards at its end", () => {
  const { button, isOpen } = menuOf();
  press(button, "ArrowDown");
  assert.deepEqual([isOpen(), focused()], [true, "Save"]);
  press(button, "ArrowUp");
  assert.equal(focused(), "Nothing");
  assert.equal(press(button, "x").defaultPrevented, false);
});

test("it closes when the focus goes elsewhere, and stays for what is its own", () => {
  const { menu, list, button, isOpen } = menuOf();
  menu.toggle();
  const left = (relatedTarget) => {
    send(list, "focusout", { relatedTarget });
    return isOpen();
  };
  assert.deepEqual(
    [left(byId("save")), left(button), left(null), left(byId("plot"))],
    [true, true, true, false],
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, press, send, showPage, textsOf } from "../support/dom.js";
import { Legend, nextHidden, nextRow } from "../../../static/ui/legend.js";

const hide = (hidden, name, alone = false) => [
  ...nextHidden(new Set(hidden), ["a", "b", "c"], name, alone),
];
test("a click hides and shows, Alt-click shows alone and then all", () => {
  assert.deepEqual(hide([], "b"), ["b"]);
  assert.deepEqual(hide(["b"], "b"), []);
  assert.deepEqual(hide([], "b", true), ["a", "c"]);
  assert.deepEqual(hide(["a", "c"], "b", true), []);
  assert.deepEqual(hide(["b"], "b", true), ["a", "c"]);
});

test("the arrows go from series to series in the legend", () => {
  assert.deepEqual(
    ["ArrowRight", "ArrowDown", "ArrowLeft", "Home", "End", "a", "constructor"].map((key) =>
      nextRow(key, 1, 5),
    ),
    [2, 2, 0, 0, 4, -1, -1],
  );
});

// -- The list itself ----------------------------------------------------------------------------

const item = (name, more = {}) => ({
  name,
  color: "#0474d4",
  dashes: [],
  value: "1.5",
  tag: "",
  note: "3 points",
  ...more,
});

/** A legend on the page, and how often it has told that something else is hidden. */
function legendOf(...items) {
  showPage("index.html");
  const changes = [];
  const legend = new Legend(byId("legend"), () => changes.push(hiddenIn(legend, items)));
  legend.update(items);
  const buttons = [...byId("legend").querySelectorAll("button")];
  return { legend, buttons, changes, stops: () => buttons.map(({ tabIndex }) => tabIndex) };
}
const hiddenIn = (legend, items) =>
  items.map(({ name }) => name).filter((name) => legend.isHidden(name));
const ABC = ["a", "b", "c"].map((name) => item(name));

test("a row has the name, the tag, the value, and on hover the rest", () => {
  const { buttons } = legendOf(item("<b>loss", { tag: "right", note: "7 points" }));
  const [button] = buttons;
  assert.deepEqual(
    ["name", "tag", "value"].map((part) => button.querySelector(`.${part}`).textContent),
    ["<b>loss", "right", "1.5"],
  );
  assert.match(button.title, /^<b>loss: 7 points\nClick or Enter hides or shows it/);
  assert.equal(button.getAttribute("aria-pressed"), "true");
});

test("a series that is given another name stays hidden, and so does the next of its name", () => {
  const { legend, buttons } = legendOf(...ABC);
  send(buttons[0], "click");
  legend.rename([["a", "a (1)"]]);
  assert.deepEqual(
    ["a", "a (1)", "b"].map((name) => legend.isHidden(name)),
    [true, true, false],
  );
});

test("a swatch has the colour of its line, and its dashes", () => {
  const { legend, buttons } = legendOf(item("a"), item("b", { dashes: [6, 3] }));
  const [plain, dashed] = buttons.map((button) => button.querySelector(".swatch"));
  assert.equal(plain.style.getPropertyValue("--color"), "#0474d4");
  assert.equal(plain.style.getPropertyValue("--line"), "var(--color)");
  assert.deepEqual(
    [plain, dashed].map(({ classList }) => classList.contains("dashed")),
    [false, true],
  );
  assert.equal(
    dashed.style.getPropertyValue("--line"),
    "repeating-linear-gradient(to right, var(--color) 0px 6px, transparent 6px 9px)",
  );
  legend.update([item("a", { color: "#c45419" }), item("b")]);
  assert.equal(plain.style.getPropertyValue("--color"), "#c45419");
  assert.equal(dashed.classList.contains("dashed"), false);
});

test("a value keeps the room that it once had", () => {
  const { legend, buttons } = legendOf(item("a", { value: "123.456" }));
  const value = buttons[0].querySelector(".value");
  assert.equal(value.style.minWidth, "7ch");
  legend.update([item("a", { value: "1" })]);
  assert.equal(value.style.minWidth, "7ch");
  legend.update([item("a", { value: "−123.4567" })]);
  assert.equal(value.style.minWidth, "9ch");
});

test("rows come and go with the series", () => {
  const { legend } = legendOf(...ABC);
  legend.update(ABC.slice(0, 1));
  assert.deepEqual(textsOf("#legend .name"), ["a"]);
  legend.update([...ABC, item("d")]);
  assert.deepEqual(textsOf("#legend .name"), ["a", "b", "c", "d"]);
});

test("a click hides and shows a series, and says so once", () => {
  const { legend, buttons, changes } = legendOf(...ABC);
  send(buttons[1], "click");
  legend.update(ABC);
  assert.deepEqual(changes, [["b"]]);
  assert.deepEqual(
    buttons.map((button) => button.getAttribute("aria-pressed")),
    ["true", "false", "true"],
  );
  send(buttons[1], "click");
  assert.deepEqual(changes, [["b"], []]);
});

test("with Alt it is shown alone, by hand and by key", () => {
  const { buttons, changes } = legendOf(...ABC);
  send(buttons[0], "click", { altKey: true });
  send(buttons[0], "click", { altKey: true });
  assert.equal(press(buttons[2], "Enter", { altKey: true }).defaultPrevented, true);
  press(buttons[2], "Enter", { altKey: true, repeat: true });
  press(buttons[2], "Enter");
  assert.deepEqual(changes, [["b", "c"], [], ["a", "b"]]);
});

test("what is hidden at first is hidden until the user shows it, whatever comes", () => {
  const { legend, buttons } = legendOf(...ABC);
  legend.hideAtFirst(["a", "b"]);
  assert.deepEqual(hiddenIn(legend, ABC), ["a", "b"]);
  send(buttons[0], "click");
  legend.hideAtFirst(["a", "b", "c"]);
  assert.deepEqual(hiddenIn(legend, ABC), ["b", "c"]);
});

test("Tab stops once in the legend, the arrows go on from there", () => {
  const { buttons, stops } = legendOf(...ABC);
  assert.deepEqual(stops(), [0, -1, -1]);
  buttons[0].focus();
  const event = press(buttons[0], "ArrowRight");
  assert.deepEqual([event.defaultPrevented, stops()], [true, [-1, 0, -1]]);
  assert.equal(document.activeElement, buttons[1]);
  press(buttons[1], "End");
  assert.equal(document.activeElement, buttons[2]);
});

test("keys that lead nowhere, and those with modifiers, are not the legend's", () => {
  const { buttons, stops } = legendOf(...ABC);
  const events = [
    press(buttons[0], "ArrowLeft"),
    press(buttons[0], "x"),
    press(buttons[0], "ArrowRight", { shiftKey: true }),
    press(byId("legend"), "Home"),
  ];
  assert.deepEqual(
    [events.some(({ defaultPrevented }) => defaultPrevented), stops()],
    [false, [0, -1, -1]],
  );
});

test("a row that had the stop and goes hands it to the first", () => {
  const { legend, buttons, stops } = legendOf(...ABC);
  buttons[2].focus();
  assert.deepEqual(stops(), [-1, -1, 0]);
  legend.update(ABC.slice(0, 2));
  assert.deepEqual(stops().slice(0, 2), [0, -1]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  byId,
  document,
  observers,
  press,
  scopeOf,
  send,
  showPage,
  textsOf,
} from "../support/dom.js";
import { Legend, nextHidden, nextRow } from "../../../static/legend/legend.js";

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
  id: name.charCodeAt(0),
  name,
  color: "#0474d4",
  dashes: [],
  opacity: 1,
  whole: name,
  label: name,
  points: 3,
  family: "loss",
  isUnnamedPast: false,
  value: "1.5",
  tag: "",
  note: "3 points",
  smooth: 0,
  panel: 0,
  list: null,
  ...more,
});

/**
 * A legend on the page, how often it has told that something else is hidden, and what it has asked
 * of the relay.
 */
function legendOf(...items) {
  showPage("index.html");
  const changes = [];
  const sent = [];
  const session = {
    connection: { name: "live" },
    options: { legend: "auto" },
    model: { byName: new Map(items.map((one) => [one.name, one])) },
    request: (message) => sent.push(message),
    edits: true,
  };
  const legend = new Legend(scopeOf(), session, () => changes.push(hiddenIn(legend, items)));
  legend.update(items);
  const buttons = [...byId("legend").querySelectorAll("button")];
  const stops = () => buttons.map(({ tabIndex }) => tabIndex);
  return { legend, session, sent, buttons, changes, stops };
}
const hiddenIn = (legend, items) =>
  items.map(({ name }) => name).filter((name) => legend.isHidden(name));
const ABC = ["a", "b", "c"].map((name) => item(name));

test("a series that is given another name stays hidden, and so does the next of its name", () => {
  const { legend, buttons } = legendOf(...ABC);
  send(buttons[0], "click");
  legend.rename([["a", "a (1)"]]);
  assert.deepEqual(
    ["a", "a (1)", "b"].map((name) => legend.isHidden(name)),
    [true, true, false],
  );
});

test("rows come and go with the series", () => {
  const { legend } = legendOf(...ABC);
  legend.update(ABC.slice(0, 1));
  assert.deepEqual(textsOf("#legend .name"), ["a"]);
  legend.update([...ABC, item("d")]);
  assert.deepEqual(textsOf("#legend .name"), ["a", "b", "c", "d"]);
});

test("with several panels each has the rows of its series, and arrows lead through all", () => {
  const { legend } = legendOf(...ABC);
  const lists = [0, 1].map(() => document.createElement("ul"));
  document.body.append(...lists);
  const home = (panel) => ({ panel, list: lists[panel] });
  const [a, b, c] = ABC.map((one, index) => ({ ...one, ...home(index === 1 ? 0 : 1) }));
  legend.update([a, b, c]);
  const names = (list) => [...list.querySelectorAll(".name")].map((one) => one.textContent);
  assert.deepEqual([...lists, byId("legend")].map(names), [["b"], ["a", "c"], []]);
  const [button] = lists[0].querySelectorAll("button");
  button.focus();
  press(button, "ArrowRight");
  assert.equal(document.activeElement, lists[1].querySelector("button"));
  legend.update([a, { ...b, ...home(1) }]);
  assert.deepEqual(lists.map(names), [[], ["a", "b"]]);
  legend.update(ABC);
  assert.deepEqual([...lists, byId("legend")].map(names), [[], [], ["a", "b", "c"]]);
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
  byId("plot").focus();
  legend.update(ABC.slice(0, 2));
  assert.deepEqual(stops().slice(0, 2), [0, -1]);
});

test("a series keeps its row and its focus when another comes before it", () => {
  const { legend, buttons } = legendOf(...ABC);
  buttons[0].focus();
  legend.update([
    item("d"),
    { ...item("a"), name: "a (1)", whole: "a (1)", label: "a (1)" },
    item("c"),
  ]);
  assert.deepEqual(textsOf("#legend .name"), ["d", "a (1)", "c"]);
  assert.equal(document.activeElement, buttons[0]);
  assert.equal(buttons[0].querySelector(".name").textContent, "a (1)");
  legend.update([item("c"), item("d")]);
  assert.deepEqual(textsOf("#legend .name"), ["c", "d"]);
});

test("the focus of a row that goes is its neighbour's", () => {
  const { legend, buttons } = legendOf(...ABC);
  buttons[1].focus();
  legend.update([item("a"), item("c")]);
  assert.equal(document.activeElement, buttons[2]);
  legend.update([item("a")]);
  assert.equal(document.activeElement, buttons[0]);
  legend.update([]);
  assert.equal(textsOf("#legend .name").length, 0);
});

// -- Folded -------------------------------------------------------------------------------------

const RUNS = ["a", "b", "c", "d", "e", "f"].map((name, age) =>
  item(name, { isUnnamedPast: age > 0 }),
);
const seen = () =>
  [...byId("legend").children]
    .filter(({ hidden }) => !hidden)
    .map(
      ({ firstChild }) => firstChild.querySelector(".name")?.textContent ?? firstChild.textContent,
    );

test("of many past runs the newest are shown, and the others when they are asked for", () => {
  const { legend } = legendOf(...RUNS);
  assert.deepEqual(seen(), ["a", "b", "c", "d", "+2 runs"]);
  send(byId("legend").querySelector(".fold"), "click");
  assert.deepEqual(seen(), ["a", "b", "c", "d", "e", "f", "fewer runs"]);
  legend.update(RUNS);
  assert.equal(seen().length, 7);
  send(byId("legend").querySelector(".fold"), "click");
  assert.deepEqual(seen(), ["a", "b", "c", "d", "+2 runs"]);
  legend.update(RUNS.slice(0, 3));
  assert.deepEqual(seen(), ["a", "b", "c"]);
});

test("a run that is folded while it has the focus stays until it has not", () => {
  const { legend, buttons } = legendOf(...RUNS.slice(0, 4));
  buttons[3].focus();
  const more = ["x", "y"].map((name) => item(name, { isUnnamedPast: true }));
  legend.update([RUNS[0], ...more, ...RUNS.slice(1, 4)]);
  assert.deepEqual(seen(), ["a", "x", "y", "b", "d", "+2 runs"]);
  byId("plot").focus();
  legend.update([RUNS[0], ...more, ...RUNS.slice(1, 4)]);
  assert.deepEqual(seen(), ["a", "x", "y", "b", "+2 runs"]);
});

test("the arrows go over what is folded, and shown alone is of all", () => {
  const last = item("z", { family: "other" });
  const { buttons, changes } = legendOf(...RUNS, last);
  buttons[3].focus();
  press(buttons[3], "ArrowRight");
  assert.equal(document.activeElement, buttons[6]);
  press(buttons[6], "Enter", { altKey: true });
  assert.deepEqual(changes, [["a", "b", "c", "d", "e", "f"]]);
});

// -- Renamed and removed ------------------------------------------------------------------------

const isOpen = () => byId("series-menu").matches(":popover-open");

test("F2 renames: the field takes the row's place until Enter, which asks the relay", () => {
  const { buttons, sent } = legendOf(...ABC);
  buttons[1].focus();
  assert.equal(press(buttons[1], "F2").defaultPrevented, true);
  const field = byId("legend").querySelector("input");
  assert.deepEqual(
    [buttons[1].hidden, field.value, document.activeElement === field],
    [true, "b", true],
  );
  field.value = "baseline";
  press(field, "Enter");
  assert.deepEqual(sent, [{ type: "rename", id: 98, to: "baseline" }]);
  assert.deepEqual([buttons[1].hidden, byId("legend").querySelector("input")], [false, null]);
  assert.equal(document.activeElement, buttons[1]);
});

test("F2 says why a page that only looks does not rename", () => {
  const { buttons, session } = legendOf(...ABC);
  session.edits = false;
  press(buttons[1], "F2");
  assert.equal(byId("legend").querySelector("input"), null);
  assert.equal(byId("series-only-looks").hidden, false);
});

test("a name that another series has is not taken", () => {
  const { buttons, sent } = legendOf(...ABC);
  press(buttons[1], "F2");
  const field = byId("legend").querySelector("input");
  field.value = "c";
  press(field, "Enter");
  assert.deepEqual([sent, field.validationMessage], [[], "There is a series “c” already."]);
});

test("Delete asks before it removes", () => {
  const { buttons, sent } = legendOf(...ABC);
  press(buttons[1], "Delete");
  assert.equal(isOpen(), true);
  assert.equal(document.activeElement.textContent, "Remove 3 points?");
  assert.deepEqual(sent, []);
  send(document.activeElement, "click");
  assert.deepEqual(sent, [{ type: "remove", id: 98 }]);
  assert.deepEqual([isOpen(), document.activeElement === buttons[1]], [false, true]);
});

test("the menu's keys open it at the row, and what the menu says is done", () => {
  for (const [key, more] of [
    ["ContextMenu", {}],
    ["F10", { shiftKey: true }],
  ]) {
    const { buttons, changes } = legendOf(...ABC);
    assert.equal(press(buttons[1], key, more).defaultPrevented, true);
    assert.equal(byId("series-menu").getAttribute("aria-label"), "b");
    send(byId("series-hide"), "click");
    press(buttons[1], key, more);
    assert.equal(byId("series-hide").textContent, "Show");
    send(byId("series-alone"), "click");
    assert.deepEqual(changes, [["b"], ["a", "c"]]);
  }
});

test("the slider of the menu smooths a series, by what the relay says of it", () => {
  const { buttons, sent } = legendOf(item("a"), item("b", { smooth: 0.9 }));
  press(buttons[1], "ContextMenu");
  send(byId("series-smooth"), "click");
  const slider = byId("legend").querySelector("input");
  assert.deepEqual(
    [slider.getAttribute("aria-label"), slider.getAttribute("aria-valuetext")],
    ["Smooth b", "0.9"],
  );
  assert.equal(document.activeElement, slider);
  slider.value = "60";
  send(slider, "input");
  press(slider, "Enter");
  assert.deepEqual(sent, [{ type: "smooth", id: 98, weight: 0.99 }]);
  assert.deepEqual(
    [byId("legend").querySelector("input"), document.activeElement === buttons[1]],
    [null, true],
  );
});

test("without a connection nothing is renamed or removed", () => {
  const { buttons, session, sent } = legendOf(...ABC);
  session.connection.name = "reconnecting";
  press(buttons[0], "F2");
  assert.equal(byId("legend").querySelector("input"), null);
  press(buttons[0], "Delete");
  send(byId("series-remove"), "click");
  assert.deepEqual([sent, byId("series-remove").getAttribute("aria-disabled")], [[], "true"]);
});

test("a menu whose series goes closes", () => {
  const { legend, buttons } = legendOf(...ABC);
  press(buttons[1], "ContextMenu");
  legend.update([item("a"), item("b")]);
  assert.equal(isOpen(), true);
  legend.update([item("a")]);
  assert.equal(isOpen(), false);
});

// -- Many -----------------------------------------------------------------------------------------

const MANY = Array.from({ length: 30 }, (_, i) =>
  item(`s${i}`, {
    id: i,
    label: i === 7 ? "Temperature" : `s${i}`,
    whole: i === 7 ? "Temperature" : `s${i}`,
  }),
);
const shownRows = () =>
  [...byId("legend").querySelectorAll("li")].filter(({ hidden }) => !hidden).length;
const type = (text) => {
  byId("find").value = text;
  send(byId("find"), "input");
};

test("of many series it says how many, and finds them by names and what stands for them", () => {
  const { legend, session } = legendOf(...MANY);
  assert.deepEqual([byId("find").hidden, byId("found").textContent], [false, "30 series"]);
  legend.find();
  assert.equal(document.activeElement, byId("find"));
  type("s1");
  assert.deepEqual([shownRows(), byId("found").textContent], [11, "11 of 30 series"]);
  type("TEMP era");
  assert.deepEqual([shownRows(), byId("found").textContent], [1, "1 of 30 series"]);
  type("s7");
  assert.equal(shownRows(), 1, "by the name itself");
  press(byId("find"), "ArrowDown");
  assert.match(document.activeElement.textContent, /Temperature/);
  assert.deepEqual(session.model.byName.size, 30);
});

test("Escape forgets what was looked for, and then leads back to the plot", () => {
  legendOf(...MANY);
  byId("find").focus();
  type("s29");
  press(byId("find"), "Escape");
  assert.deepEqual([byId("find").value, shownRows()], ["", 30]);
  press(byId("find"), "Escape");
  assert.equal(document.activeElement, byId("plot"));
});

test("where there are few nothing is looked for, and nothing that was looked for is left", () => {
  const { legend } = legendOf(...MANY);
  type("s29");
  legend.update(MANY.slice(0, 3));
  assert.deepEqual([byId("find").hidden, byId("found").hidden, shownRows()], [true, true, 3]);
  byId("plot").focus();
  legend.find();
  assert.equal(document.activeElement, byId("plot"));
});

test("of many rows those in sight are written anew", () => {
  const { legend } = legendOf(...MANY);
  const rows = [...byId("legend").querySelectorAll("li")];
  const values = () => textsOf("#legend .value").slice(0, 2);
  observers.intersection.at(-1).tell([{ target: rows[1], isIntersecting: false }]);
  const later = MANY.map((one) => ({ ...one, value: "9" }));
  legend.update(later);
  assert.deepEqual(values(), ["9", "1.5"]);
  observers.intersection.at(-1).tell([{ target: rows[1], isIntersecting: true }]);
  assert.deepEqual(values(), ["9", "9"]);
});

test("many stand beside the plot where the page is wide, and as the options say", () => {
  const { legend, session } = legendOf(...MANY);
  const { dataset } = document.body;
  const widen = (width) => observers.resize.at(-1).tell([{ contentRect: { width } }]);
  assert.equal(dataset.legend, "top");
  widen(900);
  assert.equal(dataset.legend, "right");
  widen(400);
  assert.equal(dataset.legend, "top");
  widen(900);
  session.options = { legend: "none" };
  legend.update(MANY);
  assert.equal(dataset.legend, "none");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, layOut, press, scopeOf, send, showPage, textsOf } from "../support/dom.js";
import { Row } from "../../../static/legend/row.js";
import { SeriesMenu } from "../../../static/legend/series_menu.js";

/** A menu of two rows, and what was done. */
function menuOf(world = {}) {
  showPage("index.html");
  const [legend, list] = [byId("legend"), byId("series-menu")];
  const rows = ["loss", "loss (1)"].map((name, id) => {
    const row = new Row(() => {});
    row.update(
      {
        id,
        name,
        whole: name,
        label: name,
        color: "#0474d4",
        dashes: [],
        points: 1 + id,
        value: "",
        tag: "",
        note: "",
      },
      false,
    );
    legend.append(row.element);
    return row;
  });
  const done = [];
  const note = (what) => (row, more) => done.push([what, row.name, more]);
  const menu = new SeriesMenu(list, scopeOf().signal, {
    rowOf: (target) => rows.find(({ element }) => element.contains(target)),
    isHidden: () => world.hidden ?? false,
    isAlone: () => world.alone ?? false,
    hasOthers: () => world.others ?? true,
    canEdit: () => world.live ?? true,
    mayEdit: () => world.edits ?? true,
    toggle: note("toggle"),
    smooth: note("smooth"),
    rename: note("rename"),
    remove: note("remove"),
  });
  menu.listen(legend);
  return { menu, rows, done, list, isOpen: () => list.matches(":popover-open") };
}
const shown = () =>
  [...byId("series-menu").querySelectorAll("button")]
    .filter(({ hidden }) => !hidden)
    .map(({ textContent }) => textContent);

test("it says what can be done with the series as it is", () => {
  const first = menuOf();
  first.menu.open(first.rows[0]);
  assert.deepEqual(shown(), ["Hide", "Show alone", "Smooth…", "Rename…", "Remove"]);
  const other = menuOf({ hidden: true, alone: true });
  other.menu.open(other.rows[1]);
  assert.deepEqual(shown(), ["Show", "Show all", "Smooth…", "Rename…", "Remove"]);
  assert.equal(other.list.getAttribute("aria-label"), "loss (1)");
  const lonely = menuOf({ others: false });
  lonely.menu.open(lonely.rows[0]);
  assert.deepEqual(shown(), ["Hide", "Smooth…", "Rename…", "Remove"]);
});

test("a page that only looks says so, and what it cannot do is not there", () => {
  const { menu, rows, done } = menuOf({ edits: false });
  menu.askToRemove(rows[0]);
  const [hide, alone, sentence, ...more] = shown();
  assert.deepEqual([hide, alone, more], ["Hide", "Show alone", []]);
  assert.match(sentence, /^This page only looks: /);
  send(byId("series-only-looks"), "click");
  assert.deepEqual(done, []);
});

test("each of its items is done with the row that it was opened on", () => {
  const { menu, rows, done } = menuOf();
  for (const id of ["series-hide", "series-alone", "series-smooth", "series-rename"]) {
    menu.open(rows[1]);
    send(byId(id), "click");
  }
  menu.askToRemove(rows[1]);
  send(byId("series-remove"), "click");
  assert.deepEqual(done, [
    ["toggle", "loss (1)", false],
    ["toggle", "loss (1)", true],
    ["smooth", "loss (1)", undefined],
    ["rename", "loss (1)", undefined],
    ["remove", "loss (1)", undefined],
  ]);
});

test("to remove takes a second click, and the question is gone when it opens again", () => {
  const { menu, rows, done, isOpen } = menuOf();
  menu.open(rows[0]);
  send(byId("series-remove"), "click");
  assert.deepEqual([byId("series-remove").textContent, isOpen()], ["Remove 1 point?", true]);
  press(byId("series-remove"), "Escape");
  menu.askToRemove(rows[1]);
  assert.equal(byId("series-remove").textContent, "Remove 2 points?");
  menu.open(rows[1]);
  assert.deepEqual([byId("series-remove").textContent, done], ["Remove", []]);
});

test("the right button opens it where it is, within the page", () => {
  const { rows, list, isOpen } = menuOf();
  layOut(list, { width: 120, height: 100 });
  const at = (clientX, clientY) => {
    const event = send(rows[0].button, "contextmenu", { clientX, clientY });
    const { left, top } = list.style;
    press(list, "Escape");
    return [event.defaultPrevented, left, top];
  };
  assert.deepEqual(at(30, 20), [true, "30px", "20px"]);
  assert.deepEqual(at(innerWidth, innerHeight), [
    true,
    `${innerWidth - 124}px`,
    `${innerHeight - 104}px`,
  ]);
  assert.equal(isOpen(), false);
  assert.equal(send(byId("legend"), "contextmenu").defaultPrevented, false);
});

test("a key opens it below the row, and the focus comes back to it", () => {
  const { menu, rows, list, isOpen } = menuOf();
  layOut(rows[1].button, { left: 40, top: 10, width: 50, height: 20 });
  menu.open(rows[1]);
  assert.deepEqual([list.style.left, list.style.top], ["40px", "30px"]);
  assert.deepEqual(textsOf(":focus"), ["Hide"]);
  press(list, "Escape");
  assert.deepEqual([isOpen(), document.activeElement === rows[1].button], [false, true]);
});

test("who asks twice at one row asks once; a press elsewhere closes it", () => {
  const { rows, list, isOpen } = menuOf();
  for (const clientX of [30, 60]) send(rows[0].button, "contextmenu", { clientX, clientY: 9 });
  assert.equal(list.style.left, "30px");
  send(byId("series-hide"), "pointerdown");
  assert.equal(isOpen(), true);
  send(byId("plot"), "pointerdown");
  assert.equal(isOpen(), false);
});

test("while a row is renamed the menu is the browser's", () => {
  const { rows, isOpen } = menuOf();
  rows[0].rename(
    () => "",
    () => {},
  );
  const field = rows[0].element.querySelector("input");
  assert.equal(send(field, "contextmenu").defaultPrevented, false);
  assert.equal(isOpen(), false);
});

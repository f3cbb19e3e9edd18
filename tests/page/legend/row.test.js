import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, press, send, showPage } from "../support/dom.js";
import { Row } from "../../../static/legend/row.js";

const ITEM = {
  id: 3,
  name: "loss",
  whole: "loss",
  label: "loss",
  color: "#0474d4",
  dashes: [],
  opacity: 1,
  points: 7,
  value: "1.5",
  tag: "",
  note: "7 points",
};

/** A row on the page, and its clicks. */
function rowOf(more = {}) {
  showPage("index.html");
  const clicks = [];
  const row = new Row((clicked, alone) => clicks.push([clicked.name, alone]));
  byId("legend").append(row.element);
  row.update({ ...ITEM, ...more }, false);
  return { row, clicks, button: row.button, part: (name) => row.button.querySelector(`.${name}`) };
}

test("it has the name, the tag, the value, and on hover the rest", () => {
  const { row, button, part } = rowOf({
    name: "<b>loss",
    whole: "<b>loss",
    label: "<b>loss",
    tag: "right",
  });
  assert.deepEqual(
    ["name", "tag", "value"].map((name) => part(name).textContent),
    ["<b>loss", "right", "1.5"],
  );
  assert.match(button.title, /^<b>loss: 7 points\nClick or Enter hides or shows it/);
  assert.equal(button.getAttribute("aria-pressed"), "true");
  assert.deepEqual([row.id, row.points], [3, 7]);
});

test("a swatch has the colour of its line, and its dashes", () => {
  const { row, part } = rowOf();
  const swatch = part("swatch");
  const line = () => swatch.style.getPropertyValue("--line");
  assert.deepEqual(
    [swatch.style.getPropertyValue("--color"), line(), swatch.classList.contains("dashed")],
    ["#0474d4", "var(--color)", false],
  );
  row.update({ ...ITEM, color: "#c45419", dashes: [6, 3] }, false);
  assert.equal(
    line(),
    "repeating-linear-gradient(to right, var(--color) 0px 6px, transparent 6px 9px)",
  );
  assert.equal(swatch.style.getPropertyValue("--color"), "#c45419");
  assert.equal(swatch.classList.contains("dashed"), true);
  row.update(ITEM, false);
  assert.equal(swatch.classList.contains("dashed"), false);
});

test("what stands for a name is cut, and on hover whole, with the name itself", () => {
  const { row, button, part } = rowOf({
    whole: "Loss of training",
    label: "Loss…ing",
    opacity: 0.5,
  });
  assert.equal(part("name").textContent, "Loss…ing");
  assert.match(button.title, /^Loss of training \(loss\): 7 points/);
  assert.equal(part("swatch").style.opacity, "0.5");
  row.update(ITEM, false);
  assert.equal(part("name").textContent, "loss");
});

test("of a row that nobody sees the value is not written", () => {
  const { row, part } = rowOf();
  row.isSeen = false;
  row.update({ ...ITEM, value: "9.5" }, true);
  assert.equal(part("value").textContent, "1.5");
  assert.equal(row.button.getAttribute("aria-pressed"), "false");
});

test("a value keeps the room that it once had", () => {
  const { row, part } = rowOf({ value: "123.456" });
  assert.equal(part("value").style.minWidth, "7ch");
  row.update({ ...ITEM, value: "1" }, false);
  assert.equal(part("value").style.minWidth, "7ch");
  row.update({ ...ITEM, value: "−123.4567" }, false);
  assert.equal(part("value").style.minWidth, "9ch");
});

test("a click is told, and with Alt that it is alone, by Enter too", () => {
  const { button, clicks } = rowOf();
  send(button, "click");
  send(button, "click", { altKey: true });
  press(button, "Enter", { altKey: true });
  press(button, "Enter");
  assert.deepEqual(clicks, [
    ["loss", false],
    ["loss", true],
    ["loss", true],
  ]);
});

test("while it is renamed a field stands in its place", () => {
  const { row, button } = rowOf();
  row.focus();
  row.rename(
    () => "",
    () => {},
  );
  const field = row.element.querySelector("input");
  assert.deepEqual([row.isRenamed, document.activeElement === field], [true, true]);
  press(field, "Escape");
  assert.deepEqual([row.isRenamed, document.activeElement === button], [false, true]);
  row.rename(
    () => "",
    () => {},
  );
  byId("more").focus();
  assert.deepEqual([row.isRenamed, document.activeElement === byId("more")], [false, true]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, press, send, showPage } from "../support/dom.js";
import { NameField } from "../../../static/legend/name_field.js";

/** A field for a series "loss", what it has kept, and how it has closed. */
function fieldOf(name = "loss") {
  showPage("index.html");
  const kept = [];
  const closed = [];
  const { element } = new NameField(
    name,
    (wanted) => (wanted === "taken" ? "It is taken." : ""),
    (wanted) => kept.push(wanted),
    (isLeft) => closed.push(isLeft),
  );
  byId("legend").append(element);
  element.focus();
  const enter = (text) => {
    element.value = text;
    return press(element, "Enter");
  };
  return { element, kept, closed, enter };
}

test("it is named, and as wide as the name needs, within limits", () => {
  const sizes = ["a", "0123456789", "x".repeat(100)].map((name) => fieldOf(name).element.size);
  assert.deepEqual(sizes, [6, 12, 32]);
  const { element } = fieldOf();
  assert.deepEqual(
    [element.getAttribute("aria-label"), element.value, element.maxLength],
    ["New name of loss", "loss", 256],
  );
});

const ENTERED = [
  ["baseline", ["baseline"]],
  ["  spaces around ", ["spaces around"]],
  ["two\tcolumns", ["two columns"]],
  ["loss", []],
  ["", []],
  ["  ", []],
];
for (const [text, expected] of ENTERED)
  test(`Enter after ${JSON.stringify(text)} keeps ${JSON.stringify(expected)} and closes`, () => {
    const { element, kept, closed, enter } = fieldOf();
    assert.equal(enter(text).defaultPrevented, true);
    assert.deepEqual([kept, closed, element.isConnected], [expected, [false], false]);
  });

test("a name that cannot be is said, and the field stays until it is another", () => {
  const { element, kept, closed, enter } = fieldOf();
  enter("taken");
  assert.deepEqual([kept, closed, element.validationMessage], [[], [], "It is taken."]);
  send(element, "input");
  assert.equal(element.validationMessage, "");
  enter("free");
  assert.deepEqual([kept, closed], [["free"], [false]]);
});

test("Escape and going elsewhere leave the old name, once", () => {
  const { element, kept, closed } = fieldOf();
  element.value = "other";
  press(element, "Escape");
  send(element, "blur");
  assert.deepEqual([kept, closed], [[], [false]]);
  const other = fieldOf();
  other.element.value = "other";
  byId("more").focus();
  assert.deepEqual([other.kept, other.closed], [[], [true]]);
});

test("keys stay in the field, and those that compose a letter are the browser's", () => {
  const { element, kept } = fieldOf();
  const reached = [];
  const note = ({ key }) => reached.push(key);
  document.addEventListener("keydown", note);
  assert.equal(press(element, "ArrowLeft").defaultPrevented, false);
  press(element, " ");
  element.value = "か";
  assert.equal(press(element, "Enter", { isComposing: true }).defaultPrevented, false);
  document.removeEventListener("keydown", note);
  assert.deepEqual([reached, kept], [[], []]);
});

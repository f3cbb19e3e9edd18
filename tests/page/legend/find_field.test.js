import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, press, send, showPage } from "../support/dom.js";
import { FindField, MANY } from "../../../static/legend/find_field.js";

/** A field, and what it has told. */
function fieldOf(count = MANY + 1) {
  showPage("index.html");
  const told = [];
  const field = new FindField(byId("find"), byId("found"), {
    changed: () => told.push("changed"),
    down: () => told.push("down"),
    leave: () => told.push("leave"),
  });
  field.update(count, count);
  const type = (text) => {
    byId("find").value = text;
    send(byId("find"), "input");
  };
  return { field, told, type };
}
const wants = (field, name, whole = name) => field.wants({ name, whole });

test("it is there where there are many", () => {
  fieldOf(MANY);
  assert.deepEqual([byId("find").hidden, byId("found").hidden], [true, true]);
  fieldOf(MANY + 1);
  assert.deepEqual([byId("find").hidden, byId("found").textContent], [false, "21 series"]);
});

test("all words are parts of a name, or of what stands for it, in any case of letters", () => {
  const { field, type } = fieldOf();
  assert.equal(wants(field, "loss"), true);
  type("WEIGHT layers.1");
  assert.deepEqual(
    ["model.layers.1.weight", "model.layers.1.bias", "layers.2.weight"].map((name) =>
      wants(field, name),
    ),
    [true, false, false],
  );
  assert.equal(wants(field, "w", "Weight of layers.1"), true);
});

test("Enter and the arrow lead on to what was found, Escape back; other keys are its own", () => {
  const { told, type } = fieldOf();
  const find = byId("find");
  for (const key of ["Enter", "ArrowDown"]) assert.equal(press(find, key).defaultPrevented, true);
  assert.equal(press(find, "f").defaultPrevented, false);
  press(find, "Escape", { isComposing: true });
  type("a");
  press(find, "Escape");
  press(find, "Escape");
  assert.deepEqual(told, ["down", "down", "changed", "changed", "leave"]);
});

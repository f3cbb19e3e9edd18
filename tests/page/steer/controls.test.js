import "../support/dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Controls } from "../../../static/steer/controls.js";

const noise = (value = false) => ({ kind: "switch", name: "noise", value });
const how = (...choices) => ({ kind: "choice", name: "how", value: choices[0], choices });

function world(t, ...controls) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const said = [];
  const session = {
    controls,
    edits: true,
    openLoop: false,
    connection: { name: "live" },
    request: (message) => said.push(message) > 0,
  };
  const element = document.createElement("div");
  const row = new Controls(element, session);
  row.update();
  const show = (...others) => {
    session.controls = others;
    row.update();
  };
  return { session, element, row, said, show };
}

test("a row of what there is, in its order, and none where there is nothing", (t) => {
  const { element, show } = world(t);
  assert.equal(element.hidden, true);
  show(noise(), { kind: "dial", name: "of another version", value: 1 }, how("a"));
  assert.equal(element.hidden, false);
  assert.deepEqual(
    [...element.children].map((one) => one.textContent),
    ["noise", "howa"],
  );
  show(how("a"));
  assert.equal(element.children.length, 1);
});

test("an element stays while its value changes, and goes with what it was declared as", (t) => {
  const { element, show } = world(t, noise(), how("a", "b"));
  const [first, second] = element.children;
  show(noise(true), how("a", "b"));
  assert.deepEqual([...element.children], [first, second]);
  assert.equal(first.querySelector("input").checked, true);
  show(noise(true), how("a", "c"));
  assert.equal(element.children[0], first);
  assert.notEqual(element.children[1], second);
  assert.equal(element.children.length, 2);
});

test("the hand is right until the relay has answered, or does not", (t) => {
  const { element, said, show, session, row } = world(t, noise());
  const input = element.querySelector("input");
  input.checked = true;
  input.dispatchEvent(new Event("change"));
  assert.deepEqual(said, [{ type: "steer", name: "noise", value: true, released: true }]);
  show(noise(false));
  assert.equal(input.checked, true, "what it says is older");
  t.mock.timers.tick(2_000);
  assert.equal(input.checked, false, "it was refused");
  session.controls = [noise(true)];
  row.update();
  assert.equal(input.checked, true);
});

test("who may only look, or has no connection, sees them", (t) => {
  const { element, session, row } = world(t, noise());
  const [label] = element.children;
  const input = element.querySelector("input");
  session.edits = false;
  row.update();
  assert.deepEqual([input.disabled, label.title], [true, "This page may only look."]);
  session.edits = true;
  row.update();
  assert.deepEqual([input.disabled, label.title], [false, ""]);
  Object.assign(session, { edits: false, openLoop: true });
  row.update();
  assert.match(label.title, /hears this page when the cell has ended/);
  Object.assign(session, { edits: true, openLoop: false });
  row.update();
  session.connection = { name: "reconnecting" };
  row.update();
  assert.deepEqual([input.disabled, label.title], [true, ""]);
});

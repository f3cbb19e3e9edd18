import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, scopeOf, send, showPage } from "../support/dom.js";
import { Progress } from "../../../static/ui/progress.js";

function taskOf(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  showPage("index.html");
  return new Progress(scopeOf());
}
const state = () => ({
  text: byId("task-text").textContent,
  idle: byId("task").classList.contains("idle"),
  bar: !byId("task-bar").hidden,
  spoken: byId("task-text").getAttribute("aria-live"),
});

test("a sentence is there for seven seconds, and read aloud", (t) => {
  const task = taskOf(t);
  task.showMessage("Saved.");
  assert.deepEqual(state(), { text: "Saved.", idle: false, bar: false, spoken: "polite" });
  t.mock.timers.tick(6_999);
  assert.equal(state().idle, false);
  t.mock.timers.tick(1);
  assert.deepEqual(state(), { text: "", idle: true, bar: false, spoken: "polite" });
});

test("progress has a bar, and is not read aloud", (t) => {
  const task = taskOf(t);
  task.update("3 of 12 rows", 3, 12, () => {});
  assert.deepEqual(state(), { text: "3 of 12 rows", idle: false, bar: true, spoken: "off" });
  assert.deepEqual([byId("task-bar").value, byId("task-bar").max], [3, 12]);
});

test("more than all is all, and of nothing there is no part", (t) => {
  const task = taskOf(t);
  task.update("", 20, 12, () => {});
  assert.equal(byId("task-bar").value, 12);
  task.update("", 0, 0, () => {});
  assert.equal(byId("task-bar").max, 1);
});

test("a sentence before does not end what has begun since", (t) => {
  const task = taskOf(t);
  task.showMessage("Saved.");
  t.mock.timers.tick(5_000);
  task.update("1 row", 1, 2, () => {});
  t.mock.timers.tick(5_000);
  assert.equal(state().text, "1 row");
});

test("the button stops what is being done", (t) => {
  const task = taskOf(t);
  const stopped = [];
  send(byId("task-stop"), "click");
  task.update("1 row", 1, 2, () => stopped.push("first"));
  task.update("2 rows", 2, 2, () => stopped.push("second"));
  send(byId("task-stop"), "click");
  assert.deepEqual(stopped, ["second"]);
});

import "../support/dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Alerts } from "../../../static/steer/alerts.js";

const alert = (time, name = "loss above 2") => ({
  name,
  series: "loss",
  run: "",
  x: 1,
  y: 3,
  time,
});

/** The alerts of a page that was opened at second 1000, and what the browser has shown. */
function world() {
  const session = {
    alerts: null,
    service: "one",
    plot: "run",
    clock: { here: (time) => time },
    env: { now: () => 1000 },
  };
  const element = document.createElement("div");
  element.hidden = true;
  const alerts = new Alerts(element, session, ({ y }) => `${y} V`);
  const shown = [];
  alerts.notifier = { show: (...words) => shown.push(words) };
  const say = (first, ...its) => {
    session.alerts = { type: "alerts", first, alerts: its };
    alerts.update();
  };
  return { alerts, session, element, shown, say };
}

test("the newest stands there with how many came before it, until it is closed", () => {
  const { alerts, element, shown, say } = world();
  alerts.update();
  assert.equal(alerts.text, "");
  say(0, alert(1001));
  alerts.update();
  assert.equal(alerts.text, "loss above 2: 3 V");
  say(1, alert(1002), alert(1003, "diverged"));
  assert.equal(alerts.text, "diverged: 3 V, and 2 before it");
  assert.deepEqual(shown, [
    ["run", "loss above 2", "3 V"],
    ["run", "diverged", "3 V"],
  ]);
  element.querySelector("button").dispatchEvent(new Event("click"));
  assert.deepEqual([alerts.text, element.hidden], ["", true]);
  say(3, alert(1004));
  assert.equal(alerts.text, "loss above 2: 3 V");
});

test("a connection that is opened anew repeats none, and says what came meanwhile", () => {
  const { alerts, element, say } = world();
  say(0, alert(1001));
  element.querySelector("button").dispatchEvent(new Event("click"));
  say(0, alert(1001));
  assert.equal(alerts.text, "");
  say(0, alert(1001), alert(1050, "meanwhile"));
  assert.equal(alerts.text, "meanwhile: 3 V");
});

test("those of another service are counted anew", () => {
  const { alerts, session, say } = world();
  say(0, alert(1001), alert(1002));
  session.service = "two";
  say(0, alert(1003, "anew"));
  assert.equal(alerts.text, "anew: 3 V, and 2 before it");
});

test("what was before the page is told for a minute, and not by the browser", () => {
  const { alerts, shown, say } = world();
  say(0, alert(939));
  assert.equal(alerts.text, "");
  say(1, alert(941));
  assert.deepEqual([alerts.text, shown], ["loss above 2: 3 V", []]);
});

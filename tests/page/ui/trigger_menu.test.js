import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, showPage } from "../support/dom.js";
import { completeOptions } from "../../../static/link/options.js";
import { sentenceOf, TriggerMenu } from "../../../static/ui/trigger_menu.js";
import { Sweeps } from "../../../static/view/sweeps.js";

const TRIGGER = { series: "y", level: 0.5, slope: "rising", mode: "normal" };

/** The menu of a page, what it has asked the relay, and how often the level was to be moved. */
function menuOf(trigger = TRIGGER, more = {}) {
  showPage("index.html");
  const asked = [];
  const session = {
    options: completeOptions({ trigger }),
    sweeps: new Sweeps(),
    edits: true,
    connection: { name: "live" },
    access: {},
    request: (message) => asked.push(message.trigger),
    ...more,
  };
  const menu = new TriggerMenu(document.body, {
    session,
    level: () => "500 mV",
    moveLevel: () => asked.push("level"),
  });
  menu.update();
  return { menu, session, asked };
}

const button = () => byId("trigger");
const choose = (id) => byId(id).click();

for (const [state, slope, words] of [
  ["waiting", "rising", "waiting for y to rise through 500 mV"],
  ["waiting", "falling", "waiting for y to fall through 500 mV"],
  ["waiting", "either", "waiting for y to cross 500 mV"],
  ["triggered", "rising", "triggered"],
  ["stopped", "rising", "stopped"],
  ["no window", "rising", "the trigger needs a window: say how wide a sweep is"],
  ["derived", "rising", "no trigger of y: it is derived; name the series that is published"],
  ["curve", "rising", "no trigger of y: it is a curve, whose x goes back and forth"],
  [
    "forgotten",
    "rising",
    "the single sweep is forgotten, as its points are; t waits for the next one",
  ],
  ["", "rising", "rolling: no trigger"],
])
  test(`it says: ${words}`, () =>
    assert.equal(sentenceOf(state, { ...TRIGGER, slope }, "500 mV"), words));

test("the button is there where there is a trigger, and says what it does", () => {
  const { menu, session } = menuOf();
  session.sweeps.state = "waiting";
  menu.update();
  assert.deepEqual([button().hidden, button().textContent], [false, "Waiting"]);
  assert.equal(button().title, "Trigger: waiting for y to rise through 500 mV");
  assert.equal(menu.more, "waiting for y to rise through 500 mV");
  session.sweeps.state = "triggered";
  menu.update();
  assert.deepEqual([button().textContent, menu.more], ["Triggered", ""]);
});

test("without a trigger, a relay, or in a file there is none", () => {
  menuOf(null);
  assert.equal(button().hidden, true);
  menuOf(TRIGGER, { connection: { name: "reconnecting" } });
  assert.equal(button().hidden, true);
  menuOf(TRIGGER, { access: { saved: {} } });
  assert.equal(button().hidden, true);
});

test("the menu says what holds, and asks the relay for what is chosen", () => {
  const { menu, asked } = menuOf();
  menu.menu.open(button());
  const isChecked = (id) => {
    assert.equal(byId(id).getAttribute("role"), "menuitemradio");
    return byId(id).getAttribute("aria-checked");
  };
  assert.deepEqual(
    ["trigger-normal", "trigger-single", "trigger-rising", "trigger-either"].map(isChecked),
    ["true", "false", "true", "false"],
  );
  assert.equal(byId("trigger-level").hasAttribute("aria-checked"), false);
  choose("trigger-single");
  choose("trigger-falling");
  choose("trigger-level");
  assert.deepEqual(asked, [{ mode: "single" }, { slope: "falling" }, "level"]);
});

test("who may only look sees what holds, and asks for nothing", () => {
  const { menu, asked } = menuOf(TRIGGER, { edits: false });
  assert.equal(button().disabled, false);
  menu.menu.open(button());
  assert.equal(byId("trigger-single").getAttribute("aria-disabled"), "true");
  for (const id of ["trigger-single", "trigger-falling", "trigger-level"]) choose(id);
  menu.say({ mode: "single" });
  assert.deepEqual(asked, []);
  menuOf(null).menu.say({ mode: "single" });
});

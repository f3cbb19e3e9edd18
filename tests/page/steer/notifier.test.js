import { hideTab } from "../support/dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Notifier } from "../../../static/steer/notifier.js";

/** A browser's notifications. @param {string} permission */
function browserOf(t, permission, error) {
  const made = [];
  globalThis.Notification = class {
    static permission = permission;
    static requestPermission = async () => "granted";
    constructor(title, options) {
      if (error) throw error;
      made.push({ title, ...options, shown: this });
    }
  };
  t.after(() => {
    delete globalThis.Notification;
    hideTab(false);
  });
  return made;
}

test("the user may be asked who has not answered", async (t) => {
  assert.deepEqual([new Notifier().mayAsk, await new Notifier().ask()], [false, false]);
  browserOf(t, "denied");
  assert.equal(new Notifier().mayAsk, false);
  browserOf(t, "default");
  assert.deepEqual([new Notifier().mayAsk, await new Notifier().ask()], [true, true]);
});

test("a page that is not seen says it, one that is seen does not", (t) => {
  const made = browserOf(t, "granted");
  const notifier = new Notifier();
  notifier.show("run", "loss above 2", "3 V");
  assert.equal(made.length, 0);
  hideTab(true);
  notifier.show("run", "loss above 2", "3 V");
  const [{ title, body, tag, shown }] = made;
  assert.deepEqual([title, body, tag], ["loss above 2", "3 V", "zwsnb run"]);
  const focused = [];
  globalThis.window ??= globalThis;
  const { focus } = window;
  window.focus = () => focused.push(true);
  shown.onclick();
  window.focus = focus;
  assert.deepEqual(focused, [true]);
});

test("where it is not allowed, or not possible, nothing is said", (t) => {
  hideTab(true);
  const made = browserOf(t, "denied");
  new Notifier().show("run", "loss above 2", "3 V");
  assert.equal(made.length, 0);
  browserOf(t, "granted", new TypeError("Illegal constructor"));
  new Notifier().show("run", "loss above 2", "3 V");
  browserOf(t, "granted", new RangeError("another"));
  assert.throws(() => new Notifier().show("run", "loss above 2", "3 V"), RangeError);
});

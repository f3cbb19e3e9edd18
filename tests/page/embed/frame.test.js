import assert from "node:assert/strict";
import { test } from "node:test";
import { document } from "../support/dom.js";
import {
  addStyle,
  markLeading,
  markLive,
  removeMark,
  showFrame,
} from "../../../static/embed/frame.js";
import { ROOM } from "../../../static/embed/room.js";
import { beginFrame } from "../support/embed.js";

/** An output of a notebook, and its child of the output area; not in it yet. */
function outputOf() {
  const child = document.createElement("div");
  child.className = "jp-OutputArea-child";
  return { child, element: document.createElement("div") };
}

test("the frame shows the page over the whole width, and may do what its menu offers", () => {
  const { element } = outputOf();
  showFrame(element, { plot: '"><b>', height: 123 }, "http://h/?ticket=t");
  const frame = element.querySelector("iframe");
  assert.deepEqual(beginFrame(frame), ["http://h/?ticket=t"]);
  assert.deepEqual(
    [frame.title, frame.width, frame.height, frame.className],
    ['zwsnb plot "><b>', "100%", "123", "zwsnb"],
  );
  assert.equal(frame.allow, "loopback-network; fullscreen; clipboard-write");
});

test("a frame that has been moved comes back empty, and a way is looked for again", () => {
  const { element } = outputOf();
  let looks = 0;
  showFrame(element, { plot: "p", height: 123 }, "http://h/?ticket=t", () => looks++);
  const frame = element.querySelector("iframe");
  assert.equal(frame.hasAttribute("src"), false);
  beginFrame(frame);
  assert.equal(looks, 0);
  assert.deepEqual(beginFrame(frame), []);
  assert.equal(looks, 1);
});

/** A channel that delivers at once. */
class FakeChannel {
  constructor() {
    this.port1 = {};
    this.port2 = { postMessage: (data) => this.port1.onmessage({ data }) };
  }
}

/** A frame that has loaded a page, which can say how many pixels it takes. */
function loadedFrame(t, output, address = `http://h/?claim=${t.name}`) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { MessageChannel } = globalThis;
  t.after(() => Object.assign(globalThis, { MessageChannel }));
  globalThis.MessageChannel = FakeChannel;
  const { element } = outputOf();
  showFrame(element, { plot: "p", ...output }, address);
  const frame = element.querySelector("iframe");
  const asked = [];
  const page = { postMessage: (data, _, [port]) => asked.push({ data, port }) };
  Object.defineProperty(frame, "contentWindow", { value: page });
  frame.dispatchEvent(new Event("load"));
  assert.deepEqual(
    asked.map(({ data }) => data),
    [ROOM],
  );
  const after = (bare, panels = 0) => {
    asked[0].port.postMessage({ bare, panels });
    return frame.height;
  };
  return { frame, after };
}

test("a frame that begins small grows as its page asks, and has all in the end", (t) => {
  const { frame, after } = loadedFrame(t, { height: 360, begin: 40 });
  assert.equal(frame.height, "40");
  assert.deepEqual(
    [73, 43, null, 43].map((bare) => after(bare)),
    ["73", "73", "360", "360"],
  );
  t.mock.timers.tick(5_000);
  assert.equal(frame.height, "360");
});

test("the small frame of an unused plot has room for controls, too", (t) => {
  const { after } = loadedFrame(t, { height: 96 });
  assert.deepEqual(
    [22, 120, null].map((bare) => after(bare)),
    ["96", "120", "120"],
  );
});

test("one whose height nobody has said has room for its panels, up to a bound", (t) => {
  const { after } = loadedFrame(t, { height: 360, most: 900 });
  const heights = [300, 564, 420, 2000].map((panels) => after(null, panels));
  assert.deepEqual(heights, ["360", "564", "564", "900"]);
});

test("one whose height is said keeps it", (t) => {
  const { after } = loadedFrame(t, { height: 240, most: 240 });
  assert.equal(after(null, 564), "240");
});

test("one whose page says nothing has all", (t) => {
  const { frame } = loadedFrame(t, { height: 360, begin: 40 });
  t.mock.timers.tick(5_000);
  assert.equal(frame.height, "360");
});

test("one that is made anew has the height that it had, another one that of its output", (t) => {
  const output = { height: 360, begin: 40, most: 900 };
  const { after } = loadedFrame(t, output);
  after(73);
  after(null, 564);
  const made = (address) => {
    const { element } = outputOf();
    showFrame(element, { plot: "p", ...output }, address);
    return element.querySelector("iframe").height;
  };
  assert.deepEqual([`http://h/?claim=${t.name}`, "http://h/?claim=other"].map(made), ["564", "40"]);
});

test("the rules are put into the page once", () => {
  addStyle(document);
  addStyle(document);
  const styles = document.querySelectorAll("#zwsnb-style");
  assert.equal(styles.length, 1);
  const text = styles[0].textContent;
  assert.ok(text.includes(".jp-OutputArea-child.zwsnb-leads.zwsnb-live + .jp-OutputArea-child"));
  for (const theme of ["light", "dark"]) assert.ok(text.includes(`{ color-scheme: ${theme} }`));
});

test("the output is marked, also when it comes into the notebook later", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { child, element } = outputOf();
  markLive(element);
  child.append(element);
  assert.equal(child.classList.contains("zwsnb-live"), false);
  t.mock.timers.tick(50);
  assert.equal(child.classList.contains("zwsnb-live"), true);
  removeMark(element);
  assert.equal(child.classList.contains("zwsnb-live"), false);
});

test("one that never comes is not waited for", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { child, element } = outputOf();
  markLive(element);
  for (let i = 0; i < 60; i++) t.mock.timers.tick(50);
  child.append(element);
  for (let i = 0; i < 60; i++) t.mock.timers.tick(50);
  assert.equal(child.className, "jp-OutputArea-child");
  removeMark(document.createElement("div"));
});

test("what leads is marked for as long as it stands", () => {
  const { child, element } = outputOf();
  child.append(element);
  markLeading(element, true);
  markLive(element);
  removeMark(element);
  assert.equal(child.className, "jp-OutputArea-child zwsnb-leads");
  const alone = outputOf();
  alone.child.append(alone.element);
  markLeading(alone.element, false);
  assert.equal(alone.child.className, "jp-OutputArea-child zwsnb-alone");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  byId,
  contextOf,
  document,
  hideTab,
  layOut,
  observers,
  paint,
  prefer,
  press,
  send,
  showPage,
  textsOf,
} from "./support/dom.js";
import { closePage, keep, pageOf, POINTS, settingOf } from "./support/page.js";
import { FakeSocket } from "./support/relay.js";
import { plain } from "./support/text.js";
import { Cursor } from "../../static/cursor/cursor.js";
import { Page } from "../../static/page.js";
import { Picture } from "../../static/picture/picture.js";
import { StatusBoard } from "../../static/ui/status_board.js";

const state = () => plain(byId("status").querySelector(".state").textContent);
test("a page asks for its plot, and says when it is let in", (t) => {
  const { socket, stats } = pageOf(t, { points: null });
  assert.equal(socket.address, "ws://relay.test/hub/ws?plot=run&v=2");
  assert.deepEqual(
    [stats().state, stats().plot, byId("waiting").hidden, socket.of("view")[0].mode],
    ["live", "run", false, "all"],
  );
});

test("points are drawn with the next frame, and acknowledged then", (t) => {
  const { socket, stats } = pageOf(t, { points: null });
  socket.publish(POINTS);
  assert.deepEqual(socket.of("ack"), []);
  paint();
  assert.deepEqual(socket.of("ack"), [{ type: "ack", patch: 1 }]);
  const { series, points, panels, view } = stats();
  assert.deepEqual(
    [points, Object.keys(series), series.a.points, series.a.lastY],
    [5, ["a", "b"], 3, 2],
  );
  assert.deepEqual([panels[0].series, view.from, view.to], [["a", "b"], 0, 10]);
});

/** Parts of a page that fail in each frame. */
const FAILING = [
  ["picture", Picture.prototype, "draw"],
  ["words", StatusBoard.prototype, "frame"],
  ["cursor", Cursor.prototype, "frame"],
];
for (const [what, part, method] of FAILING)
  test(`a page whose ${what} fails goes on, says it once, and has it back`, (t) => {
    const { socket, stats } = pageOf(t, { points: null });
    const said = t.mock.method(console, "error", () => {}).mock;
    const { faults: before } = stats();
    const failing = t.mock.method(part, method, () => {
      throw new Error("a fault");
    });
    for (const number of [1, 2]) {
      socket.publish({ a: [0, 1, 10 * number, 2] }, { number });
      paint();
    }
    assert.deepEqual(
      socket.of("ack").map(({ patch }) => patch),
      [1, 2],
    );
    assert.equal(stats().faults - before, failing.mock.callCount());
    assert.deepEqual(
      said.calls.map(({ arguments: [text] }) => text),
      [`zwsnb: without the ${what}:`],
    );
    failing.mock.restore();
    socket.publish({ a: [0, 1, 30, 2] }, { number: 3 });
    paint();
    assert.equal(stats().view.to, 30);
  });

test("without anything new no frame is asked for", (t) => {
  const { stats } = pageOf(t);
  while (paint() > 0);
  const { frames } = stats();
  assert.deepEqual([paint(), stats().frames], [0, frames]);
});

test("the options of the plot are its title, its window and what is hidden", (t) => {
  const options = { title: "My run", window: 5, series: { b: { hidden: true } } };
  const { stats } = pageOf(t, { options });
  assert.deepEqual([byId("title").textContent, document.title], ["My run", "My run"]);
  const { view, series, panels } = stats();
  assert.deepEqual(
    [view.mode, view.from, view.to, series.b.hidden, panels[0].series],
    ["follow", 5, 10, true, ["a"]],
  );
});

test("a click in the legend hides a series at once", (t) => {
  const { stats } = pageOf(t);
  send(byId("legend").querySelectorAll("button")[1], "click");
  paint();
  assert.deepEqual([stats().panels[0].series, stats().series.b.hidden], [["a"], true]);
});

test("a page that nobody sees wants nothing, until it is seen again", (t) => {
  const { socket, stats } = pageOf(t);
  hideTab(true);
  assert.deepEqual([socket.of("view").at(-1).paused, stats().state], [true, "paused"]);
  hideTab(false);
  assert.equal(socket.of("view").at(-1).paused, false);
});

test("another size is drawn before the browser shows it, and asked for", (t) => {
  const { socket, stats } = pageOf(t);
  const { frames } = stats();
  layOut(byId("plot"), { width: 800, height: 300 });
  observers.resize.find(({ observed }) => observed.includes(byId("plot"))).tell();
  assert.equal(stats().frames, frames + 1);
  paint();
  assert.ok(socket.of("view").at(-1).width > socket.of("view")[0].width);
});

test("the words are written a few times a second", (t) => {
  const { socket } = pageOf(t);
  socket.say({ type: "status", counts: { dropped: 7 }, notices: ["Look out."] });
  assert.equal(byId("status").querySelector(".losses").textContent, "7 dropped");
  socket.publish({ a: [0, 1, 20, 9] }, { number: 2 });
  paint();
  t.mock.timers.tick(250);
  assert.equal(plain(textsOf("#legend .value")[0]).startsWith("9"), true);
});

test("a connection that is lost is tried again, by hand at once", (t) => {
  const { socket, sockets, stats } = pageOf(t);
  socket.end(1006, "");
  assert.deepEqual([stats().state, byId("retry").hidden], ["reconnecting", false]);
  send(byId("retry"), "click");
  assert.equal(sockets.length, 2);
  sockets[1].greet();
  assert.equal(stats().state, "live");
  sockets[1].end(1006, "");
  dispatchEvent(new Event("online"));
  assert.equal(sockets.length, 3);
});

test("a plot that has ended says why, and keeps its picture", (t) => {
  const { socket, stats } = pageOf(t);
  socket.end(4000, "The plot was closed.");
  assert.deepEqual([stats().state, stats().reason], ["ended", "The plot was closed."]);
  assert.equal(state(), "ended: The plot was closed.");
  assert.equal(byId("plot").classList.contains("vacant"), false);
});

test("the menu draws the picture once more, and knows what is selected", (t) => {
  const { stats } = pageOf(t);
  const { frames } = stats();
  send(byId("more"), "click");
  assert.equal(byId("csv-selected").hidden, true);
  assert.equal(byId("csv-all").getAttribute("aria-disabled"), "false");
  t.mock.method(URL, "createObjectURL", () => "blob:1");
  const [canvas] = byId("plot").querySelectorAll("canvas.flot-base");
  canvas.width = 500;
  contextOf(canvas).forget();
  send(byId("save-svg"), "click");
  assert.equal(stats().frames, frames + 1);
  send(byId("show-keys"), "click");
  assert.equal(byId("help").open, true);
});

/** Have the relay ask for a picture, and wait for the answer. */
async function pictureOf(t, socket) {
  t.mock.method(URL, "createObjectURL", () => "blob:1");
  const { Image } = globalThis;
  t.after(() => (globalThis.Image = Image));
  globalThis.Image = class {
    decode = async () => {};
  };
  const [canvas] = byId("plot").querySelectorAll("canvas.flot-base");
  canvas.width = 500;
  contextOf(canvas).forget();
  const before = socket.of("picture").length;
  socket.say({ type: "picture", id: 7 });
  // It is compressed beside this thread, which takes as long as others let it.
  const deadline = performance.now() + 20_000;
  while (socket.of("picture").length === before && performance.now() < deadline)
    await new Promise(setImmediate);
  return socket.of("picture").at(-1);
}

test("the relay gets the picture that it asks for, of one redraw that changes nothing", async (t) => {
  const { socket, stats } = pageOf(t);
  const before = stats();
  const { png, ...said } = await pictureOf(t, socket);
  assert.deepEqual(said, { type: "picture", id: 7, width: 500, height: 326 });
  assert.equal(Buffer.from(png, "base64").subarray(1, 4).toString(), "PNG");
  const { frames, ...after } = stats();
  assert.equal(frames, before.frames + 1);
  assert.deepEqual(after.view, before.view);
});

test("a dark page is drawn light, and is dark again before anybody sees it", async (t) => {
  const { socket, stats } = pageOf(t);
  const light = stats().series.a.color;
  prefer("(prefers-color-scheme: dark)", true);
  paint();
  const { frames, series } = stats();
  const blobs = [];
  const { Blob } = globalThis;
  t.after(() => (globalThis.Blob = Blob));
  globalThis.Blob = class extends Blob {
    constructor(parts, options) {
      super(parts, options);
      if (options?.type === "image/svg+xml") blobs.push(parts[0]);
    }
  };
  const { png } = await pictureOf(t, socket);
  assert.ok(png);
  assert.ok(blobs[0].includes(light));
  assert.equal(blobs[0].includes(series.a.color), false);
  assert.equal(document.body.dataset.theme, "dark");
  assert.deepEqual([stats().series.a.color, stats().frames], [series.a.color, frames + 2]);
  prefer("(prefers-color-scheme: dark)", false);
});

test("how late pictures are is known, patch by patch", (t) => {
  const { page, socket, stats } = pageOf(t);
  assert.deepEqual(page.latencies(), []);
  socket.publish(POINTS, { number: 2, time: 999.5 });
  paint();
  assert.deepEqual([page.latencies(), stats().lastLatencyMs], [[500], 500]);
});

test("a colour scheme that changes is drawn", (t) => {
  const { stats } = pageOf(t);
  const { frames, series } = stats();
  prefer("(prefers-color-scheme: dark)", true);
  paint();
  assert.equal(stats().frames, frames + 1);
  assert.notEqual(stats().series.a.color, series.a.color);
  prefer("(prefers-color-scheme: dark)", false);
});

test("a relay that goes on sending to a page that nobody sees has nothing drawn", (t) => {
  const { socket, stats } = pageOf(t);
  socket.say({ type: "pace", open: true });
  paint();
  hideTab(true);
  const { frames } = stats();
  socket.publish({ a: [0, 1, 20, 9] }, { number: 2 });
  while (paint() > 0);
  assert.equal(stats().frames, frames);
  hideTab(false);
  paint();
  assert.ok(stats().frames > frames);
});

// -- Elsewhere than in a document of its own ------------------------------------------------------

/** A page in the shadow root of an element, in a document that has another one's markup. */
function shadowPageOf(t) {
  closePage();
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  showPage("index.html");
  const host = document.createElement("div");
  const root = document.createElement("div");
  root.innerHTML = document.body.innerHTML;
  document.body.append(host);
  host.attachShadow({ mode: "open" }).append(root);
  const inside = (id) => root.querySelector(`#${id}`);
  layOut(inside("plot"), { width: 400, height: 200 });
  const socket = new FakeSocket();
  const titles = [];
  const titled = (title) => titles.push(title);
  const page = new Page({ ...settingOf(() => socket), root, keys: root, titled });
  keep(page);
  socket.greet({ title: "Inside" });
  socket.publish(POINTS);
  paint();
  return { page, root, inside, titles };
}

test("a page runs in a shadow root, and leaves the document alone", (t) => {
  document.title = "The notebook";
  const { page, root, inside, titles } = shadowPageOf(t);
  assert.deepEqual([root.dataset.state, root.dataset.theme], ["live", "light"]);
  assert.deepEqual([inside("title").textContent, titles], ["Inside", ["Inside"]]);
  assert.ok(inside("plot").querySelector("canvas.flot-base"));
  assert.deepEqual(page.stats().panels[0].series, ["a", "b"]);
  assert.deepEqual(
    [document.title, byId("title").textContent, byId("plot").childElementCount],
    ["The notebook", "", 0],
  );
});

test("there it hears the keys of its root only, and they go no further", (t) => {
  const { page, inside } = shadowPageOf(t);
  const others = [];
  const note = ({ key }) => others.push(key);
  document.addEventListener("keydown", note);
  press(document.body, " ");
  assert.equal(page.stats().view.paused, false);
  press(inside("plot"), " ", { composed: true });
  assert.equal(page.stats().view.paused, true);
  press(inside("plot"), "x", { composed: true });
  document.removeEventListener("keydown", note);
  assert.deepEqual(others, [" ", "x"]);
});

test("there the menu of a series stays open for a press on it, and closes for one beside it", (t) => {
  const { inside } = shadowPageOf(t);
  t.mock.timers.tick(250);
  const menu = inside("series-menu");
  send(inside("legend").querySelector("button"), "contextmenu");
  assert.equal(menu.matches(":popover-open"), true);
  send(menu.firstElementChild, "pointerdown", { composed: true });
  assert.equal(menu.matches(":popover-open"), true);
  send(inside("plot"), "pointerdown", { composed: true });
  assert.equal(menu.matches(":popover-open"), false);
});

/** What is added to the document, the window and the media queries, and has not been removed. */
function countListeners(t, ...more) {
  const left = new Set();
  for (const target of [document, globalThis, ...more]) {
    const { addEventListener: add, removeEventListener: remove } = target;
    t.mock.method(target, "addEventListener", (type, listener, options) => {
      left.add(listener);
      options?.signal?.addEventListener("abort", () => left.delete(listener));
      return add.call(target, type, listener, options);
    });
    t.mock.method(target, "removeEventListener", (type, listener, ...rest) => {
      left.delete(listener);
      return remove.call(target, type, listener, ...rest);
    });
  }
  return left;
}

test("a page that is closed leaves no listener, observer, timer or frame behind", (t) => {
  closePage();
  const media = [
    "(prefers-color-scheme: dark)",
    "(prefers-contrast: more)",
    "(forced-colors: active)",
    "(resolution: 1dppx)",
  ];
  const listeners = countListeners(t, ...media.map((one) => matchMedia(one)));
  for (const list of Object.values(observers)) list.length = 0;
  const { page, socket } = pageOf(t);
  const { calls } = contextOf(byId("plot").querySelector("canvas.flot-base"));
  const watching = () =>
    Object.values(observers)
      .flat()
      .filter(({ observed }) => observed.length > 0).length;
  assert.deepEqual([listeners.size > 4, watching()], [true, 6]);
  page.close();
  assert.deepEqual([listeners.size, watching(), socket.readyState], [0, 0, 3]);
  const drawn = calls.length;
  const text = byId("status").textContent;
  socket.publish(POINTS, { number: 2 });
  prefer("(prefers-color-scheme: dark)", true);
  prefer("(prefers-color-scheme: dark)", false);
  press(document.body, " ");
  t.mock.timers.tick(60_000);
  while (paint() > 0);
  assert.deepEqual([calls.length, byId("status").textContent], [drawn, text]);
});

test("a page turns to the spectrum and back, and takes nothing along", (t) => {
  const { socket, stats } = pageOf(t, { options: { window: 5 } });
  socket.say({ type: "marks", first: 0, marks: [{ x: 7, text: "here" }] });
  press(document.body, "+");
  press(document.body, " ");
  paint();
  assert.equal(stats().view.paused, true);
  for (const [options, points, expected] of [
    [{ style: "spectrum" }, { a: [0, 1, 500, 3] }, ["all", 0, 500]],
    [{ window: 5 }, POINTS, ["follow", 5, 10]],
  ]) {
    socket.say({ type: "options", options });
    paint();
    const { mode, paused } = socket.of("view").at(-1);
    assert.deepEqual([mode, paused], [expected[0], false]);
    socket.publish(points, { number: 1 + socket.of("ack").length });
    paint();
    const { view } = stats();
    assert.deepEqual([view.mode, view.from, view.to], expected);
  }
});

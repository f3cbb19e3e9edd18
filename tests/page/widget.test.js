import "./support/texts.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { document, layOut, observers, paint, press, send } from "./support/dom.js";
import { fakeModel, partOf, settled } from "./support/model.js";
import { makePatch } from "./support/patches.js";
import { HELLO } from "./support/relay.js";
import { itemOf } from "./support/lines.js";

const { default: widget } = await import("../../static/widget.js");
const VERTICES = [0, 1, 5, 3, 10, 2];

beforeEach(() => {
  document.body.className = "";
  document.body.innerHTML = '<div class="jp-OutputArea-child"><div id="output"></div></div>';
});

/** A widget in an output, and a kernel that speaks to it. */
function widgetOf(model = fakeModel({ plot: "run", height: 320 })) {
  const el = document.createElement("div");
  document.getElementById("output").append(el);
  const clean = widget.render({ model, el });
  const host = el.firstElementChild;
  const inside = (id) => host.shadowRoot.querySelector(`#${id}`);
  layOut(inside("plot"), { width: 400, height: 200 });
  const say = (message, view = model.view) => model.say({ view, text: JSON.stringify(message) });
  const greet = (view = model.view) => {
    say(HELLO, view);
    say({ type: "series", series: [itemOf("a", 0)] }, view);
    const patch = makePatch({ fresh: true, xMax: 10, points: 3 }, [
      { vertices: VERTICES, points: 3, lastX: 10, lastY: 2 },
    ]);
    model.say({ view, patch: true }, [partOf(patch)]);
    paint();
  };
  const texts = () => model.sent.flatMap(({ text }) => (text ? [JSON.parse(text)] : []));
  const of = (type) => texts().filter((one) => one.type === type);
  return { model, el, host, inside, say, greet, of, clean, stats: () => host.zwsnb.stats() };
}
const isLive = () =>
  document.querySelector(".jp-OutputArea-child").classList.contains("zwsnb-live");

test("it shows its plot, by the notebook", async (t) => {
  const { model, inside, greet, of, stats, host, clean } = widgetOf();
  assert.deepEqual(
    [model.sent.length, model.sent[0].open, stats().plot],
    [1, HELLO.version, "run"],
  );
  await settled();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  greet();
  const { state, points, series } = stats();
  assert.deepEqual([state, points, series.a.lastY], ["live", 3, 2]);
  t.mock.timers.tick(100);
  assert.deepEqual(of("ack"), [{ type: "ack", patch: 1 }]);
  assert.ok(of("view").length > 0);
  assert.ok(inside("plot").querySelector("canvas.flot-base"));
  assert.deepEqual(
    [isLive(), host.zwsnb.latencies(), host.getAttribute("aria-label")],
    [true, [], "run"],
  );
  clean();
});

test("a ping is answered", async () => {
  const { greet, say, of, clean } = widgetOf();
  await settled();
  greet();
  say({ type: "ping", number: 5 });
  assert.deepEqual(of("pong"), [{ type: "pong", number: 5, patch: 1 }]);
  clean();
});

test("its height is the model's, now and later", () => {
  const { model, host, clean } = widgetOf();
  const height = () => host.style.getPropertyValue("height");
  assert.equal(height(), "320px");
  model.set("height", 500);
  assert.equal(height(), "500px");
  clean();
});

test("its menu has nothing that needs an address; how many points wait is asked of the kernel", async () => {
  const { model, inside, greet, clean, say } = widgetOf();
  await settled();
  greet();
  send(inside("more"), "click");
  assert.deepEqual(["own-tab", "copy-address", "all-plots"].map(inside), [null, null, null]);
  assert.ok(inside("csv-all"));
  send(inside("pause"), "click");
  say({ type: "status", counts: {} });
  assert.deepEqual(
    model.sent.filter(({ get }) => get).map(({ route, query }) => [route, query]),
    [["plot", {}]],
  );
  clean();
});

test("all that is held is asked of the kernel, and saved", async (t) => {
  const saved = [];
  t.mock.method(URL, "createObjectURL", (blob) => `blob:${saved.push(blob)}`);
  t.mock.method(globalThis.HTMLAnchorElement.prototype, "click", () => {});
  const { model, inside, greet, clean } = widgetOf();
  await settled();
  greet();
  send(inside("more"), "click");
  send(inside("csv-all"), "click");
  await settled();
  const { view, get, route } = model.sent.at(-1);
  assert.equal(route, "csv");
  const bytes = new TextEncoder().encode("series,x,y\r\na,0,1\r\n").buffer;
  model.say({ view, got: get, piece: 0, status: 200, headers: {}, done: true }, [partOf(bytes)]);
  for (let i = 0; i < 20 && saved.length === 0; i++) await settled();
  assert.equal(await saved[0].text(), "series,x,y\r\na,0,1\r\n");
  assert.equal(inside("task-text").textContent, "Saved 1 rows as CSV.");
  clean();
});

test("its keys are its own, and only while the focus is in it", async () => {
  const { inside, greet, stats, clean } = widgetOf();
  await settled();
  greet();
  press(document.body, " ");
  assert.equal(stats().view.paused, false);
  press(inside("plot"), " ", { composed: true });
  assert.equal(stats().view.paused, true);
  clean();
});

test("when the kernel goes it says so, keeps its picture, and shows the one behind it", async () => {
  const { model, inside, greet, stats, clean } = widgetOf();
  await settled();
  greet();
  model.emit("comm_live_update");
  assert.equal(stats().state, "ended");
  assert.equal(
    inside("status").querySelector(".state").textContent,
    "ended: The kernel has ended: run the cell again.",
  );
  assert.deepEqual([isLive(), inside("plot").classList.contains("vacant")], [false, false]);
  clean();
});

test("a kernel of another version is a sentence, not a reload", async () => {
  const { say, stats, clean } = widgetOf();
  await settled();
  say({ ...HELLO, version: 99 });
  assert.deepEqual([stats().state, isLive()], ["refused", false]);
  assert.match(stats().reason, /another version/);
  clean();
});

test("a connection that is lost is opened again under the same name", async (t) => {
  const { model, greet, stats, clean } = widgetOf();
  await settled();
  greet();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  model.say({ view: model.view, closed: 1006, reason: "" });
  assert.equal(stats().state, "reconnecting");
  t.mock.timers.tick(10_000);
  const [first, second] = model.sent.filter(({ open }) => open);
  assert.deepEqual(second, first);
  greet();
  assert.equal(stats().state, "live");
  clean();
});

test("a view that goes leaves nothing behind", async () => {
  for (const list of Object.values(observers)) list.length = 0;
  const { model, el, greet, clean } = widgetOf();
  await settled();
  greet();
  clean();
  assert.deepEqual(model.sent.at(-1), { view: model.view, close: true });
  const watching = Object.values(observers).flat();
  assert.deepEqual(
    [watching.filter(({ observed }) => observed.length > 0), model.listeners, el.children.length],
    [[], 0, 0],
  );
  assert.equal(isLive(), false);
});

test("two views of one model have a page each", async () => {
  const model = fakeModel({ plot: "run", height: 320 });
  const one = widgetOf(model);
  const other = widgetOf(model);
  await settled();
  other.greet();
  assert.deepEqual([one.stats().state, other.stats().state], ["connecting", "live"]);
  one.clean();
  other.clean();
});

test("what is exported has its picture, and no widget", () => {
  document.body.className = "jp-Notebook";
  const el = document.createElement("div");
  assert.equal(widget.render({ model: fakeModel(), el }), undefined);
  assert.equal(el.childElementCount, 0);
});

test("its own theme is the notebook's", async () => {
  document.body.dataset.jpThemeLight = "false";
  const { host, clean } = widgetOf();
  const root = host.shadowRoot.querySelector(".page");
  assert.equal(root.dataset.theme, "dark");
  document.body.dataset.jpThemeLight = "true";
  await settled();
  assert.equal(root.dataset.theme, "light");
  delete document.body.dataset.jpThemeLight;
  clean();
});

test("a tab that goes says so", async () => {
  const { model, greet } = widgetOf();
  await settled();
  greet();
  send(window, "pagehide");
  assert.equal(model.sent.at(-1).close, true);
  assert.equal(model.listeners, 0);
});

test("a tab that comes back as it was has its plot again, by a connection of its own", async () => {
  const { model, el } = widgetOf();
  await settled();
  send(window, "pagehide");
  send(window, "pageshow", { persisted: false });
  assert.equal(el.childElementCount, 0, "it is loaded anew");
  send(window, "pageshow", { persisted: true });
  await settled();
  assert.equal(el.childElementCount, 1);
  const [first, second, ...more] = model.sent.filter(({ open }) => open).map(({ view }) => view);
  assert.ok(second && second !== first && more.length === 0);
  send(window, "pagehide");
});

test("a view that has gone does not come back with its tab", async () => {
  const { el, clean } = widgetOf();
  await settled();
  send(window, "pagehide");
  clean();
  send(window, "pageshow", { persisted: true });
  assert.equal(el.childElementCount, 0);
});

test("one of bars alone is as high as these until it has points", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const { host, say, greet, clean } = widgetOf(fakeModel({ plot: "run", height: 320, begin: 40 }));
  const height = () => host.style.getPropertyValue("height");
  await settled();
  say(HELLO);
  say({ type: "progress", bars: [{ text: "1 of 2", part: 0.5 }] });
  t.mock.timers.tick(250);
  const isBare = () => host.shadowRoot.querySelector(".page").classList.contains("bare");
  const before = [height(), isBare()];
  greet();
  t.mock.timers.tick(250);
  assert.deepEqual(
    [before, [height(), isBare()]],
    [
      ["40px", true],
      ["320px", false],
    ],
  );
  clean();
});

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { byId, document, hideTab, send, showPage, textsOf } from "./support/dom.js";

/**
 * What the service answers, at one route another body; null: nothing.
 * @type {{status: number, body: string, headers?: object, of?: Record<string, string>} | null}
 */
let service = { status: 200, body: '{"plots": {}}' };
const requests = [];
globalThis.fetch = async (address, options) => {
  requests.push([String(address), options]);
  if (!service) throw new Error("no network");
  const name = new URL(address).pathname.split("/").at(-1);
  const { status, headers, body, of } = service;
  return new Response(of?.[name] ?? body, { status, headers });
};
/** Timers that wait: what to do, and when. */
const timers = [];
const { setTimeout } = globalThis;
globalThis.setTimeout = (action, milliseconds) => timers.push([action, milliseconds]);
after(() => (globalThis.setTimeout = setTimeout));

showPage("plots.html");
await import("../../static/plots.js");

const settled = async () => {
  for (let i = 0; i < 50; i++) await new Promise(setImmediate);
};
/** Let the page ask again; tells after how many milliseconds it does. @param {object | null} answer */
async function poll(answer) {
  service = answer;
  const [action, milliseconds] = timers.shift();
  action();
  await settled();
  return milliseconds;
}
const plots = (...entries) => ({
  status: 200,
  body: JSON.stringify({ plots: Object.fromEntries(entries) }),
});
const said = () => [document.body.dataset.state, byId("state").textContent];

test("a service without plots says how the first is made", async () => {
  await settled();
  const [[address, { cache, signal }]] = requests;
  assert.deepEqual([address, cache], ["http://relay.test/hub/stats?token=secret", "no-store"]);
  assert.equal(signal.aborted, false); // after 3 s it is, for one that is stopped never answers
  assert.equal(location.search.includes("token"), false);
  assert.deepEqual([said(), byId("empty").hidden], [["live", "0 plots"], false]);
});

test("plots are counted, and shown with their titles", async () => {
  const wait = await poll(plots(["run", { options: { title: "Loss" } }], ["b", {}]));
  assert.equal(wait, 2_000);
  assert.deepEqual([said()[1], byId("empty").hidden], ["2 plots", true]);
  assert.deepEqual(textsOf("#grid .handle"), ["run: Loss", "b"]);
  await poll(plots(["run", { options: { title: null } }]));
  assert.deepEqual([said()[1], textsOf("#grid .handle")], ["1 plot", ["run"]]);
  assert.deepEqual(window.zwsnb.stats(), { state: "live", plots: ["run"], columns: 2 });
});

test("columns are chosen by a button each", () => {
  const buttons = [...byId("columns").children];
  const pressed = () => buttons.map((one) => one.getAttribute("aria-pressed")).indexOf("true") + 1;
  assert.deepEqual(
    buttons.map(({ textContent, title }) => `${textContent}: ${title}`),
    ["1: 1 column", "2: 2 columns", "3: 3 columns", "4: 4 columns"],
  );
  assert.equal(pressed(), 2);
  send(buttons[2], "click");
  assert.deepEqual([pressed(), byId("grid").dataset.columns], [3, "3"]);
});

test("a service that does not answer is asked more and more rarely", async () => {
  await poll(null);
  assert.equal(said()[0], "silent");
  assert.match(said()[1], /These are its last pictures/);
  assert.deepEqual(textsOf("#grid .handle"), ["run"]);
  const waits = [];
  for (let i = 0; i < 6; i++) waits.push(await poll({ status: 500, body: "" }));
  assert.deepEqual(waits, [3_000, 4_500, 6_750, 10_000, 10_000, 10_000]);
  assert.equal(document.querySelector("#grid iframe").hasAttribute("src"), false);
  assert.deepEqual(
    [await poll(plots(["run", {}])), timers[0][1], said()[0]],
    [10_000, 2_000, "live"],
  );
  assert.equal(document.querySelector("#grid iframe").hasAttribute("src"), true);
  await poll(plots());
});

test("an answer that ends in the middle is none, and the page asks again", async () => {
  await poll(plots(["run", {}]));
  assert.deepEqual(
    [await poll({ status: 200, body: '{"plots": {"ru' }), said()[0]],
    [2_000, "silent"],
  );
  assert.deepEqual([await poll(plots(["run", {}])), said()[0]], [3_000, "live"]);
  await poll(plots());
});

test("an answer that comes slowly is waited for, and one that stands still is none", async (t) => {
  const limits = [];
  t.mock.method(AbortSignal, "timeout", () => {
    limits.push(new AbortController());
    return limits.at(-1).signal;
  });
  let pieces;
  const slow = () => ({
    status: 200,
    body: new ReadableStream({
      start: (controller) => {
        pieces = controller;
      },
    }),
  });
  const say = async (text) => {
    pieces.enqueue(new TextEncoder().encode(text));
    await settled();
  };
  const before = timers.length;
  await poll(slow());
  for (const part of ['{"plots"', ': {"run": ', "{}}}"]) {
    await say(part);
    for (const past of limits.slice(0, -1)) past.abort(); // what has come in time has come
    await settled();
  }
  assert.deepEqual([timers.length, said()[1]], [before - 1, "0 plots"]);
  pieces.close();
  await settled();
  assert.deepEqual([timers.length, said()[1]], [before, "1 plot"]);
  await poll(slow());
  await say('{"plots"');
  limits.at(-1).abort();
  await settled();
  assert.deepEqual([said()[0], requests.at(-1)[1].signal.aborted], ["silent", true]);
  await poll(plots());
});

test("a tab in the background asks nothing", async () => {
  const before = requests.length;
  hideTab(true);
  await poll(plots());
  assert.equal(requests.length, before);
  hideTab(false);
  await settled();
  assert.equal(requests.length, before + 1);
});

test("the token is for nobody else who has the service's address", async () => {
  const headers = { "X-Zwsnb-Again": "ask question answer" };
  await poll({ ...plots(), headers });
  requests.length = 0;
  await poll({ status: 200, body: "another's" });
  assert.deepEqual(
    requests.map(([address]) => address),
    ["http://relay.test/hub/alive?ask=ask&of=question"],
  );
  assert.deepEqual([said()[0], said()[1].slice(0, 15)], ["silent", "Another program"]);
  await poll({ status: 500, body: "" });
  assert.match(said()[1], /does not answer/);
  requests.length = 0;
  await poll({ ...plots(), headers, of: { alive: "answer" } });
  assert.deepEqual(
    [requests.map(([address]) => new URL(address).pathname), said()[0]],
    [["/hub/alive", "/hub/stats"], "live"],
  );
});

test("a page that is refused says why, and asks no more", async () => {
  await poll({ status: 403, body: "The token is not this server's." });
  assert.equal(said()[0], "refused");
  assert.match(said()[1], /^The page is not this server's/); // not what may be another's words
  assert.deepEqual(timers, []);
});

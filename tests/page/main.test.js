import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, layOut, send, showPage } from "./support/dom.js";
import { FakeSocket, HELLO } from "./support/relay.js";

const sockets = [];
globalThis.WebSocket = class extends FakeSocket {
  constructor(address, protocols) {
    super(address, protocols);
    sockets.push(this);
  }
};
const reloads = [];
location.reload = () => reloads.push("reload");
globalThis.fetch = async (address, options) => {
  requests.push([address, options]);
  return new Response("The token is not this server's.", { status: 403 });
};
const requests = [];

showPage("index.html");
layOut(byId("plot"), { width: 500, height: 300 });
await import("../../static/main.js");

/** The page once more, as after a reload; returns its socket. @param {number} time */
async function another(time) {
  await import(`../../static/main.js?${time}`);
  const socket = sockets.at(-1);
  socket.readyState = 1;
  socket.onopen();
  return socket;
}

test("the page connects, and tests can ask it", () => {
  const [socket] = sockets;
  socket.greet();
  assert.equal(socket.address, "ws://relay.test/hub/ws?plot=run&v=2");
  assert.deepEqual(socket.protocols, ["zwsnb", "token.secret"]);
  assert.deepEqual([window.zwsnb.stats().state, window.zwsnb.latencies()], ["live", []]);
});

test("its clock is the world's, in seconds", () => {
  const [{ sent }] = sockets[0].of("clock");
  assert.ok(Math.abs(sent - Date.now() / 1000) < 60, `${sent}`);
});

test("a page that its user leaves ends its connection, and has another when it comes back", () => {
  const [socket] = sockets;
  send(window, "pagehide");
  assert.equal(socket.readyState, 3);
  socket.end(1005, "");
  assert.equal(window.zwsnb.stats().state, "reconnecting");
  byId("retry").click();
  const next = sockets.at(-1);
  assert.ok(next !== socket);
  next.greet();
  assert.equal(window.zwsnb.stats().state, "live");
});

test("a socket that does not open is asked about over HTTP, past every cache", async () => {
  sockets.at(-1).end(1006, "");
  window.zwsnb.stats();
  byId("retry").click();
  sockets.at(-1).onclose({ code: 1006, reason: "" });
  for (let i = 0; i < 50 && window.zwsnb.stats().state !== "refused"; i++)
    await new Promise(setImmediate);
  assert.deepEqual(requests, [
    [
      "http://relay.test/hub/plot?token=secret&plot=run",
      { cache: "no-store", signal: undefined, method: undefined },
    ],
  ]);
  assert.equal(window.zwsnb.stats().reason, "The token is not this server's.");
});

test("a relay of another version has the page reloaded, but not over and over", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: 100_000 });
  const outdated = { ...HELLO, version: 99 };
  (await another(1)).say(outdated);
  assert.equal(window.zwsnb.stats().state, "refused");
  t.mock.timers.setTime(159_000);
  (await another(2)).say(outdated);
  assert.equal(reloads.length, 1);
  t.mock.timers.setTime(161_000);
  (await another(3)).say(outdated);
  assert.equal(reloads.length, 2);
});

test("a frame without storage cannot count its reloads, and does without", async (t) => {
  const { sessionStorage: storage } = globalThis;
  t.after(() => {
    globalThis.sessionStorage = storage;
  });
  globalThis.sessionStorage = {
    getItem() {
      throw new Error("no storage here");
    },
  };
  reloads.length = 0;
  (await another(4)).say({ ...HELLO, version: 99 });
  assert.deepEqual([reloads, window.zwsnb.stats().state], [[], "refused"]);
});

test("in the card of a page of plots the title is the card's", async (t) => {
  const isCarded = () => document.body.classList.contains("carded");
  const before = isCarded();
  const { name } = window;
  t.after(() => Object.assign(window, { name }));
  window.name = "zwsnb-card";
  await another("card");
  assert.deepEqual([before, isCarded()], [false, true]);
});

test("its token has left the address bar, and opens it once more", async () => {
  assert.equal(location.href, "http://relay.test/hub/?plot=run");
  const socket = await another("reloaded");
  assert.deepEqual(socket.protocols, ["zwsnb", "token.secret"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, layOut, scopeOf, send, showPage } from "../support/dom.js";
import { Exports } from "../../../static/export/exports.js";

/** Exports of a page without room, and what they asked of it. */
function exportsOf() {
  showPage("index.html");
  layOut(byId("plot"), { width: 0, height: 0 });
  const asked = [];
  const session = {
    plot: "run",
    greetings: 1,
    options: { title: null },
    zone: { origin: 0 },
    connection: { name: "live" },
    listens: ["cross"],
    request: (message) => asked.push(message),
  };
  const parts = {
    session,
    picture: { x: [0, 1], setGround: (ground) => asked.push(ground) },
    statusBoard: {
      pictured: () => [],
      alerts: { notifier: { mayAsk: true, ask: async () => asked.push("notify") > 0 } },
    },
    cursor: { range: null },
    help: { show: () => asked.push("help") },
    redraw: () => asked.push("drawn"),
  };
  const access = { shared: null };
  const exports = new Exports(scopeOf(), parts, { access, fetch, screen: document.body });
  return { exports, session, asked };
}

test("the relay gets the picture that it asked for", async () => {
  const { exports, asked } = exportsOf();
  await exports.sendPicture(7);
  assert.deepEqual(asked.at(-1), { type: "picture", id: 7, png: null, width: 0, height: 8 });
});

test("one that another connection has asked for is not sent", async () => {
  const { exports, session, asked } = exportsOf();
  const sent = exports.sendPicture(7);
  session.greetings += 1;
  await sent;
  assert.deepEqual(asked, ["drawn"]);
});

test("the menu leads to the help", () => {
  const { asked } = exportsOf();
  send(byId("more"), "click");
  send(byId("show-keys"), "click");
  assert.deepEqual(asked, ["help"]);
});

test("who watches for alerts may be notified", () => {
  const { asked, session } = exportsOf();
  send(byId("more"), "click");
  assert.equal(byId("notify").hidden, false);
  send(byId("notify"), "click");
  assert.deepEqual(asked, ["notify"]);
  session.listens = ["click"];
  send(byId("more"), "click");
  assert.equal(byId("notify").hidden, true);
});

test("of a spectrum the points are saved all: none of them stands at a frequency", () => {
  const { session } = exportsOf();
  const shown = () => {
    send(byId("more"), "click");
    return ["csv-seen", "csv-selected", "csv-all"].filter((id) => !byId(id).hidden);
  };
  assert.deepEqual(shown(), ["csv-seen", "csv-all"]);
  send(byId("more"), "click");
  session.options = { title: null, style: "spectrum" };
  assert.deepEqual(shown(), ["csv-all"]);
});

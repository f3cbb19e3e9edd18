import assert from "node:assert/strict";
import { test } from "node:test";
import { accessOf } from "../../../static/link/credentials.js";

const memoryOf = (map = new Map()) => ({
  get: (key) => map.get(key) ?? null,
  set: (key, value) => map.set(key, value),
});

const PAGES = [
  [
    "http://127.0.0.1:8000/?token=t&plot=a%26b",
    "ws://127.0.0.1:8000/ws?plot=a%26b&v=2",
    ["zwsnb", "token.t"],
    "http://127.0.0.1:8000/plot?token=t&plot=a%26b",
  ],
  [
    "https://hub/user/x/proxy/8000/?ticket=s&claim=c",
    "wss://hub/user/x/proxy/8000/ws?v=2",
    ["zwsnb", "ticket.s", "claim.c"],
    "https://hub/user/x/proxy/8000/plot?ticket=s",
  ],
  ["http://x/?ticket=s", "ws://x/ws?v=2", ["zwsnb", "ticket.s"], "http://x/plot?ticket=s"],
  ["http://x/", "ws://x/ws?v=2", ["zwsnb", "token."], "http://x/plot?token="],
];
for (const [page, socket, protocols, probe] of PAGES)
  test(`addresses of ${page}: no key in that of the socket`, () => {
    const access = accessOf(page, memoryOf());
    assert.deepEqual([access.socket, access.protocols, access.probe], [socket, protocols, probe]);
  });

test("what a claim has got opens the next connection, and the next page of the tab", () => {
  const page = "http://x/?ticket=s&claim=c";
  const memory = memoryOf();
  const access = accessOf(page, memory);
  access.remember("e");
  assert.deepEqual(access.protocols, ["zwsnb", "ticket.e"]);
  assert.deepEqual(accessOf(page, memory).protocols, ["zwsnb", "ticket.e"]);
  assert.deepEqual(accessOf("http://x/?ticket=other", memory).protocols, ["zwsnb", "ticket.other"]);
});

test("routes are of the page's plot, with its key", () => {
  const csv = (page, query) => accessOf(page, memoryOf()).csv(query);
  assert.equal(csv("http://x/p/?token=t&plot=a", {}), "http://x/p/csv?token=t&plot=a");
  assert.equal(csv("http://x/?ticket=s&claim=c", { from: "1" }), "http://x/csv?ticket=s&from=1");
  const brief = accessOf("http://x/?ticket=s&plot=a", memoryOf()).csv({ from: "1" }, "b");
  assert.equal(brief, "http://x/csv?brief=b&plot=a&from=1");
  assert.equal(accessOf("http://x/?ticket=s", memoryOf()).html({}), "http://x/html?ticket=s");
});

test("an address to give away has no claim", () =>
  assert.equal(
    accessOf("http://x/?plot=a&ticket=s&claim=c&theme=dark", memoryOf()).shared.address,
    "http://x/?plot=a&ticket=s",
  ));

test("a ticket reaches one plot, the token all", () => {
  const plots = (page) => accessOf(page, memoryOf()).shared.plots;
  assert.equal(plots("http://x/p/?token=t&plot=a"), "http://x/p/plots?token=t");
  assert.equal(plots("http://x/?ticket=s"), null);
});

const PROXIES = [
  ["http://127.0.0.1:8000/?token=t", ""],
  ["http://lab.example:8000/?ticket=s", ""],
  ["http://localhost:8888/proxy/8000/?ticket=s", "localhost:8888/proxy/8000/"],
  ["https://name-8000.example/?ticket=s", "name-8000.example/"],
];
for (const [page, proxy] of PROXIES)
  test(`the proxy of ${page}`, () => {
    const access = accessOf(page, memoryOf());
    assert.deepEqual([access.proxy, access.way], [proxy, proxy ? "by proxy" : "directly"]);
  });

test("a page asks for its plot, or for whichever the relay gives", () => {
  assert.equal(accessOf("http://x/?token=t&plot=a%26b", memoryOf()).plot, "a&b");
  assert.equal(accessOf("http://x/?token=t", memoryOf()).plot, "");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addressesOf,
  plainAddress,
  proxyOf,
  reachesAll,
  remember,
  route,
} from "../../../static/link/credentials.js";

const memoryOf = (map = new Map()) => ({
  get: (key) => map.get(key) ?? null,
  set: (key, value) => map.set(key, value),
});

const PAGES = [
  [
    "http://127.0.0.1:8000/?token=t&plot=a%26b",
    "ws://127.0.0.1:8000/ws?plot=a%26b&v=1",
    ["zwsnb", "token.t"],
    "http://127.0.0.1:8000/plot?token=t&plot=a%26b",
  ],
  [
    "https://hub/user/x/proxy/8000/?ticket=s&claim=c",
    "wss://hub/user/x/proxy/8000/ws?v=1",
    ["zwsnb", "ticket.s", "claim.c"],
    "https://hub/user/x/proxy/8000/plot?ticket=s",
  ],
  ["http://x/?ticket=s", "ws://x/ws?v=1", ["zwsnb", "ticket.s"], "http://x/plot?ticket=s"],
  ["http://x/", "ws://x/ws?v=1", ["zwsnb", "token."], "http://x/plot?token="],
];
for (const [page, socket, protocols, probe] of PAGES)
  test(`addresses of ${page}: no key in that of the socket`, () =>
    assert.deepEqual(addressesOf(page, memoryOf()), { socket, protocols, probe }));

test("what a claim has got opens the next connection, and the next page of the tab", () => {
  const page = "http://x/?ticket=s&claim=c";
  const memory = memoryOf();
  const addresses = addressesOf(page, memory);
  remember(page, addresses, "e", memory);
  assert.deepEqual(addresses.protocols, ["zwsnb", "ticket.e"]);
  assert.deepEqual(addressesOf(page, memory).protocols, ["zwsnb", "ticket.e"]);
  assert.deepEqual(addressesOf("http://x/?ticket=other", memory).protocols, [
    "zwsnb",
    "ticket.other",
  ]);
});

test("routes are of the page's plot, with its key", () => {
  assert.equal(route("csv", "http://x/p/?token=t&plot=a"), "http://x/p/csv?token=t&plot=a");
  assert.equal(
    route("csv", "http://x/?ticket=s&claim=c", { from: "1" }),
    "http://x/csv?ticket=s&from=1",
  );
});

test("an address to give away has no claim", () =>
  assert.equal(
    plainAddress("http://x/?plot=a&ticket=s&claim=c&theme=dark"),
    "http://x/?plot=a&ticket=s",
  ));

test("a ticket reaches one plot, the token all", () => {
  assert.equal(reachesAll("http://x/?token=t"), true);
  assert.equal(reachesAll("http://x/?ticket=s"), false);
});

const PROXIES = [
  ["http://127.0.0.1:8000/?token=t", ""],
  ["http://lab.example:8000/?ticket=s", ""],
  ["http://localhost:8888/proxy/8000/?ticket=s", "localhost:8888/proxy/8000/"],
  ["https://name-8000.example/?ticket=s", "name-8000.example/"],
];
for (const [page, proxy] of PROXIES)
  test(`the proxy of ${page}`, () => assert.equal(proxyOf(page), proxy));

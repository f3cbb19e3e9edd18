import assert from "node:assert/strict";
import { test } from "node:test";
import { document } from "../support/dom.js";
import { baseUrlOf, isExported, isLoopback, placesOf } from "../../../static/embed/places.js";

const at = (origin, baseUrl) => ({ origin, hostname: new URL(origin).hostname, baseUrl });
const BASE = "http://127.0.0.1:4000";

// origin, base URL of the server, what the kernel says, kinds and addresses
const CASES = [
  [
    "the port first, where the page is on this machine",
    at("http://localhost:8888", "/"),
    {},
    ["direct http://127.0.0.1:4000/", "proxy http://localhost:8888/proxy/4000/"],
  ],
  [
    "never this machine's port from a page of another",
    at("https://hub.test", "/user/ann/"),
    {},
    ["proxy https://hub.test/user/ann/proxy/4000/"],
  ],
  [
    "the port at a name that the user has bound",
    at("http://lab.test:8888", "/"),
    { base: "http://lab.test:4000" },
    ["direct http://lab.test:4000/", "proxy http://lab.test:8888/proxy/4000/"],
  ],
  [
    "a template, and nothing else",
    at("http://localhost:8888", "/"),
    { template: "https://{port}.hosts.test/", presets: ["/p/{port}"] },
    ["template https://4000.hosts.test/"],
  ],
  [
    "a template of the same origin",
    at("https://hub.test", "/user/ann/"),
    { template: "/other/{port}" },
    ["template https://hub.test/other/4000/"],
  ],
  [
    "presets last",
    at("https://x-8888.dev.test", "/"),
    { presets: ["https://x-{port}.dev.test", "./proxy/{{port}}/"] },
    [
      "proxy https://x-8888.dev.test/proxy/4000/",
      "preset https://x-4000.dev.test/",
      "preset https://x-8888.dev.test/proxy/4000/",
    ],
  ],
  ["nothing in a page that is no notebook's", at("https://blog.test", null), {}, []],
];
for (const [what, where, more, expected] of CASES)
  test(what, () =>
    assert.deepEqual(
      placesOf({ base: BASE, ...more }, where).map(({ kind, address }) => `${kind} ${address}`),
      expected,
    ),
  );

test("a place of the page's own origin is named by its path", () => {
  const [direct, proxy] = placesOf({ base: BASE }, at("http://localhost:8888", "/a/"));
  assert.deepEqual([direct.name, proxy.name], ["127.0.0.1:4000", "/a/proxy/4000/"]);
});

const HOSTNAMES = {
  localhost: true,
  "lab.localhost": true,
  "127.0.0.1": true,
  "127.1.2.3": true,
  "[::1]": true,
  "": false,
  "localhost.evil.test": false,
  "127.0.0.1.evil.test": false,
  "10.0.0.1": false,
  "hub.test": false,
};
for (const [name, expected] of Object.entries(HOSTNAMES))
  test(`loopback: ${name}`, () => assert.equal(isLoopback(name), expected));

const page = (config, data) => ({
  getElementById: (id) =>
    id === "jupyter-config-data" && config !== undefined ? { textContent: config } : null,
  body: { dataset: data === undefined ? {} : { baseUrl: data } },
});
const BASES = [
  ["Lab's configuration", page('{"baseUrl": "/user/ann/"}'), "/any", "/user/ann/"],
  ["one without slashes", page('{"baseUrl": "user/ann"}'), "/any", "/user/ann/"],
  ["the classic's body", page(undefined, "/base/"), "/any", "/base/"],
  ["a broken configuration", page("{", "/base/"), "/any", "/base/"],
  ["another one's configuration", page('{"baseUrl": 3}'), "/x/lab/tree/a.ipynb", "/x/"],
  ["the path of Lab", page(), "/user/ann/lab/tree/a.ipynb", "/user/ann/"],
  ["the path of Voila", page(), "/voila/render/a.ipynb", "/"],
  ["no notebook's path", page(), "/blog/labels/a.html", null],
];
for (const [what, document, path, expected] of BASES)
  test(`the base URL by ${what}`, () => assert.equal(baseUrlOf(document, path), expected));

const PAGES = [
  ["nbconvert's page", "jp-Notebook", "", true],
  ["its classic page, and nbviewer's", "", '<div id="notebook"></div>', true],
  ["its slides", "", '<div class="reveal"></div>', true],
  ["another host's", "", '<div class="jp-Notebook"></div>', false],
];
for (const [what, name, body, expected] of PAGES)
  test(`exported: ${what}`, () => {
    document.body.className = name;
    document.body.innerHTML = body;
    assert.equal(isExported(document), expected);
  });

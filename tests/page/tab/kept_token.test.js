import assert from "node:assert/strict";
import { test } from "node:test";
import { keepToken } from "../../../static/tab/kept_token.js";

const memoryOf = (map = new Map()) => ({
  get: (key) => map.get(key) ?? null,
  set: (key, value) => map.set(key, value),
});

/** Open a page: what it takes for its address, and what stands in the address bar. */
function open(page, memory) {
  let shown = page;
  const address = keepToken(page, memory, (other) => (shown = other));
  return { address, shown };
}

test("the token leaves the address bar, and the page has it", () => {
  const { address, shown } = open("http://x:1/?token=t&plot=a%26b#c", memoryOf());
  assert.equal(address, "http://x:1/?token=t&plot=a%26b#c");
  assert.equal(shown, "http://x:1/?plot=a%26b#c");
});

test("a page that is loaded anew in its tab has the same address", () => {
  const memory = memoryOf();
  for (const first of ["http://x/?plot=p&token=t&theme=dark", "http://x/?token=t"]) {
    const { address, shown } = open(first, memory);
    assert.equal(shown.includes("token"), false);
    assert.deepEqual(open(shown, memory), { address, shown });
  }
});

test("another tab has nothing to open it with", () => {
  const { shown } = open("http://x/?token=t&plot=p", memoryOf());
  assert.equal(open(shown, memoryOf()).address, "http://x/?plot=p");
});

test("a newer token takes the place of the one before", () => {
  const memory = memoryOf();
  open("http://x/?token=old", memory);
  open("http://x/?token=new", memory);
  assert.equal(open("http://x/", memory).address, "http://x/?token=new");
});

test("services behind one proxy have each their own", () => {
  const memory = memoryOf();
  open("https://lab/proxy/1/?token=one", memory);
  open("https://lab/proxy/2/?token=two", memory);
  assert.equal(open("https://lab/proxy/1/", memory).address, "https://lab/proxy/1/?token=one");
  assert.equal(open("https://lab/proxy/1/plots", memory).address.split("?")[1], "token=one");
  assert.equal(open("https://lab/proxy/3/", memory).address, "https://lab/proxy/3/");
});

test("a ticket stays: it is no token, and a token is none of its", () => {
  const memory = memoryOf();
  open("http://x/?token=t", memory);
  const page = "http://x/?ticket=s&claim=c&plot=p";
  assert.deepEqual(open(page, memory), { address: page, shown: page });
});

test("a frame without storage keeps its address: it may be loaded anew", () => {
  const page = "http://x/?token=t&plot=p";
  const forgets = { get: () => null, set: () => {} };
  assert.deepEqual(open(page, forgets), { address: page, shown: page });
});

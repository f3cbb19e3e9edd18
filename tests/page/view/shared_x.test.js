import assert from "node:assert/strict";
import { test } from "node:test";
import { SharedX } from "../../../static/view/shared_x.js";
import { initialView } from "../../../static/view/state.js";

/** A browser's channels, by name: what one says, all others hear. */
function channels() {
  const all = new Map();
  return (name) => {
    const others = all.get(name) ?? all.set(name, new Set()).get(name);
    const channel = {
      postMessage: (data) => {
        for (const one of others) if (one !== channel) one.onmessage({ data });
      },
      close: () => others.delete(channel),
    };
    others.add(channel);
    return channel;
  };
}

/** A page that shares, and what it has heard. */
function pageOf(open, { origin = 0, link = "x", time = false, service = "one" } = {}) {
  const heard = [];
  const leaving = new AbortController();
  const listener = {
    origin: () => origin,
    looked: (looked) => heard.push(looked),
    pointed: (x) => heard.push(x),
  };
  const shared = new SharedX(leaving.signal, listener, open);
  shared.join(service, { link, time });
  heard.length = 0;
  return { shared, leaving, heard: () => heard.splice(0) };
}
const FOLLOW = initialView(5);
const RANGE = { ...FOLLOW, mode: "range", from: 1, to: 2 };

test("another plot hears what is looked at in x, and where the crosshair is", () => {
  const open = channels();
  const [one, other] = [pageOf(open), pageOf(open)];
  one.shared.look(FOLLOW, RANGE);
  one.shared.look(RANGE, { ...RANGE, y: { "0:left": [0, 1] } });
  one.shared.look(RANGE, FOLLOW);
  one.shared.look(FOLLOW, { ...FOLLOW, mode: "all" });
  assert.deepEqual(other.heard(), [
    { mode: "range", from: 1, to: 2 },
    { mode: "follow", window: 5 },
    { mode: "all" },
  ]);
  for (const x of [null, 3, 3, 0, null]) one.shared.point(x);
  assert.deepEqual(other.heard(), [3, 0, null]);
  assert.deepEqual(one.heard(), [], "and nothing comes back");
});

test("x that are counted from elsewhere are the same times", () => {
  const open = channels();
  const [one, other] = [pageOf(open, { origin: 100 }), pageOf(open, { origin: 90 })];
  one.shared.look(FOLLOW, RANGE);
  one.shared.point(0);
  assert.deepEqual(other.heard(), [{ mode: "range", from: 11, to: 12 }, 10]);
});

const STRANGERS = [
  ["that does not say so", { link: null }],
  ["whose x are of another kind", { time: true }],
  ["of another service", { service: "two" }],
];
for (const [what, stranger] of STRANGERS)
  test(`a plot ${what} hears nothing`, () => {
    const open = channels();
    const [one, other] = [pageOf(open), pageOf(open, stranger)];
    one.shared.look(FOLLOW, RANGE);
    other.shared.look(FOLLOW, RANGE);
    assert.deepEqual([one.heard(), other.heard()], [[], []]);
  });

test("the crosshair of a page that goes, or shares no more, goes with it", () => {
  const open = channels();
  const [one, other, third] = [pageOf(open), pageOf(open), pageOf(open)];
  one.shared.point(3);
  one.leaving.abort();
  other.shared.point(4);
  other.shared.join("one", { link: null, time: false });
  assert.deepEqual(third.heard(), [3, null, 4, null]);
});

test("where the browser has no channels a plot shares nothing, and goes on", () => {
  const { shared } = pageOf(() => {
    throw new DOMException("no storage here", "SecurityError");
  });
  shared.look(FOLLOW, RANGE);
  shared.point(3);
});

test("a plot that shares no more, or whose page is closed, forgets the other's crosshair", () => {
  const open = channels();
  const [one, other, third] = [pageOf(open), pageOf(open), pageOf(open)];
  other.shared.join("one", { link: null, time: false });
  third.leaving.abort();
  one.shared.point(3);
  assert.deepEqual([other.heard(), third.heard()], [[null], [null]]);
});

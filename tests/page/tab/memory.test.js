import assert from "node:assert/strict";
import { test } from "node:test";
import { tabMemory, tokenMemory } from "../../../static/tab/memory.js";

/** Run with a storage in the place of the browser's. */
function withStorage(storage, action) {
  const before = Object.getOwnPropertyDescriptor(globalThis, "sessionStorage");
  Object.defineProperty(globalThis, "sessionStorage", { ...storage, configurable: true });
  try {
    action();
  } finally {
    if (before) Object.defineProperty(globalThis, "sessionStorage", before);
    else delete globalThis.sessionStorage;
  }
}

test("a tab remembers", () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (k, v) => kept.set(k, v) };
  withStorage({ value: storage }, () => {
    assert.equal(tabMemory.get("a"), null);
    tabMemory.set("a", "b");
    assert.equal(tabMemory.get("a"), "b");
  });
});

test("a frame without storage forgets, and nothing fails", () => {
  const refuse = () => {
    throw new DOMException("no storage", "SecurityError");
  };
  withStorage({ get: refuse }, () => {
    tabMemory.set("a", "b");
    assert.equal(tabMemory.get("a"), null);
  });
});

test("a frame of somebody else's page remembers no token of this tab", () => {
  const kept = new Map([["token", "t"]]);
  const storage = { getItem: (key) => kept.get(key), setItem: (k, v) => kept.set(k, v) };
  const location = { origin: "http://127.0.0.1:1" };
  const other = {
    get location() {
      throw new DOMException("another origin", "SecurityError");
    },
  };
  withStorage({ value: storage }, () => {
    const heard = [{ location }, other, { location: { origin: "null" } }, null].map((top) =>
      tokenMemory({ top, location }).get("token"),
    );
    assert.deepEqual(heard, ["t", null, null, null]);
    tokenMemory({ top: other, location }).set("token", "u");
    assert.equal(kept.get("token"), "t");
  });
});

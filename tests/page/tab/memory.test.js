import assert from "node:assert/strict";
import { test } from "node:test";
import { tabMemory } from "../../../static/tab/memory.js";

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

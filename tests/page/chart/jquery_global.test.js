import assert from "node:assert/strict";
import { test } from "node:test";
import "../support/dom.js";

const jquery = () => import(`../../../static/chart/jquery_global.js?${Math.random()}`);

test("Flot finds jQuery by its global name, and no other's Flot", async () => {
  globalThis.Flot = "another";
  const { default: jQuery, giveBack } = await jquery();
  assert.match(jQuery.fn.jquery, /^4\./);
  assert.deepEqual([globalThis.jQuery === jQuery, "Flot" in globalThis], [true, false]);
  giveBack();
  assert.equal(globalThis.Flot, "another");
  delete globalThis.Flot;
});

test("what a document had by these names it has again, or has not", async () => {
  const { giveBack } = await jquery();
  globalThis.Flot = "ours";
  giveBack();
  assert.deepEqual(["jQuery" in globalThis, "Flot" in globalThis], [false, false]);
  globalThis.jQuery = "another";
  const again = await jquery();
  again.giveBack();
  assert.equal(globalThis.jQuery, "another");
  delete globalThis.jQuery;
});

test("nothing of it is left when Flot has been imported", async () => {
  await import("../../../static/chart/flot.js");
  assert.deepEqual(["jQuery" in globalThis, "Flot" in globalThis], [false, false]);
});

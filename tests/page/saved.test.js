import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { byId, document, layOut, paint, send, showPage } from "./support/dom.js";
import { savedOf, waves } from "./support/saved.js";

const { cases } = JSON.parse(
  readFileSync(new URL("../shared/unpacked.json", import.meta.url), "utf8"),
);
const [[PACKED]] = cases.find(([[, lengths]]) => lengths.join() === "3,3");

/** @param {() => boolean} isReached */
async function until(isReached) {
  for (let turns = 0; !isReached() && turns < 1e6; turns++) {
    paint();
    await new Promise(setImmediate);
  }
}

/** The page of a file with these blocks. @param {object} head */
async function open(head, time) {
  showPage("index.html");
  layOut(byId("plot"), { width: 500, height: 300 });
  for (const [id, text] of [
    ["saved-head", JSON.stringify(head)],
    ["saved-vertices", PACKED],
  ]) {
    const block = document.createElement("script");
    block.type = "application/json";
    block.id = id;
    block.textContent = text;
    document.body.append(block);
  }
  await import(`../../static/saved.js?${time}`);
}

const { head } = savedOf([waves(3, { points: 1000, exact: 3 })]);

test("it shows what the file holds, and says when it was saved", async () => {
  await open(head, 1);
  await until(() => byId("status").textContent.includes("points3"));
  const { state, points, plot } = window.zwsnb.stats();
  assert.deepEqual([state, points, plot], ["saved", 1000, "run"]);
  const said = byId("status").textContent;
  assert.match(said, /^saved 2026-11-2\d \d\d:\d\d:\d\d/);
  assert.match(said, /1000 points/);
  assert.match(said, /3 in the file/);
  assert.equal(byId("pause").hidden, true);
  assert.deepEqual(window.zwsnb.latencies(), []);
});

test("its menu has pictures and CSV, and nothing that needs a relay", () => {
  send(byId("more"), "click");
  assert.equal(byId("save-html").hidden, true);
  assert.equal(document.getElementById("copy-address"), null);
  assert.notEqual(byId("csv-all").getAttribute("aria-disabled"), "true");
});

test("a file that cannot be read says why", async (t) => {
  t.mock.method(console, "error", () => {});
  await open({ ...head, held: [{ ...head.held[0], vertices: 99 }] }, 2);
  await until(() => byId("reason").textContent.startsWith("This"));
  assert.match(byId("reason").textContent, /^This page cannot be read: the file ends after/);
});

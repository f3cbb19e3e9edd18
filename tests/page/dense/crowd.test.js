import assert from "node:assert/strict";
import { test } from "node:test";
import { Crowd } from "../../../static/dense/crowd.js";
import { flat, lineOf } from "../support/lines.js";
import { golden } from "../support/rules.js";

golden("ink");

const SEEN = { xScale: 10, yScale: 10, low: 0, high: 10 };
/** Lines that go through 100 pixels each. */
const linesOf = (count, more = {}) =>
  Array.from({ length: count }, () => lineOf("y", flat([0, 0], [10, 1]), more));

/** What a crowd is after looking at so many lines in turn, in a panel of 100 x 100 pixels. */
function after(counts, { ratio = 1, more = {} } = {}) {
  const crowd = new Crowd();
  return counts.map((count) => {
    crowd.look(linesOf(count, more), () => SEEN, 10_000, ratio);
    return crowd.isFull ? "full" : crowd.isDense ? "dense" : "";
  });
}

test("lines are dense where they would cover much of the panel even if they were thin", () => {
  assert.deepEqual(after([15, 17, 101]), ["", "dense", "full"]);
  assert.deepEqual(after([17, 31, 201], { ratio: 2 }), ["", "dense", "full"]);
});

test("what has been a crowd is one until it is clearly less", () => {
  assert.deepEqual(after([101, 90, 79, 101]), ["full", "full", "dense", "full"]);
  assert.deepEqual(after([31, 26, 23, 26], { ratio: 2 }), ["dense", "dense", "", ""]);
});

test("few lines are no crowd, whatever they cover", () => {
  const crowd = new Crowd();
  crowd.look(linesOf(16), () => ({ ...SEEN, xScale: 1e6 }), 10_000, 1);
  assert.equal(crowd.isDense, false);
});

test("only lines count whose width is free", () => {
  for (const more of [{ width: 3 }, { style: "bars" }, { style: "points" }, { kind: "candles" }])
    assert.deepEqual(after([200], { more }), [""]);
  assert.deepEqual(after([200], { more: { style: "step" } }), ["full"]);
});

test("it looks at no more lines than it has to", () => {
  let looks = 0;
  const crowd = new Crowd();
  const seen = () => {
    looks += 1;
    return SEEN;
  };
  crowd.look(linesOf(1000), seen, 10_000, 1);
  assert.equal(looks, 101);
});

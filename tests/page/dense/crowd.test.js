import assert from "node:assert/strict";
import { test } from "node:test";
import { Crowd } from "../../../static/dense/crowd.js";
import { flat, lineOf } from "../support/lines.js";
import { golden } from "../support/rules.js";

golden("ink");
golden("crowd");

const SEEN = { xScale: 10, yScale: 10, x: [0, 10], y: [0, 10] };
/** Lines that go through 100 pixels each. */
const linesOf = (count, more = {}) =>
  Array.from({ length: count }, (_, i) => lineOf(`y${i}`, flat([0, 0], [10, 1]), more));
/** What a crowd is after looking at some lines in a panel of 100 x 100 pixels. */
function look(crowd, lines, ratio = 1) {
  crowd.look(lines, () => SEEN, 10_000, ratio);
  return crowd.isFull ? "full" : crowd.isDense ? "dense" : "";
}
/** The same, of so many lines in turn. */
function after(counts, { ratio = 1, more = {} } = {}) {
  const crowd = new Crowd();
  return counts.map((count) => look(crowd, linesOf(count, more), ratio));
}

test("lines are dense where they would cover much of the panel even if they were thin", () => {
  assert.deepEqual(after([31, 32, 99, 101]), ["", "dense", "dense", "full"]);
  assert.deepEqual(after([61, 201], { ratio: 4 }), ["dense", "dense"]);
  assert.deepEqual(after([59, 401], { ratio: 4 }), ["", "full"]);
});

test("what has been a crowd is one until it is clearly less", () => {
  assert.deepEqual(after([201, 180, 159, 180], { ratio: 2 }), ["full", "full", "dense", "dense"]);
  assert.deepEqual(after([61, 51, 47, 51], { ratio: 4 }), ["dense", "dense", "", ""]);
});

test("a line that was like the others is so until it is clearly less", () => {
  const crowd = new Crowd();
  const others = linesOf(40);
  const hasOneOf = (part) => {
    const one = lineOf("one", flat([0, 0], [10 * part, 0]));
    look(crowd, [...others, one]);
    return crowd.has(one);
  };
  assert.deepEqual([0.22, 0.28, 0.22, 0.18, 0.22].map(hasOneOf), [false, true, true, false, false]);
});

const NOT_PLAIN = [
  ["steps", { style: "step" }],
  ["dashes that are asked for", { dashed: true }],
  ["what shines through", { opacity: 0.5 }],
  ["heads", { kind: "xy", head: "" }],
  ["dots that are asked for", { dots: true }],
];
for (const [what, more] of NOT_PLAIN)
  test(`${what} are no pixels`, () => {
    assert.deepEqual(after([200], { more }), ["dense"]);
    assert.equal(
      look(new Crowd(), [...linesOf(200), lineOf("y", flat([0, 0], [10, 1]), more)]),
      "dense",
    );
  });

test("what lies between the lines has paths beside it, and what is behind or in front has not", () => {
  const [one] = linesOf(1, { width: 3 });
  const lines = linesOf(200);
  for (const [at, found] of [
    [0, "full"],
    [200, "full"],
    [100, "dense"],
  ]) {
    const mixed = lines.toSpliced(at, 0, { ...one, name: "one" });
    assert.equal(look(new Crowd(), mixed), found);
  }
});

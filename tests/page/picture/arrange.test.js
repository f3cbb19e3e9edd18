import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange, bandEnds } from "../../../static/picture/arrange.js";
import { completeOptions } from "../../../static/link/options.js";
import { golden } from "../support/rules.js";

const PANELS = [
  ["one plot without panels", null, [["a", "b"]]],
  ["each where it is named", [["b"], ["a"]], [["b"], ["a"]]],
  ["what none names is in the last", [["b"], []], [["b"], ["a"]]],
  ["the first that names it has it", [["a"], ["a", "b"]], [["a"], ["b"]]],
  ["a panel waits for its series", [["c"], ["a", "b"]], [[], ["a", "b"]]],
  ["names are any text", [["__proto__"], ["constructor"]], [[], ["a", "b"]]],
];
for (const [what, panels, expected] of PANELS) {
  test(`panels: ${what}`, () => assert.deepEqual(arrange(panels, ["a", "b"]), expected));
}

test("panels: one for each group of what was published, in the order in which they came", () => {
  const of = (name) => [name.replace(" (1)", "")];
  assert.deepEqual(arrange("groups", ["t/loss (1)", "lr", "v/loss", "t/loss", "step"], of), [
    ["t/loss (1)", "t/loss"],
    ["lr", "step"],
    ["v/loss"],
  ]);
});

const ends = (series, present = Object.keys(series)) =>
  [...bandEnds(completeOptions({ series }), present)].sort();

test("the ends of bands are not drawn by themselves", () => {
  assert.deepEqual(ends({ mean: { band: ["lo", "hi"] }, other: { style: "step" } }), ["hi", "lo"]);
});

test("the ends of a band are, while its own series has not come", () => {
  assert.deepEqual(ends({ mean: { band: ["lo", "hi"] } }, ["lo", "hi"]), []);
});

test("a series that bounds its own band is", () =>
  assert.deepEqual(ends({ mean: { band: ["mean", "hi"] } }), ["hi"]));

golden("arrange");
golden("band_ends");

import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../support/text.js";
import { Advance } from "../../../static/ui/advance.js";

/** Of x that goes so, one look a second. */
function after(...xs) {
  const advance = new Advance();
  for (const [second, x] of xs.entries()) advance.look(x, second);
  return (range, { min = 0, isLive = true, later = 0 } = {}) =>
    plain(advance.words(min, range, isLive, xs.length - 1 + later));
}

for (const [what, xs, range, words] of [
  ["at the pace so far", [0, 10, 20], [0, 200], "10 % · 18 s to go"],
  ["longer", [0, 1, 2], [0, 5000], "0 % · 1 h 23.3 min to go"],
  ["from the first point, where no begin is said", [0, 10, 20], [null, 200], "10 % · 18 s to go"],
  ["the end", [0, 100, 200], [0, 200], "100 %"],
  ["beyond the end", [0, 100, 300], [0, 200], "100 %"],
  ["before its pace is known", [5], [0, 200], "2 %"],
  ["no end", [0, 10, 20], [0, null], ""],
  ["no range", [0, 10, 20], null, ""],
  ["no points", [NaN, NaN], [0, 200], ""],
  ["points that begin behind the end", [300], [null, 200], ""],
])
  test(`of ${what}`, () => assert.equal(after(...xs)(range, { min: xs[0] }), words));

test("a pace that changes is followed slowly", () =>
  assert.equal(after(0, 10, 20, 50)([0, 210]), "23 % · 10 s to go"));

test("what stands still keeps its pace, what goes back begins anew", () => {
  assert.equal(after(0, 10, 20, 20, 20)([0, 200]), "10 % · 18 s to go");
  assert.equal(after(0, 10, 20, 0)([0, 200]), "0 %");
});

test("who looks back, or pauses, is told how far it was", () =>
  assert.equal(after(0, 10, 20)([0, 200], { isLive: false }), "10 %"));

test("when nothing has come for long, nobody knows how long it takes", () => {
  const words = after(0, 10, 20);
  assert.equal(words([0, 200], { later: 4 }), "10 % · 18 s to go");
  assert.equal(words([0, 200], { later: 6 }), "10 %");
});

test("what comes seldom is waited for", () => {
  const advance = new Advance();
  for (const [second, x] of [0, 10, 20].entries()) advance.look(x, 60 * second);
  assert.equal(plain(advance.words(0, [0, 200], true, 270)), "10 % · 18 min 0 s to go");
  assert.equal(advance.words(0, [0, 200], true, 310), "10 %");
});

test("how far it is lags behind nothing", () => {
  const advance = new Advance();
  for (const [at, x] of [
    [0, 0],
    [1, 10],
    [1.25, 47],
  ])
    advance.look(x, at);
  assert.equal(plain(advance.words(0, [0, 100], true, 1.25)), "47 % · 6 s to go");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { find, HEAD_START } from "../../../static/embed/find.js";
import { PATIENCE } from "../../../static/embed/ask.js";
import { fakeEnv, settled } from "../support/embed.js";

const PLACES = ["a", "b", "c"].map((name) => ({ kind: "proxy", name, address: `http://${name}/` }));

/** A search whose outcomes the test gives. */
function search(places = PLACES) {
  const env = fakeEnv();
  const asked = {};
  const found = find(places, ({ name }) => new Promise((give) => (asked[name] = give)), env);
  const give = async (name, what) => {
    asked[name]({ what, says: what });
    await settled();
  };
  return { env, found, give, asked: () => Object.keys(asked).join("") };
}

test("the first is asked alone, and taken when it proves itself", async () => {
  const { found, give, asked } = search();
  assert.equal(asked(), "a");
  await give("a", "found");
  assert.deepEqual(await found, { place: PLACES[0], tried: [] });
  assert.equal(asked(), "a");
});

test("the next is asked as soon as one has failed", async () => {
  const { found, give, asked } = search();
  await give("a", "refused");
  assert.equal(asked(), "ab");
  await give("b", "found");
  assert.equal((await found).place, PLACES[1]);
});

test("one that takes its time has a head start, and is taken if it is the first all the same", async () => {
  const { env, found, give, asked } = search();
  env.pass(HEAD_START - 1);
  assert.equal(asked(), "a");
  env.pass(1);
  assert.equal(asked(), "ab");
  await give("a", "found");
  assert.equal((await found).place, PLACES[0]);
});

test("each is asked once, whatever comes first: its neighbour's failure or the head start", async () => {
  const { env, give, asked } = search();
  env.pass(HEAD_START);
  await give("a", "silent");
  assert.equal(asked(), "ab");
  await give("b", "other");
  env.pass(HEAD_START);
  assert.equal(asked(), "abc");
});

test("when all have failed it says of each what it was", async () => {
  const { found, give } = search();
  await give("a", "refused");
  await give("b", "absent");
  await give("c", "silent");
  const { place, tried } = await found;
  assert.equal(place, null);
  assert.deepEqual(
    tried.map((one) => `${one.place.name} ${one.what} ${one.says}`),
    ["a refused refused", "b absent absent", "c silent silent"],
  );
});

test("where there is no place nothing was tried", async () =>
  assert.deepEqual(await search([]).found, { place: null, tried: [] }));

test("three places are decided within three seconds", () =>
  assert.ok(2 * HEAD_START + PATIENCE < 3000));

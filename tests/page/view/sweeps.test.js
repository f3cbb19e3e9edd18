import assert from "node:assert/strict";
import { test } from "node:test";
import { Sweeps } from "../../../static/view/sweeps.js";

/** A series with the points of a sweep. @param {number} id @param {...number} values x, y, .. */
const seriesOf = (id, ...values) => ({ id, vertices: { view: () => Float64Array.from(values) } });

const sweep = (number, x, first = 1) => ({ number, x, from: x - 1, to: x + 1, first });
const NONE = { number: null, first: 1 };

/** Sweeps that have come one after the other, each of one point at its trigger. */
function after(numbers, persist = 2) {
  const sweeps = new Sweeps();
  for (const number of numbers) {
    sweeps.expect(sweep(number, 10 * number));
    const before = sweeps.current;
    sweeps.begin(before ? [seriesOf(0, before.x, before.number)] : [], persist);
  }
  return sweeps;
}

const kept = ({ earlier }) => earlier.map(({ number }) => number);

test("those that were seen stay, as many as persist, under the trigger of the newest", () => {
  const sweeps = after([1, 2, 3, 4]);
  assert.deepEqual([sweeps.current?.number, kept(sweeps)], [4, [2, 3]]);
  assert.deepEqual(
    sweeps.of(0).map((points) => [...points]),
    [
      [40, 2],
      [40, 3],
    ],
  );
  assert.equal(sweeps.of(0)[0], sweeps.of(0)[0], "they are moved once");
  assert.deepEqual(sweeps.of(7), []);
});

test("a patch of the same sweep keeps nothing, nor does one without persistence", () => {
  const sweeps = after([1, 2]);
  sweeps.begin([seriesOf(0, 20, 2)], 2);
  assert.deepEqual(kept(sweeps), [1]);
  assert.deepEqual(kept(after([1, 2, 3], 0)), []);
});

test("who has looked elsewhere comes back to them", () => {
  const sweeps = after([1, 2]);
  sweeps.expect(NONE);
  sweeps.begin([seriesOf(0, 20, 2)], 2);
  assert.deepEqual([sweeps.current, kept(sweeps), sweeps.of(0)], [null, [1, 2], []]);
  sweeps.begin([seriesOf(0, 5, 5)], 2);
  sweeps.expect(sweep(2, 20));
  sweeps.begin([seriesOf(0, 5, 5)], 2);
  assert.deepEqual([sweeps.current?.number, kept(sweeps)], [2, [1]]);
});

test("what the relay has forgotten does not come back", () => {
  const sweeps = after([1, 2, 3]);
  sweeps.expect({ number: null, first: 4 });
  sweeps.begin([seriesOf(0, 30, 3)], 2);
  assert.deepEqual([sweeps.current, kept(sweeps)], [null, []]);
  sweeps.expect(sweep(4, 40, 4));
  sweeps.begin([], 2);
  assert.deepEqual([sweeps.current?.number, kept(sweeps)], [4, []]);
});

test("fewer that persist are fewer at once", () => {
  const sweeps = after([1, 2, 3]);
  sweeps.fit(1);
  assert.deepEqual(kept(sweeps), [2]);
});

test("they move with all x, and a new connection forgets them", () => {
  const sweeps = after([1, 2]);
  sweeps.move(100);
  assert.deepEqual(sweeps.current, { number: 2, x: 120, from: 119, to: 121 });
  assert.deepEqual([...sweeps.of(0)[0]], [120, 1]);
  sweeps.forget();
  assert.deepEqual([sweeps.current, sweeps.earlier, sweeps.state], [null, [], ""]);
});

test("of very many values the oldest go", () => {
  const sweeps = new Sweeps();
  const many = { id: 0, vertices: { view: () => new Float64Array(1_500_000) } };
  for (const number of [1, 2, 3, 4]) {
    sweeps.expect(sweep(number, number));
    sweeps.begin([many], 3);
  }
  assert.deepEqual(kept(sweeps), [2, 3]);
});

test("where no sweep is seen any more the trigger does what it did", () => {
  const sweeps = after([1, 2]);
  sweeps.state = "triggered";
  sweeps.leave();
  assert.deepEqual([sweeps.state, sweeps.current, kept(sweeps)], ["triggered", null, []]);
  sweeps.forget();
  assert.equal(sweeps.state, "");
});

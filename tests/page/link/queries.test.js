import assert from "node:assert/strict";
import { test } from "node:test";
import { Queries } from "../../../static/link/queries.js";

/** Queries whose relay answers on demand. */
function talk() {
  const sent = [];
  const model = { points: 10, xMax: 100 };
  const queries = new Queries({ model, request: (question) => sent.push(question) > 0 });
  const answer = (rest = {}) =>
    queries.answered({ ...sent.at(-1), points: [], series: [], ...rest }, 0);
  return { queries, model, sent, answer };
}

test("a crosshair that moves asks, one that stands does not", () => {
  const { queries, sent, answer } = talk();
  for (const x of [1, 1, 2]) {
    queries.askPoints(x, 0);
    answer();
  }
  assert.deepEqual(
    sent.map(({ x }) => x),
    [1, 2],
  );
});

test("over an image a y is asked for too, and asked again where that moves", () => {
  const { queries, sent, answer } = talk();
  for (const y of [null, 5, 5, 6]) {
    queries.askPoints(1, 0, y);
    answer();
  }
  assert.deepEqual(
    sent.map((message) => message.y),
    [undefined, 5, 6],
  );
});

test("one that stands asks now and then, while points come", () => {
  const { queries, model, sent, answer } = talk();
  const askAt = (now) => {
    queries.askPoints(1, now);
    answer();
    return sent.length;
  };
  assert.deepEqual([askAt(0), askAt(9)], [1, 1]);
  model.points = 20;
  assert.deepEqual([askAt(9.1), askAt(9.2)], [2, 2]);
  model.points = 30;
  assert.equal(askAt(9.3), 2);
  assert.ok(Math.abs(queries.askPoints(1, 9.4) - 0.2) < 1e-9, "so long it waits");
  assert.equal(askAt(9.7), 3);
  assert.equal(queries.askPoints(1, 9.8), 0, "for nothing");
});

test("figures are asked for once, and again only where points can come", () => {
  const { queries, model, sent, answer } = talk();
  const askAt = (now, to) => {
    queries.askFigures({ from: 0, to }, now);
    answer();
    return sent.length;
  };
  assert.deepEqual([askAt(0, 50), askAt(5, 50)], [1, 1]);
  model.points = 20;
  assert.equal(askAt(10, 50), 1);
  assert.equal(askAt(10, 100), 2);
});

test("other marks, other figures", () => {
  const { queries, sent, answer } = talk();
  queries.askFigures({ from: 0, to: 5 }, 0);
  answer();
  assert.equal(queries.figures.to, 5);
  queries.forgetFigures();
  assert.equal(queries.figures, null);
  queries.askFigures({ from: 0, to: 7 }, 0.1);
  assert.equal(sent.at(-1).to, 7);
});

test("after a new greeting everything is asked again", () => {
  const { queries, sent, answer } = talk();
  queries.askPoints(1, 0);
  answer();
  queries.askFigures({ from: 0, to: 5 }, 0);
  queries.connected();
  assert.equal(queries.read, null);
  queries.askPoints(1, 0.1);
  queries.askFigures({ from: 0, to: 5 }, 0.1);
  assert.deepEqual(
    sent.map(({ type }) => type),
    ["read", "measure", "read", "measure"],
  );
});

test("what the program is to know is asked once with a word of it, when it can be sent", () => {
  const sent = [];
  let isLive = false;
  const request = (question) => isLive && sent.push(question) > 0;
  const queries = new Queries({ model: { points: 1, xMax: 9 }, request });
  queries.tell();
  const ask = (now) => queries.askFigures({ from: 0, to: 5 }, now);
  ask(0);
  isLive = true;
  for (const now of [1, 2]) {
    queries.connected();
    ask(now);
  }
  queries.tell();
  queries.forgetFigures();
  ask(3);
  assert.deepEqual(
    sent.map(({ selected }) => selected),
    [true, undefined, undefined],
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Inquiry } from "../../../static/link/queries.js";

/** An inquiry whose relay answers when it is told to. */
function talk() {
  const sent = [];
  const model = { points: 10, xMax: 100 };
  const inquiry = new Inquiry({ model, ask: (question) => sent.push(question) > 0 });
  const answer = (rest = {}) =>
    inquiry.answered({ ...sent.at(-1), points: [], series: [], ...rest }, 0);
  return { inquiry, model, sent, answer };
}

test("a crosshair that moves asks, one that stands does not", () => {
  const { inquiry, sent, answer } = talk();
  for (const x of [1, 1, 2]) inquiry.askPoints(x, 0), sent.length > 0 && answer();
  assert.deepEqual(
    sent.map(({ x }) => x),
    [1, 2],
  );
});

test("one that stands asks now and then, while points come", () => {
  const { inquiry, model, sent, answer } = talk();
  const askAt = (now) => (inquiry.askPoints(1, now), answer(), sent.length);
  assert.deepEqual([askAt(0), askAt(9)], [1, 1]);
  model.points = 20;
  assert.deepEqual([askAt(9.1), askAt(9.2)], [2, 2]);
  model.points = 30;
  assert.equal(askAt(9.3), 2);
  assert.equal(askAt(9.7), 3);
});

test("figures are asked for once, and again only where points can come", () => {
  const { inquiry, model, sent, answer } = talk();
  const askAt = (now, to) => (inquiry.askFigures({ from: 0, to }, now), answer(), sent.length);
  assert.deepEqual([askAt(0, 50), askAt(5, 50)], [1, 1]);
  model.points = 20;
  assert.equal(askAt(10, 50), 1);
  assert.equal(askAt(10, 100), 2);
});

test("other marks, other figures", () => {
  const { inquiry, sent, answer } = talk();
  inquiry.askFigures({ from: 0, to: 5 }, 0);
  answer();
  assert.equal(inquiry.figures.to, 5);
  inquiry.forgetFigures();
  assert.equal(inquiry.figures, null);
  inquiry.askFigures({ from: 0, to: 7 }, 0.1);
  assert.equal(sent.at(-1).to, 7);
});

test("after a new greeting everything is asked again", () => {
  const { inquiry, sent, answer } = talk();
  inquiry.askPoints(1, 0);
  answer();
  inquiry.askFigures({ from: 0, to: 5 }, 0);
  inquiry.connected();
  assert.equal(inquiry.read, null);
  inquiry.askPoints(1, 0.1);
  inquiry.askFigures({ from: 0, to: 5 }, 0.1);
  assert.deepEqual(
    sent.map(({ type }) => type),
    ["read", "measure", "read", "measure"],
  );
});

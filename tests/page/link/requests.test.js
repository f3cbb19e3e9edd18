import assert from "node:assert/strict";
import { test } from "node:test";
import { Requests } from "../../../static/link/requests.js";

test("one question at a time, and the newest next", () => {
  const sent = [];
  const questions = new Requests((question) => sent.push(question) > 0);
  for (const x of [1, 2, 3]) questions.ask({ type: "read", x }, 0);
  assert.deepEqual(
    sent.map(({ x }) => x),
    [1],
  );
  assert.equal(questions.answered({ type: "read", id: 7, x: 1, points: [] }, 0), false);
  assert.equal(questions.answered({ type: "read", id: 1, x: 1, points: [] }, 0), true);
  assert.deepEqual(
    sent.map(({ x, id }) => [x, id]),
    [
      [1, 1],
      [3, 2],
    ],
  );
});

test("an answer that never comes is not waited for", () => {
  const sent = [];
  const questions = new Requests((question) => sent.push(question.x) > 0);
  questions.ask({ type: "read", x: 1 }, 0);
  questions.ask({ type: "read", x: 2 }, 1);
  questions.ask({ type: "read", x: 3 }, 10);
  questions.forget();
  questions.ask({ type: "read", x: 4 }, 10.1);
  assert.deepEqual(sent, [1, 3, 4]);
});

test("what could not be sent waits for the next", () => {
  let open = false;
  const sent = [];
  const questions = new Requests((question) => open && sent.push(question.x) > 0);
  questions.ask({ type: "read", x: 1 }, 0);
  open = true;
  questions.ask({ type: "read", x: 2 }, 0.1);
  assert.deepEqual(sent, [2]);
});

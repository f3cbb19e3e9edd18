import assert from "node:assert/strict";
import { test } from "node:test";
import { CommAnswers } from "../../../static/comm/comm_answers.js";
import { partOf } from "../support/model.js";

const bytes = (text) => partOf(new TextEncoder().encode(text).buffer);

/** Answers, and what has been asked of the kernel. */
function answersOf() {
  const asked = [];
  const answers = new CommAnswers((message) => asked.push(message));
  const sent = {};
  const piece = (got, text, more = {}) => {
    const number = sent[got] ?? 0;
    sent[got] = number + 1;
    answers.receive(
      { got, piece: number, status: 200, headers: {}, done: false, ...more },
      text ? [bytes(text)] : [],
    );
  };
  return { answers, asked, piece };
}

test("an address is a route and a query, and every request has its number", () => {
  const { answers, asked } = answersOf();
  void answers.get("csv?from=1&to=1e%2B21");
  void answers.get("plot");
  assert.deepEqual(asked, [
    { get: 1, route: "csv", query: { from: "1", to: "1e+21" } },
    { get: 2, route: "plot", query: {} },
  ]);
});

test("an answer is there with its first piece; the others follow", async () => {
  const { answers, piece } = answersOf();
  const first = answers.get("csv");
  const second = answers.get("csv");
  piece(2, "other", { done: true });
  piece(1, "a,", { headers: { "X-Zwsnb-Rows": "3" } });
  const answer = await first;
  assert.deepEqual(
    [answer.ok, answer.status, answer.headers.get("x-zwsnb-rows")],
    [true, 200, "3"],
  );
  piece(1, "b");
  piece(1, "", { done: true });
  assert.deepEqual([await answer.text(), await (await second).text()], ["a,b", "other"]);
});

test("pieces are read as they come", async () => {
  const { answers, piece } = answersOf();
  const promised = answers.get("csv");
  piece(1, "a");
  const reader = (await promised).body.getReader();
  assert.equal(new TextDecoder().decode((await reader.read()).value), "a");
  piece(1, "b", { done: true });
  assert.equal(new TextDecoder().decode((await reader.read()).value), "b");
  assert.equal((await reader.read()).done, true);
});

test("a refusal has its status and its sentence", async () => {
  const { answers, piece } = answersOf();
  const promised = answers.get("csv");
  piece(1, "There is no plot 'a'.", { status: 404, done: true });
  const answer = await promised;
  assert.deepEqual([answer.ok, await answer.text()], [false, "There is no plot 'a'."]);
});

test("what nobody waits for is passed over", () => answersOf().piece(9, "late", { done: true }));

test("a request that is given up before its answer fails", async () => {
  const { answers, piece } = answersOf();
  const stop = new AbortController();
  const promised = answers.get("csv", stop.signal);
  stop.abort();
  await assert.rejects(promised, { name: "AbortError" });
  piece(1, "late", { done: true });
});

test("so does one whose signal has been given before", async () => {
  const { answers, asked } = answersOf();
  await assert.rejects(answers.get("csv", AbortSignal.abort()), { name: "AbortError" });
  assert.deepEqual(asked, []);
});

test("one that is given up on its way breaks off, and the kernel hears that it is", async () => {
  const { answers, asked, piece } = answersOf();
  const stop = new AbortController();
  const promised = answers.get("csv", stop.signal);
  piece(1, "a");
  const answer = await promised;
  stop.abort();
  await assert.rejects(answer.text(), { name: "AbortError" });
  stop.abort();
  assert.deepEqual(asked.slice(1), [{ leave: 1 }]);
});

test("a signal that comes after the end changes nothing", async () => {
  const { answers, piece } = answersOf();
  const stop = new AbortController();
  const promised = answers.get("csv", stop.signal);
  piece(1, "a", { done: true });
  stop.abort();
  assert.equal(await (await promised).text(), "a");
});

test("when no answer comes any more, all who wait hear why", async () => {
  const { answers, asked } = answersOf();
  const all = ["csv", "plot"].map((address) => answers.get(address));
  answers.end("The kernel has ended.");
  for (const promised of all) await assert.rejects(promised, { message: "The kernel has ended." });
  assert.deepEqual(asked.slice(2), [{ leave: 1 }, { leave: 2 }]);
});

test("an answer that breaks off has failed, and is not taken for all", async () => {
  const { answers, piece } = answersOf();
  const promised = answers.get("csv");
  piece(1, "a,");
  piece(1, "stopped", { status: 502, failed: "stopped", done: true });
  await assert.rejects((await promised).text(), { message: "stopped" });
});

test("one that fails before it begins says so with its status", async () => {
  const { answers, piece } = answersOf();
  const promised = answers.get("csv");
  piece(1, "nobody", { status: 502, failed: "nobody", done: true });
  const answer = await promised;
  assert.deepEqual([answer.status, await answer.text()], [502, "nobody"]);
});

test("an answer of which a piece was lost on the way has failed, and is not taken for all", async () => {
  const { answers, piece } = answersOf();
  const promised = answers.get("csv");
  piece(1, "a,");
  piece(1, "c", { piece: 2 });
  piece(1, "", { piece: 3, done: true });
  await assert.rejects((await promised).text(), { message: /lost on the way/ });
});

test("so has one whose first piece was lost", async () => {
  const { answers, piece } = answersOf();
  const promised = answers.get("csv");
  piece(1, "", { piece: 1, done: true });
  await assert.rejects(promised, { message: /lost on the way/ });
});

test("and one whose last piece was", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { answers, piece } = answersOf();
  const promised = answers.get("csv");
  piece(1, "a,");
  t.mock.timers.tick(50_000);
  piece(1, "b,");
  t.mock.timers.tick(59_000);
  const text = (await promised).text();
  t.mock.timers.tick(2_000);
  await assert.rejects(text, { message: /lost on the way/ });
});

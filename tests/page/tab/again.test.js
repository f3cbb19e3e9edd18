import assert from "node:assert/strict";
import { test } from "node:test";
import { againOf, aliveOf, askAgain } from "../../../static/tab/again.js";

const AGAIN = { ask: "service", of: "question", answer: "answer" };

test("the question goes where the page is, behind its proxy too, and without its key", () => {
  const alive = aliveOf("https://hub.test/user/proxy/8000/?token=secret&plot=p");
  assert.equal(alive({ ask: "a", of: "b" }), "https://hub.test/user/proxy/8000/alive?ask=a&of=b");
});

const breaking = () =>
  new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode("answer"));
      controller.error(new Error("broken"));
    },
  });

for (const [says, answer, expected] of [
  ["only the answer is ours", new Response("answer"), [true, 200]],
  ["another is not", new Response("answer "), [false, 200]],
  ["a refusal is told by its status", new Response("No.", { status: 403 }), [false, 403]],
  ["one that breaks off", new Response(breaking()), [false, 200]],
  ["nobody", null, [false, 0]],
])
  test(says, async () => {
    const fetch = () => (answer ? Promise.resolve(answer) : Promise.reject(new Error("offline")));
    const { isOurs, status } = await askAgain(AGAIN, aliveOf("http://relay.test/"), fetch);
    assert.deepEqual([isOurs, status], expected);
  });

test("of an answer without an end no more is read than of ours", async () => {
  let pieces = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pieces += 1;
      controller.enqueue(new TextEncoder().encode("answer"));
    },
  });
  const fetch = async () => new Response(endless);
  const { isOurs } = await askAgain(AGAIN, aliveOf("http://relay.test/"), fetch);
  assert.equal(isOurs, false);
  assert.ok(pieces < 10, `${pieces} pieces`);
});

test("a page without a WebSocket is told by a header, if it is whole", () => {
  const of = (text) => againOf(new Headers(text === null ? {} : { "X-Zwsnb-Again": text }));
  assert.deepEqual(of("service question answer"), AGAIN);
  assert.deepEqual([null, "", "a", "a b", "a b "].map(of), [null, null, null, null, null]);
});

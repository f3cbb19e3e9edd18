import assert from "node:assert/strict";
import { test } from "node:test";
import { countLines, csvQuery, streamInto, progressText } from "../../../static/export/csv.js";
import { plain } from "../support/text.js";

test("everything is asked for without a range, a range with its origin", () => {
  assert.deepEqual(csvQuery(null), {});
  assert.deepEqual(csvQuery([-0.5, 1e21]), { from: "-0.5", to: "1e+21" });
  assert.deepEqual(csvQuery([0.5, 1], 86400), { from: "0.5", to: "1", origin: "86400" });
});

test("progress in rows", () => {
  assert.equal(plain(progressText(1_200, 1_234_567)), "1200 of 1.23 M rows");
  assert.equal(plain(progressText(12, 0)), "12 rows");
});

function answerOf(...pieces) {
  const body = new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  return new Response(body, { headers: { "X-Zwsnb-Rows": "3" } });
}

test("rows pass through to the file, and are counted on the way", async () => {
  const [seen, written] = [[], []];
  const file = { write: async (piece) => void written.push(new TextDecoder().decode(piece)) };
  const rows = await streamInto(
    answerOf("series,x,y\r\na,1,2\r\n", "a,2,", "3\r\na,3,4\r\n"),
    file,
    (done, all) => seen.push([done, all]),
  );
  assert.equal(rows, 3);
  assert.deepEqual(seen, [
    [1, 3],
    [1, 3],
    [3, 3],
  ]);
  assert.equal(written.join(""), "series,x,y\r\na,1,2\r\na,2,3\r\na,3,4\r\n");
});

test("a file that cannot be written to ends it", async () => {
  const file = { write: () => Promise.reject(new Error("disk full")) };
  await assert.rejects(
    streamInto(answerOf("series,x,y\r\n"), file, () => {}),
    /disk full/,
  );
});

test("lines are counted", () => assert.equal(countLines(new TextEncoder().encode("a\nb\n\nc")), 3));

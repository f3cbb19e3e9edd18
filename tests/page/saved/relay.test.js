import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeImage, isImage } from "../../../static/image/image_wire.js";
import { decodePatch } from "../../../static/link/wire.js";
import { COARSE, SavedRelay } from "../../../static/saved/relay.js";
import { heldOf, imageHeld, savedOf, waves } from "../support/saved.js";

const soon = () => new Promise(setImmediate);
const decoded = (data) => (isImage(data) ? decodeImage(data) : decodePatch(data));
const VIEW = { type: "view", width: 100, paused: false, mode: "all" };

/** A relay of two series, and a page on it: what it has heard since it was greeted. */
async function pageOf(series = [waves(1000), waves(10, { id: 1 })], more = {}) {
  const relay = new SavedRelay(savedOf(series, more));
  const socket = relay.open();
  const heard = [];
  socket.onmessage = ({ data }) =>
    heard.push(typeof data === "string" ? JSON.parse(data) : decoded(data));
  await soon();
  return {
    relay,
    socket,
    async asks(message) {
      heard.length = 0;
      socket.send(JSON.stringify(message));
      await soon();
      return [...heard];
    },
    greeting: [...heard],
  };
}

test("the first words are those of then", async () => {
  const { greeting } = await pageOf();
  assert.deepEqual(
    greeting.map(({ type }) => type),
    ["hello", "series", "status"],
  );
});

test("a view is answered with all that it shows", async () => {
  const page = await pageOf();
  const [patch] = await page.asks(VIEW);
  assert.deepEqual([patch.number, patch.fresh, patch.points, patch.conflated], [1, true, 1010, 0]);
  assert.deepEqual([patch.xMin, patch.xMax], [0, 999]);
  const [long, short] = patch.entries;
  assert.deepEqual([long.id, long.kind, long.points, long.lastX], [0, "columns", 1000, 999]);
  assert.deepEqual([short.kind, short.vertices.length], ["points", 20]);
  assert.deepEqual([short.xMin, short.xMax, short.lastY], [0, 9, (9 * 7919) % 13]);
});

test("the same view is answered once, and none while the page is paused", async () => {
  const page = await pageOf();
  await page.asks(VIEW);
  const closer = { ...VIEW, mode: "range", from: 1, to: 2 };
  assert.deepEqual(await page.asks(VIEW), []);
  assert.deepEqual(await page.asks({ ...closer, paused: true }), []);
  assert.equal((await page.asks(closer))[0].number, 2);
});

test("where the file goes no further it says so, once, and takes it back", async () => {
  const page = await pageOf([waves(1000, { exact: 1000 })]);
  const range = (from, to) => ({ ...VIEW, mode: "range", from, to });
  assert.equal((await page.asks(VIEW)).length, 1);
  const [status, patch] = await page.asks(range(10, 20));
  assert.deepEqual(status, { type: "status", counts: { gaps: 1 }, notices: [COARSE] });
  assert.equal(patch.number, 2);
  assert.equal((await page.asks(range(11, 21))).length, 1);
  assert.deepEqual((await page.asks(VIEW))[0].notices, []);
});

test("an image comes before its patch, and says so where the file goes no further", async () => {
  const image = imageHeld({
    x: [0, 1, 2, 3],
    colors: [1, 2, 3, 4],
    bins: 1,
    width: 1 / 32,
    whole: false,
  });
  const page = await pageOf([], { image, points: 8, x_range: [0, 3] });
  const [sent, patch] = await page.asks(VIEW);
  assert.deepEqual([sent.number, sent.rows, [...sent.x]], [1, 8, [0, 1, 2, 3]]);
  assert.deepEqual([patch.number, patch.fresh, patch.conflated], [1, true, 4]);
  const closer = { ...VIEW, mode: "range", from: 1.5, to: 2.5, height: 64 };
  const [status, again, last] = await page.asks(closer);
  assert.deepEqual(status.notices, [COARSE]);
  assert.deepEqual([again.number, last.number, [...again.x]], [2, 2, [1, 2, 3]]);
});

test("an empty plot is answered, too", async () => {
  const page = await pageOf([]);
  const [patch] = await page.asks(VIEW);
  assert.deepEqual([patch.entries, patch.points], [[], 0]);
  assert.ok(Number.isNaN(patch.xMin));
});

test("a gap at the end is one", async () => {
  const page = await pageOf([waves(3, { last: [2, null] })]);
  assert.ok(Number.isNaN((await page.asks(VIEW))[0].entries[0].lastY));
});

test("it answers what is read and measured, and nothing else", async () => {
  const page = await pageOf();
  const [read] = await page.asks({ type: "read", id: 4, x: 2.2 });
  assert.deepEqual([read.id, read.points.map(({ x }) => x)], [4, [2, 2]]);
  const [measure] = await page.asks({ type: "measure", id: 5, from: 0, to: 4 });
  assert.deepEqual([measure.id, measure.series.map(({ count }) => count)], [5, [5, 5]]);
  assert.deepEqual(await page.asks({ type: "ack", patch: 1 }), []);
});

test("by routes it has how many points there were, and those that it holds", async () => {
  const { relay } = await pageOf();
  assert.deepEqual(await (await relay.fetch("plot")).json(), { points: 1010 });
  const csv = await relay.fetch("csv?from=8&to=9");
  assert.equal(csv.headers.get("X-Zwsnb-Rows"), "4");
  assert.equal((await csv.text()).split("\r\n").length, 6);
  assert.equal((await relay.fetch("csv")).headers.get("X-Zwsnb-Rows"), "1010");
  assert.equal((await relay.fetch("stats")).status, 404);
});

test("of a triggered plot a view that follows has its sweeps, and another one none", async () => {
  const sweeps = [
    { type: "sweep", number: 1, x: 20, from: 10, to: 30, first: 1 },
    { type: "sweep", number: 2, x: 60, from: 50, to: 70, first: 1 },
  ];
  const page = await pageOf([waves(1000)], { window: 20, sweeps });
  const follow = { ...VIEW, mode: "follow", window: 20 };
  assert.deepEqual((await page.asks(VIEW))[0], { type: "sweep", number: null, first: 0 });
  const [first, one, second, two] = await page.asks(follow);
  assert.deepEqual([first, second], sweeps);
  assert.deepEqual([one.number, two.number, two.fresh], [2, 3, true]);
  assert.deepEqual([two.entries[0].vertices[0], two.entries[0].vertices.at(-2)], [49, 71]);
  assert.deepEqual((await page.asks(VIEW))[0], { type: "sweep", number: null, first: 0 });
  const [again] = await page.asks(follow);
  assert.deepEqual(again, sweeps[1]);
});

test("a scatter has its colours and sizes, and says when it is not whole", async () => {
  const marks = { colors: [0, 9], sizes: [null, null] };
  const dots = Float64Array.of(0, NaN, 9, NaN);
  const points = [
    [1, 2],
    [0, 3],
  ];
  const scatter = heldOf(points, { xy: true, marks, dots });
  const [patch] = await (await pageOf([scatter])).asks(VIEW);
  const [{ kind, marks: found }] = patch.entries;
  assert.equal(kind, "xy");
  assert.deepEqual([...found.values], [...dots]);
  assert.deepEqual([found.colors, found.sizes, found.inSight], [[0, 9], [NaN, NaN], 2]);
  const cells = { ...scatter, marks: { ...marks, cell: [1, 2] } };
  const counted = await (await pageOf([cells])).asks(VIEW);
  assert.deepEqual(counted.at(-1).entries[0].marks.cell, [1, 2]);
  const thinned = { ...scatter, exact: 2, points: 50 };
  const heard = await (await pageOf([thinned])).asks(VIEW);
  assert.equal(heard.at(-1).entries[0].marks.inSight, 50);
});

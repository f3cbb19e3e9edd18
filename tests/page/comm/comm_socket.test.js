import assert from "node:assert/strict";
import { test } from "node:test";
import { CommSocket, copyOf } from "../../../static/comm/comm_socket.js";
import { encodeImage, isImage } from "../../../static/image/image_wire.js";
import { decodePatch, VERSION } from "../../../static/link/wire.js";
import { imagePatch } from "../support/images.js";
import { partOf } from "../support/model.js";
import { makePatch } from "../support/patches.js";

const HELLO = { text: '{"type": "hello"}' };
const PATCH = makePatch({ number: 3, fresh: true }, [{ vertices: [1, 2] }]);

/** A socket, what it has said to the kernel, and what it has told the page. */
function socketOf(more = {}) {
  const said = [];
  const told = [];
  const socket = new CommSocket((message) => said.push(message), more);
  socket.onopen = () => told.push("open");
  socket.onmessage = ({ data }) =>
    told.push(typeof data === "string" ? data : isImage(data) ? "image" : decodePatch(data).number);
  socket.onclose = ({ code, reason }) => told.push([code, reason]);
  const own = (message, ...buffers) => socket.receive(message, buffers);
  return { socket, said, told, own };
}

test("it opens by asking for it, a moment later, as a WebSocket does", async () => {
  const { socket, said, told } = socketOf();
  assert.deepEqual([said, told, socket.readyState], [[{ open: VERSION }], [], 0]);
  await null;
  assert.deepEqual([told, socket.readyState], [["open"], 1]);
});

test("one that is closed at once never opens", async () => {
  const { socket, said, told } = socketOf();
  socket.close();
  socket.close();
  await null;
  assert.deepEqual([said.slice(1), told, socket.readyState], [[{ close: true }], [], 3]);
});

test("texts go both ways", () => {
  const { socket, said, told, own } = socketOf();
  socket.send('{"type":"view"}');
  own(HELLO);
  own({ text: "{}" });
  assert.deepEqual([said.at(-1), told], [{ text: '{"type":"view"}' }, [HELLO.text, "{}"]]);
});

test("an acknowledgement waits for the next ones, and goes before anything else", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { socket, said } = socketOf();
  const ack = (patch) => JSON.stringify({ type: "ack", patch });
  socket.send(ack(1));
  socket.send(ack(2));
  t.mock.timers.tick(99);
  assert.equal(said.length, 1);
  socket.send(ack(3));
  t.mock.timers.tick(1);
  assert.deepEqual(said.slice(1), [{ text: ack(3) }]);
  socket.send(ack(4));
  socket.send('{"type":"view"}');
  assert.deepEqual(said.slice(2), [{ text: ack(4) }, { text: '{"type":"view"}' }]);
  t.mock.timers.tick(100);
  socket.send(ack(5));
  socket.close();
  t.mock.timers.tick(100);
  assert.deepEqual(said.slice(4), [{ close: true }]);
});

test("a patch is read wherever its bytes stand in what the notebook hands over", () => {
  const { told, own } = socketOf();
  own(HELLO);
  own({ patch: true }, partOf(PATCH));
  own({ patch: true }, PATCH);
  assert.deepEqual(told, [HELLO.text, 3, 3]);
});

test("bytes are those of the part alone, and begin at 0", () => {
  const copy = copyOf(partOf(Uint8Array.of(1, 2, 3).buffer));
  assert.deepEqual([...new Uint8Array(copy)], [1, 2, 3]);
});

test("a patch before the greeting belongs to what was sent before", () => {
  const { told, own } = socketOf();
  own({ patch: true }, PATCH);
  own({ text: '{"type": "series"}' });
  own({ patch: true }, PATCH);
  own(HELLO);
  own({ patch: true });
  own({ patch: true }, PATCH);
  assert.deepEqual(told, [HELLO.text, 3]);
});

test("a patch that goes on from one that has not come ends the connection", () => {
  const { socket, said, told, own } = socketOf();
  own(HELLO);
  const patch = (number, fresh) => makePatch({ number, fresh }, [{ vertices: [1, 2] }]);
  own({ patch: true }, patch(1, true));
  own({ patch: true }, patch(2, false));
  own({ patch: true }, patch(5, true));
  own({ patch: true }, patch(7, false));
  own({ patch: true }, patch(8, false));
  assert.deepEqual(told, [HELLO.text, 1, 2, 5, [1006, "Messages were lost on the way."]]);
  assert.deepEqual([said.at(-1), socket.readyState], [{ close: true }, 3]);
});

const PING = '{"type": "ping", "open": false}';
const DEAF = '{"type": "ping", "open": true}';

test("a text that has not come ends the connection as soon as the kernel hears", () => {
  const { said, told, own } = socketOf();
  own({ ...HELLO, number: 1 });
  own({ text: DEAF, number: 2 });
  own({ text: "{}", number: 4 });
  own({ text: DEAF, number: 5 });
  assert.deepEqual(told, [HELLO.text, DEAF, "{}", DEAF], "nobody would open another one");
  own({ text: PING, number: 6 });
  assert.deepEqual(told.slice(4), [[1006, "Messages were lost on the way."]]);
  assert.deepEqual(said.at(-1), { close: true });
});

test("the last text is missed too, by the ping that follows", () => {
  const { told, own } = socketOf();
  own({ ...HELLO, number: 1 });
  own({ text: PING, number: 2 });
  own({ text: PING, number: 4 });
  assert.deepEqual(told, [HELLO.text, PING, [1006, "Messages were lost on the way."]]);
});

test("a greeting that has not come is missed by the ping that follows, where none but it has that name", () => {
  const { told, own } = socketOf({ isFirst: true });
  own({ text: '{"type": "ping", "open": true}' });
  own({ text: '{"type": "series"}', number: 2 });
  assert.deepEqual(told, [], "nothing of its own, or no ping");
  own({ text: DEAF, number: 3 });
  assert.deepEqual(told, [[1006, "Messages were lost on the way."]]);
  const other = socketOf({ isFirst: false });
  other.own({ text: DEAF, number: 3 });
  assert.deepEqual(other.told, [], "of the connection before, which the kernel has not heard end");
  other.own({ text: PING, number: 4 });
  other.own({ text: "{}", number: 5 });
  other.own({ text: DEAF, number: 6 });
  assert.deepEqual(other.told, [], "perhaps of that before as well");
  other.own({ text: PING, number: 7 });
  assert.deepEqual(other.told, [[1006, "Messages were lost on the way."]]);
});

test("texts are counted from a greeting on, and those for everyone not at all", () => {
  const { told, own } = socketOf();
  own({ ...HELLO, number: 1 });
  own({ text: PING, number: 2 });
  own({ ...HELLO, number: 1 });
  own({ text: PING, number: 2 });
  own(HELLO);
  own({ text: "{}" });
  own({ text: PING });
  assert.equal(told.length, 7);
});

test("an image comes before the patch of its number, and goes on from what has come", () => {
  const { told, own } = socketOf();
  const image = (number, keep) => encodeImage(imagePatch({ number, keep, x: [1], colors: [1] }));
  own(HELLO);
  for (const number of [1, 2, 3]) {
    own({ patch: true }, image(number, number - 1));
    own({ patch: true }, makePatch({ number, fresh: number === 1 }, []));
  }
  own({ patch: true }, image(6, 0));
  own({ patch: true }, makePatch({ number: 6, fresh: true }, []));
  const all = [HELLO.text, "image", 1, "image", 2, "image", 3, "image", 6];
  assert.deepEqual(told, all);
  own({ patch: true }, image(8, 1));
  assert.deepEqual(told, [...all, [1006, "Messages were lost on the way."]]);
});

test("the other side closes with a code and a reason, and nothing comes then", () => {
  const { socket, told, own } = socketOf();
  own({ closed: 4000, reason: "The plot was closed." });
  own(HELLO);
  socket.end(1006, "again");
  assert.deepEqual([told, socket.readyState], [[[4000, "The plot was closed."]], 3]);
});

test("a close without a reason has an empty one", () => {
  const { told, own } = socketOf();
  own({ closed: 1000 });
  assert.deepEqual(told, [[1000, ""]]);
});

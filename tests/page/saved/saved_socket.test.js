import assert from "node:assert/strict";
import { test } from "node:test";
import { SavedSocket } from "../../../static/saved/saved_socket.js";

const soon = () => new Promise(setImmediate);

function opened(answer = () => []) {
  const heard = [];
  const socket = new SavedSocket(["hello", "series"], answer);
  socket.onopen = () => heard.push("open");
  socket.onmessage = ({ data }) => heard.push(data);
  return { socket, heard };
}

test("it opens when somebody listens, and says first what was said", async () => {
  const { socket, heard } = opened();
  assert.deepEqual([socket.readyState, heard], [0, []]);
  await soon();
  assert.deepEqual([socket.readyState, heard], [1, ["open", "hello", "series"]]);
});

test("answers come after the question, in their order", async () => {
  const { socket, heard } = opened(({ x }) => [`a${x}`, `b${x}`]);
  await soon();
  heard.length = 0;
  socket.send('{"x":1}');
  assert.deepEqual(heard, []);
  await soon();
  assert.deepEqual(heard, ["a1", "b1"]);
});

test("one that is closed says nothing", async () => {
  const { socket, heard } = opened(() => assert.fail("asked"));
  socket.close();
  await soon();
  const other = opened(() => assert.fail("asked"));
  await soon();
  other.socket.send("{}");
  other.socket.close();
  await soon();
  assert.deepEqual([heard, socket.readyState], [[], 3]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { CommLink, KERNEL_ENDED } from "../../../static/comm/comm_link.js";
import { VERSION } from "../../../static/link/wire.js";
import { fakeModel, settled } from "../support/model.js";

/** A view's link, and what its socket has told. */
function linkOf(model = fakeModel()) {
  const leaving = new AbortController();
  const link = new CommLink(model, leaving.signal);
  const told = [];
  const open = () => {
    const socket = link.open();
    socket.onmessage = ({ data }) => told.push(data);
    socket.onclose = ({ code, reason }) => told.push([code, reason]);
    return socket;
  };
  return { link, model, told, open, leaving };
}

test("a view has a name of its own, which all that it says carries", () => {
  const model = fakeModel();
  const [one, other] = [linkOf(model), linkOf(model)];
  const socket = one.open();
  model.say({ view: model.view, text: '{"type": "hello"}' });
  socket.send("{}");
  other.open();
  const [{ view, ...asked }, text, { view: another }] = model.sent;
  assert.deepEqual([asked, text], [{ open: VERSION }, { view, text: "{}" }]);
  assert.notEqual(view, another);
  assert.match(view, /^\w{8,}$/);
});

test("it hears what is for it, and nothing else", () => {
  const { model, told, open } = linkOf();
  open();
  model.say({ view: "another", text: '{"for": "another"}' });
  model.say({ method: "somebody else's" });
  model.say(null);
  model.say({ view: model.view, text: '{"type": "hello"}' });
  assert.deepEqual(told, ['{"type": "hello"}']);
});

test("until the kernel has heard of it, it hears what is for everyone, and answers nothing", () => {
  const { model, told, open } = linkOf();
  const socket = open();
  model.say({ view: "*", text: '{"type": "hello"}' });
  socket.send('{"type": "view"}');
  assert.deepEqual([told.length, model.sent.length], [1, 1]);
  model.say({ view: model.view, text: '{"type": "hello"}' });
  socket.send('{"type": "view"}');
  model.say({ view: "*", text: '{"type": "series"}' });
  assert.deepEqual([told.length, model.sent.length], [2, 2], "then it has its own");
});

test("only its first connection knows that what comes by its name is its own", () => {
  const { model, told, open } = linkOf();
  const ping = { text: '{"type": "ping", "open": true}', number: 2 };
  for (let i = 0; i < 2; i++) {
    open();
    model.say({ view: model.view, ...ping });
  }
  assert.deepEqual(told, [[1006, "Messages were lost on the way."]]);
});

test("another connection hears it again", () => {
  const { model, told, open } = linkOf();
  open();
  model.say({ view: model.view, closed: 1006 });
  open();
  model.say({ view: "*", text: '{"type": "hello"}' });
  assert.deepEqual(told, [[1006, ""], '{"type": "hello"}']);
});

test("what is asked for is answered beside that, before anything is open too", async () => {
  const { link, model, told } = linkOf();
  const promised = link.get("plot");
  const [{ view, get }] = model.sent;
  model.emit("msg:custom", { view, got: get, piece: 0, status: 200, headers: {}, done: true });
  assert.deepEqual([await (await promised).text(), told], ["", []]);
});

for (const end of ["comm_live_update", "comm:close", "destroy"])
  test(`a kernel that goes has ended the plot, and answers nothing: ${end}`, async () => {
    const { link, model, told, open } = linkOf();
    open();
    const asked = link.get("plot");
    model.emit(end);
    assert.deepEqual(told, [[4000, KERNEL_ENDED]]);
    await assert.rejects(asked, { message: KERNEL_ENDED });
    open().send("{}");
    await settled();
    assert.deepEqual([model.sent.length, told.length], [2, 2], "nothing is sent to nobody");
  });

test("a model that says it is alive is believed", () => {
  const live = { value: true };
  const { model, told, open } = linkOf(
    fakeModel(
      {},
      {
        get comm_live() {
          return live.value;
        },
      },
    ),
  );
  open();
  model.emit("comm_live_update");
  assert.deepEqual(told, []);
  live.value = false;
  model.emit("comm_live_update");
  assert.deepEqual(told, [[4000, KERNEL_ENDED]]);
});

test("one that is dead from the beginning has ended when it is opened", async () => {
  const { told, open } = linkOf(fakeModel({}, { comm_live: false }));
  open();
  await settled();
  assert.deepEqual(told, [[4000, KERNEL_ENDED]]);
});

test("a comm that cannot send any more has ended", async (t) => {
  const warned = t.mock.method(console, "warn", () => {});
  const model = fakeModel();
  model.send = () => {
    throw new Error("Cannot send");
  };
  const { told, open } = linkOf(model);
  open();
  await settled();
  assert.deepEqual([told, warned.mock.callCount()], [[[4000, KERNEL_ENDED]], 1]);
});

test("a view that goes says so once, leaves what it has asked for, and nothing at the model", async () => {
  const { link, model, told, open, leaving } = linkOf();
  const socket = open();
  const asked = link.get("plot");
  leaving.abort();
  socket.close();
  await assert.rejects(asked, /not shown any more/);
  const { view } = model;
  assert.deepEqual(model.sent.slice(2), [
    { view, close: true },
    { view, leave: 1 },
  ]);
  assert.equal(model.listeners, 0);
  model.say({ view: model.view, text: "{}" });
  assert.deepEqual(told, []);
});

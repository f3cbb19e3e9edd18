import assert from "node:assert/strict";
import { VERSION } from "../../../static/link/wire.js";
import { test } from "node:test";
import { Connection, IDLE, RELOAD_SENTENCE, transition } from "../../../static/link/connection.js";

const chance = { now: 100, random: 0 };
const lost = { type: "closed", code: 1006, reason: "", opened: true, ...chance };
const unopened = { ...lost, opened: false };
const hello = { type: "hello", version: VERSION };
const probed = (status, text = "") => ({ type: "probed", status, text, ...chance });

/** Where a run of events leads, and all that it asks for. */
function run(...events) {
  let [state, asked] = [IDLE, []];
  for (const event of events) {
    const [next, effects] = transition(state, event);
    state = next;
    asked = [...asked, ...effects.map((effect) => effect.do)];
  }
  return { ...state, asked };
}

const TABLE = [
  ["starts by opening", [], "connecting", ["open"]],
  ["is live when the relay greets", [hello], "live", ["open"]],
  ["a lost link is asked for again", [hello, lost], "reconnecting", ["open", "wait"]],
  [
    "and again, after the pause",
    [hello, lost, { type: "due" }],
    "reconnecting",
    ["open", "wait", "open"],
  ],
  ["and comes back", [hello, lost, { type: "due" }, hello], "live", ["open", "wait", "open"]],
  ["a socket that never opened: ask why", [unopened], "connecting", ["open", "probe"]],
  ["refused", [unopened, probed(403, "No such token.\n")], "refused", ["open", "probe"]],
  ["nobody there", [unopened, probed(0)], "reconnecting", ["open", "probe", "wait"]],
  [
    "a proxy without WebSockets",
    [unopened, probed(200)],
    "reconnecting",
    ["open", "probe", "wait"],
  ],
  [
    "ended by the relay",
    [hello, { ...lost, code: 4000, reason: "The kernel has stopped." }],
    "ended",
    ["open"],
  ],
  [
    "an ended one stays ended",
    [hello, { ...lost, code: 4000 }, { type: "due" }, hello, lost],
    "ended",
    ["open"],
  ],
  [
    "of another version, by close code",
    [hello, { ...lost, code: 4002 }],
    "refused",
    ["open", "reload"],
  ],
  [
    "of another version, by greeting",
    [{ ...hello, version: VERSION - 1 }],
    "refused",
    ["open", "close", "reload"],
  ],
  [
    "what cannot be read: begin anew",
    [hello, { type: "broken", reason: "?", ...chance }],
    "reconnecting",
    ["open", "close", "wait"],
  ],
  ["due without a pause does nothing", [hello, { type: "due" }], "live", ["open"]],
  ["started twice", [{ type: "start" }], "connecting", ["open"]],
];
for (const [name, events, expected, asked] of TABLE) {
  test(name, () => {
    const end = run({ type: "start" }, ...events);
    assert.deepEqual([end.name, end.asked], [expected, asked]);
  });
}

test("reasons reach the user", () => {
  const start = { type: "start" };
  assert.equal(run(start, unopened, probed(403, "No such token.\n")).reason, "No such token.");
  assert.equal(run(start, hello, { ...lost, code: 4000, reason: "Stopped." }).reason, "Stopped.");
  assert.equal(run(start, hello, { ...lost, code: 4002 }).reason, RELOAD_SENTENCE);
  assert.match(run(start, unopened, probed(200)).reason, /proxy/);
});

test("pauses grow from a quarter of a second to eight seconds, and say when they end", () => {
  let state = { name: "live", attempt: 0, until: null, reason: "" };
  const pauses = [];
  for (const random of [0, 0, 0.999, 0, 0, 0, 0, 0.999]) {
    const [next, [{ seconds }]] = transition(state, { ...lost, random });
    assert.equal(next.until, 100 + seconds);
    pauses.push(Number(seconds.toFixed(2)));
    state = next;
  }
  assert.deepEqual(pauses, [0.25, 0.5, 2, 2, 4, 4, 4, 8]);
});

test("a greeting starts the pauses from the beginning", () => {
  assert.equal(
    run({ type: "start" }, lost, { type: "due" }, lost, { type: "due" }, hello).attempt,
    0,
  );
});

/** A browser whose time and sockets the test moves. */
function fakeEnv() {
  const env = { sockets: [], timers: [], clock: 0, status: 0, reloads: 0 };
  return Object.assign(env, {
    open(address, protocols) {
      const sent = [];
      const socket = {
        address,
        protocols,
        readyState: 1,
        sent,
        send: (text) => sent.push(text),
        close() {},
      };
      env.sockets.push(socket);
      return socket;
    },
    fetch: async () =>
      env.status
        ? { status: env.status, text: async () => "Because." }
        : Promise.reject(new Error("offline")),
    later: (action, milliseconds) =>
      env.timers.push({ action, at: env.clock + milliseconds / 1000 }),
    now: () => env.clock,
    random: () => 0.5,
    reload: () => (env.reloads += 1),
    pass(seconds) {
      env.clock += seconds;
      for (const timer of env.timers.splice(0))
        timer.at <= env.clock ? timer.action() : env.timers.push(timer);
    },
  });
}

function connect() {
  const env = fakeEnv();
  const heard = { states: [], messages: [] };
  const listener = {
    changed: ({ name }) => heard.states.push(name),
    message: (data) => heard.messages.push(data),
  };
  const connection = new Connection(
    { socket: "ws://x/ws", protocols: ["zwsnb", "token.t"], probe: "http://x/plot" },
    listener,
    env,
  );
  connection.start();
  return { env, heard, connection };
}

test("the shell opens, hears, sends, and opens again", () => {
  const { env, heard, connection } = connect();
  env.sockets[0].onopen();
  env.sockets[0].onmessage({ data: "hello" });
  connection.accept(VERSION);
  assert.ok(connection.send({ type: "ack", patch: 1 }));
  assert.deepEqual(
    [heard.messages, env.sockets[0].sent, connection.bytesIn],
    [["hello"], ['{"type":"ack","patch":1}'], 5],
  );
  env.sockets[0].onclose({ code: 1006, reason: "" });
  env.pass(10);
  assert.equal(env.sockets.length, 2);
  assert.deepEqual(heard.states, ["connecting", "live", "reconnecting", "reconnecting"]);
});

/** Of a page that was told what to ask first: it is lost, and due again. */
async function again(answer) {
  const { env, connection } = connect();
  const asked = [];
  const signals = [];
  connection.access.alive = (query) => `alive?${new URLSearchParams(query)}`;
  env.fetch = async (address, signal) => {
    asked.push(address);
    signals.push(signal);
    if (answer === null) throw new Error("offline");
    return new Response(answer.text, { status: answer.status ?? 200 });
  };
  connection.accept(VERSION, { ask: "a", of: "q", answer: "ours" });
  env.sockets[0].onopen();
  env.sockets[0].onclose({ code: 1006, reason: "" });
  env.pass(10);
  const before = env.sockets.length;
  for (let i = 0; i < 5; i++) await new Promise(setImmediate);
  return { env, connection, asked, before, signals };
}

test("before a page brings its key again it asks whether the relay is there", async () => {
  const { env, asked, before } = await again({ text: "ours" });
  assert.deepEqual([asked, before, env.sockets.length], [["alive?ask=a&of=q"], 1, 2]);
});

for (const [name, answer, expected, reason] of [
  ["another program", { text: "not ours" }, "reconnecting", /^Another program .* is not told/],
  [
    "a later service",
    { status: 403, text: "Run this!" },
    "refused",
    /^The page is not this server's/,
  ],
  ["a proxy to nobody", { status: 502, text: "" }, "reconnecting", /proxy in between/],
  ["nobody", null, "reconnecting", /does not answer/],
])
  test(`${name} at its address is not told the key`, async () => {
    const { env, connection } = await again(answer);
    assert.equal(env.sockets.length, 1);
    assert.equal(connection.state.name, expected);
    assert.match(connection.state.reason, reason);
  });

test("why a socket did not open once more is asked of the relay alone", async () => {
  const { env, connection, asked } = await again({ text: "ours" });
  env.fetch = async (address) => {
    asked.push(address);
    return new Response("not ours");
  };
  env.sockets[1].onclose({ code: 1006, reason: "" });
  for (let i = 0; i < 5; i++) await new Promise(setImmediate);
  assert.deepEqual(asked, ["alive?ask=a&of=q", "alive?ask=a&of=q"]);
  assert.match(connection.state.reason, /^Another program/);
});

test("one that leaves the question unanswered is given up", async () => {
  const { signals } = await again({ text: "not ours" });
  assert.deepEqual(
    signals.map((signal) => signal instanceof AbortSignal),
    [true],
  );
});

test("a page that is left while it asks stays so", async () => {
  const { env, connection } = connect();
  connection.access.alive = () => "alive";
  env.fetch = async () => new Response("ours");
  connection.accept(VERSION, { ask: "a", of: "q", answer: "ours" });
  env.sockets[0].onclose({ code: 1006, reason: "" });
  env.pass(10);
  connection.close();
  for (let i = 0; i < 5; i++) await new Promise(setImmediate);
  assert.deepEqual([env.sockets.length, connection.state.name], [1, "ended"]);
});

test("a connection that is closed stays so, whatever comes", () => {
  const { env, heard, connection } = connect();
  env.sockets[0].onopen();
  env.sockets[0].onclose({ code: 1006, reason: "" });
  connection.close();
  connection.retryNow();
  env.pass(10);
  assert.deepEqual([env.sockets.length, heard.states.at(-1)], [1, "ended"]);
});

test("a socket that was given up is not listened to any more", () => {
  const { env, heard, connection } = connect();
  connection.accept(VERSION);
  connection.giveUp("unreadable");
  env.sockets[0].onmessage({ data: "late" });
  env.sockets[0].onclose({ code: 1000, reason: "" });
  assert.deepEqual([heard.messages, connection.state.attempt], [[], 1]);
});

test("retrying by hand overtakes the pause, once", () => {
  const { env, connection } = connect();
  env.sockets[0].onopen();
  env.sockets[0].onclose({ code: 1006, reason: "" });
  connection.retryNow();
  env.pass(10);
  assert.equal(env.sockets.length, 2);
});

test("why a socket did not open is asked over HTTP", async () => {
  const { env, connection } = connect();
  env.status = 403;
  env.sockets[0].onclose({ code: 1006, reason: "" });
  await new Promise(setImmediate);
  assert.deepEqual([connection.state.name, connection.state.reason], ["refused", "Because."]);
});

test("no answer over HTTP either: try again", async () => {
  const { env, connection } = connect();
  env.sockets[0].onclose({ code: 1006, reason: "" });
  await new Promise(setImmediate);
  assert.equal(connection.state.name, "reconnecting");
});

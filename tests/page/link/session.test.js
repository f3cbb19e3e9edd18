import assert from "node:assert/strict";
import { test } from "node:test";
import { accessOf } from "../../../static/link/credentials.js";
import { Session } from "../../../static/link/session.js";
import { makePatch } from "../support/patches.js";
import { VERSION } from "../../../static/link/wire.js";
import { itemOf } from "../support/lines.js";

const HELLO = {
  type: "hello",
  version: VERSION,
  plot: "run",
  options: { window: 30, style: "area" },
  clock: 1005,
  zwsnb: "1",
  edits: true,
};
const SERIES = { type: "series", series: [itemOf("loss", 0)] };
const VIEW = { type: "view", mode: "all", width: 800, paused: false };

const open = (...messages) => openAt("http://x/?token=t&plot=run", ...messages);

function openAt(page, ...messages) {
  const heard = [];
  const sockets = [];
  const env = {
    clock: 1000,
    open(address, protocols) {
      const sent = [];
      sockets.push({
        address,
        protocols,
        readyState: 1,
        sent,
        close() {},
        send: (text) => sent.push(JSON.parse(text)),
      });
      return sockets.at(-1);
    },
    timers: [],
    later: (action, milliseconds) => env.timers.push({ action, milliseconds }),
    now: () => env.clock,
    random: () => 0,
    reload: () => heard.push("reload"),
    fetch: async () => ({ status: 200, text: async () => "" }),
  };
  const memory = { get: () => null, set: () => {} };
  const tell = (name) => () => heard.push(name);
  const listener = {
    connected: tell("connected"),
    options: tell("options"),
    series: tell("series"),
    changed: tell("changed"),
    patched: tell("patched"),
    moved: (by) => heard.push(`moved by ${by}`),
    pictured: (id) => heard.push(`picture ${id}`),
  };
  const session = new Session(accessOf(page, memory), listener, env);
  session.start();
  const say = (message) =>
    sockets
      .at(-1)
      .onmessage({ data: message instanceof ArrayBuffer ? message : JSON.stringify(message) });
  messages.forEach(say);
  return {
    session,
    env,
    heard,
    say,
    sent: (type) => sockets.at(-1).sent.filter((one) => one.type === type),
    sockets,
  };
}

test("the greeting brings the options and asks for the clock", () => {
  const { session, heard, sent } = open(HELLO);
  assert.deepEqual(
    [session.plot, session.options.window, session.options.style, session.options.points],
    ["run", 30, "area", false],
  );
  assert.deepEqual(sent("clock"), [{ type: "clock", sent: 1000 }]);
  assert.ok(heard.includes("connected"));
});

test("a patch is acknowledged when it is painted, the newest of several once", () => {
  const { session, say, sent } = open(HELLO, SERIES);
  say(makePatch({ number: 1 }, [{ vertices: [1, 1], points: 1 }]));
  say(makePatch({ number: 2 }, [{ keep: 1, vertices: [2, 2], points: 2 }]));
  assert.deepEqual([sent("ack"), session.model.series[0].painted.points], [[], 0]);
  session.painted();
  session.painted();
  assert.deepEqual(
    [sent("ack"), session.model.series[0].painted.points],
    [[{ type: "ack", patch: 2 }], 2],
  );
});

/** A page that has painted a patch, and rests. */
function resting() {
  const page = open(HELLO, SERIES);
  page.say(makePatch({ number: 1, rest: 0.02 }, []));
  page.session.painted();
  return page;
}

test("a patch that asks for a rest is acknowledged after it", () => {
  const { env, sent } = resting();
  assert.deepEqual([sent("ack"), env.timers.map((timer) => timer.milliseconds)], [[], [20]]);
  env.timers[0].action();
  env.timers[0].action();
  assert.deepEqual(sent("ack"), [{ type: "ack", patch: 1 }]);
});

test("one acknowledgement stands for the patch that still rests", () => {
  const { session, env, say, sent } = resting();
  say(makePatch({ number: 2, rest: 0 }, []));
  session.painted();
  env.timers[0].action();
  assert.deepEqual(sent("ack"), [{ type: "ack", patch: 2 }]);
});

test("who looks elsewhere does not rest", () => {
  const { session, env, sockets } = resting();
  session.sendView(VIEW);
  env.timers[0].action();
  assert.deepEqual(sockets[0].sent.slice(-2), [{ type: "ack", patch: 1 }, VIEW]);
});

test("what rested over a new greeting is forgotten", () => {
  const { env, say, sent } = resting();
  say(HELLO);
  env.timers[0].action();
  assert.deepEqual(sent("ack"), []);
});

test("latency is measured on one clock", () => {
  const { session, env, say } = open(HELLO, SERIES);
  env.clock = 1000.02;
  say({ type: "clock", sent: 1000, clock: 1005.01 }); // so the relay is 5 s ahead
  say(makePatch({ time: 1005.03 }, []));
  env.clock = 1000.05;
  session.painted();
  assert.ok(Math.abs(session.latencies.median() - 20) < 1e-6);
});

test("a view is told once, and again to a new connection", () => {
  const { session, say, sent } = open(HELLO);
  session.sendView(VIEW);
  session.sendView({ ...VIEW });
  assert.deepEqual(sent("view"), [VIEW]);
  say(HELLO);
  session.sendView(VIEW);
  assert.equal(sent("view").length, 2);
});

test("nothing is told before the greeting", () => {
  const { session, sent } = open();
  session.sendView(VIEW);
  assert.deepEqual(sent("view"), []);
});

test("status and options are kept", () => {
  const { session } = open(
    HELLO,
    { type: "status", counts: { dropped: 3 }, notices: ["Full."] },
    { type: "options", options: { title: "T" } },
  );
  assert.deepEqual(
    [session.counts, session.notices, session.options.title],
    [{ dropped: 3 }, ["Full."], "T"],
  );
});

test("what nobody has said of the options is known until somebody does", () => {
  const { session, say } = open({ ...HELLO, options: { time: true }, guessed: ["time"] });
  assert.deepEqual([session.options.time, session.guessed], [true, ["time"]]);
  say({ type: "options", options: { time: false }, guessed: [] });
  assert.deepEqual([session.options.time, session.guessed], [false, []]);
  say({ type: "options", options: {} });
  assert.deepEqual(session.guessed, []);
});

test("marks come at the end and go at the front", () => {
  const mark = (x) => ({ x, text: `mark ${x}` });
  const { session, say } = open(HELLO, {
    type: "marks",
    first: 10,
    marks: [mark(1), mark(2), mark(3)],
  });
  const standing = () => session.marks.map(({ x }) => x);
  assert.deepEqual(standing(), [1, 2, 3]);
  say({ type: "marks", first: 12, marks: [mark(4)] });
  assert.deepEqual(standing(), [3, 4]);
  say({ type: "marks", first: 40, marks: [mark(9)] });
  assert.deepEqual(standing(), [9]);
  say(HELLO);
  assert.deepEqual(standing(), []);
});

test("how far loops are is shown as it comes, and forgotten with the connection", () => {
  const { session, heard, say } = open(HELLO);
  heard.length = 0;
  const bars = [{ text: "42 %", part: 0.42 }];
  const controls = [{ kind: "switch", name: "on", value: true }];
  say({ type: "controls", controls });
  assert.deepEqual(session.controls, controls);
  say({ type: "listens", to: ["cross"] });
  say({ type: "alerts", first: 3, alerts: [] });
  assert.deepEqual([session.listens, session.alerts.first], [["cross"], 3]);
  say({ type: "progress", bars });
  assert.deepEqual(session.progress, bars);
  assert.deepEqual(heard, Array(4).fill("changed"));
  say(HELLO);
  assert.deepEqual([session.progress, session.controls, session.listens], [[], [], []]);
});

test("of what a patch is is said before it, and what the trigger does when it changes", () => {
  const { session, heard, say } = open(HELLO, SERIES);
  say({ type: "trigger", state: "triggered" });
  assert.deepEqual([session.sweeps.state, heard.at(-1)], ["triggered", "changed"]);
  say({ type: "sweep", number: 3, x: 5, from: 4, to: 6, first: 1 });
  assert.equal(session.sweeps.current, null, "until the patch is there");
  say(makePatch({ fresh: true }, []));
  assert.equal(session.sweeps.current.number, 3);
  say(HELLO);
  assert.deepEqual([session.sweeps.current, session.sweeps.state], [null, ""]);
});

test("fewer sweeps that persist are fewer at once", () => {
  const { session, say } = open(HELLO, SERIES);
  for (const number of [1, 2, 3]) {
    say({ type: "options", options: { trigger: { persist: 2 } } });
    say({ type: "sweep", number, x: number, from: 0, to: 9, first: 1 });
    say(makePatch({ fresh: true }, []));
  }
  assert.equal(session.sweeps.earlier.length, 2);
  say({ type: "options", options: { trigger: { persist: 1 } } });
  assert.deepEqual(
    session.sweeps.earlier.map(({ number }) => number),
    [2],
  );
});

const BROKEN = [
  ["a patch that cannot be read", new ArrayBuffer(3)],
  ["a series that was not announced", makePatch({}, [{ id: 5 }])],
  ["more kept than there is", makePatch({}, [{ keep: 4 }])],
];
for (const [name, message] of BROKEN) {
  test(`${name}: begin anew, and say why`, (t) => {
    t.mock.method(console, "error", () => {});
    const { session } = open(HELLO, SERIES, message);
    assert.deepEqual(
      [session.connection.name, /cannot use/.test(session.connection.reason)],
      ["reconnecting", true],
    );
  });
}

test("a paused page can ask how many points there are", async () => {
  const { session, env } = open(HELLO);
  env.fetch = async () => ({
    status: 200,
    text: async () => '{"points": 9}',
  });
  await session.fetchPoints();
  assert.equal(session.announced, 9);
  env.fetch = async () => ({ status: 403, text: async () => "No." });
  await session.fetchPoints();
  assert.equal(session.announced, 9);
  env.fetch = async () => ({ status: 404, text: async () => "There is none." });
  await session.fetchPoints();
  assert.equal(session.announced, 0);
});

test("who has the address of a relay that has gone is not asked, for the question has the key", async () => {
  const { session, env, sockets } = open(HELLO);
  sockets[0].onopen();
  sockets[0].onclose({ code: 1006, reason: "" });
  env.fetch = async () => ({ status: 200, text: async () => '{"points": 9}' });
  await session.fetchPoints();
  assert.equal(session.announced, 0);
});

test("one question at a time: a kernel that runs a cell answers after it", async () => {
  const { session, env, say } = open(HELLO);
  let asked = 0;
  env.fetch = () => {
    asked += 1;
    return new Promise(() => {});
  };
  void session.fetchPoints();
  void session.fetchPoints();
  assert.equal(asked, 1);
  say(HELLO);
  void session.fetchPoints();
  assert.equal(asked, 2, "another connection asks again");
});

test("a picture that the relay asks for is the page's to draw", () => {
  const { heard, say } = open(HELLO);
  say({ type: "picture", id: 7 });
  assert.equal(heard.at(-1), "picture 7");
});

test("a ping is answered at once, with what is painted, and says the pace once more", () => {
  const { session, say, sent } = open(HELLO);
  say({ type: "ping", number: 7, open: true });
  assert.deepEqual(sent("pong"), [{ type: "pong", number: 7, patch: 0 }]);
  assert.equal(session.openLoop, true);
  say({ type: "ping", number: 8, open: false });
  assert.equal(session.openLoop, false);
});

test("that the relay does not hear for a while is known until it greets again", () => {
  const { session, heard, say } = open(HELLO);
  heard.length = 0;
  say({ type: "pace", open: true });
  assert.deepEqual([session.openLoop, heard], [true, ["changed"]]);
  say({ type: "pace", open: false });
  assert.equal(session.openLoop, false);
  say({ type: "pace", open: true });
  say(HELLO);
  assert.equal(session.openLoop, false);
});

test("a relay that does not hear is sent no acknowledgements, but the last one when it does", () => {
  const { session, env, say, sent } = open(HELLO, SERIES, { type: "pace", open: true });
  const clocks = sent("clock").length;
  for (const number of [1, 2, 3]) {
    say(makePatch({ number }, []));
    session.painted();
  }
  env.clock += 11;
  session.check();
  assert.deepEqual([sent("ack"), sent("clock").length], [[], clocks]);
  say({ type: "pace", open: false });
  assert.deepEqual(sent("ack"), [{ type: "ack", patch: 3 }]);
  say(makePatch({ number: 4 }, []));
  session.painted();
  assert.equal(sent("ack").at(-1).patch, 4);
});

test("the end is said in a message, for a proxy hands no close code on", () => {
  const { session, say, sockets } = open(HELLO);
  say({ type: "end", reason: "The plot was closed." });
  sockets[0].onclose({ code: 1005, reason: "" });
  assert.deepEqual(
    [session.connection.name, session.connection.reason],
    ["ended", "The plot was closed."],
  );
});

test("a page that has claimed an editor opens its next connection with it", () => {
  const page = "http://x/user/proxy/8000/?plot=run&ticket=t&claim=c";
  const { session, sockets, env, say } = openAt(page, { ...HELLO, editor: "e" });
  assert.deepEqual(sockets[0].protocols, ["zwsnb", "ticket.t", "claim.c"]);
  assert.deepEqual([session.edits, session.access.proxy], [true, "x/user/proxy/8000/"]);
  sockets[0].onopen();
  sockets[0].onclose({ code: 1006, reason: "" });
  env.timers.at(-1).action();
  assert.deepEqual(sockets[1].protocols, ["zwsnb", "ticket.e"]);
  say({ ...HELLO, edits: false });
  assert.equal(session.edits, false);
});

test("a session that is closed hears nothing, and opens no other connection", () => {
  const { session, sockets, env, say } = open(HELLO);
  session.close();
  say(SERIES);
  for (const { action } of env.timers) action();
  assert.deepEqual([session.model.series, sockets.length], [[], 1]);
});

test("a message of tomorrow is passed over", () =>
  assert.equal(open(HELLO, { type: "tomorrow" }).session.connection.name, "live"));

test("another version: one reload, nothing said", () => {
  const { heard, sent, session } = open({ ...HELLO, version: VERSION - 1 });
  assert.deepEqual(
    [heard.includes("reload"), sent("clock"), session.connection.name],
    [true, [], "refused"],
  );
});

test("silence is asked about, said, and in the end given up", () => {
  const { session, env, say, sent } = open(HELLO);
  env.clock += 2.5;
  session.check();
  assert.deepEqual([sent("clock").length, session.silence], [2, 0]);
  env.clock += 2.4;
  session.check();
  assert.equal(Math.round(10 * session.silence), 49);
  say({ type: "clock", sent: 1002.5, clock: 1 });
  assert.equal(session.silence, 0);
  env.clock += 41;
  session.check();
  assert.deepEqual([session.connection.name, sent("clock").length], ["live", 4], "first of all");
  env.clock += 2.5;
  session.check();
  assert.deepEqual([session.connection.name, session.silence], ["reconnecting", 0]);
});

test("what is here stays where it is, though times are counted from elsewhere", () => {
  const { session, heard, say } = open({ ...HELLO, options: { time: true, tz: "Asia/Tokyo" } });
  assert.equal(session.zone.origin, 0);
  say({ type: "marks", first: 0, marks: [{ x: 86401, text: "m" }] });
  say({ type: "options", options: { time: true, tz: "Asia/Tokyo" }, origin: 86400 });
  assert.deepEqual(
    [session.zone.origin, session.zone.name, session.marks],
    [86400, "Asia/Tokyo", [{ x: 1, text: "m" }]],
  );
  assert.equal(heard.includes("moved by -86400"), true);
  say({ type: "options", options: {} });
  assert.deepEqual([session.zone.origin, session.marks[0].x], [0, 86401]);
});

test("a page that is a file asks for no word of a relay", () => {
  const { session, env, sockets } = open(HELLO);
  session.access.saved = { at: 1, points: 1, isWhole: true };
  env.clock += 1000;
  session.check();
  assert.equal(session.connection.name, "live");
  assert.deepEqual(sockets[0].sent.filter(({ type }) => type === "clock").slice(1), []);
});

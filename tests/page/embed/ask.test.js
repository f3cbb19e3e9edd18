import assert from "node:assert/strict";
import { test } from "node:test";
import "../support/dom.js";
import { askAt, PATIENCE } from "../../../static/embed/ask.js";
import { answerAt, fakeEnv, KEY, plain } from "../support/embed.js";

const OUTPUT = { ask: "question", key: KEY };
const OWN = { address: `${location.origin}/proxy/4000/` };
const OTHER = { address: "http://127.0.0.1:4000/" };

/** The outcome at a place whose socket and HTTP answer so. */
async function outcome(place, { message, status, text = "", opaque = false, ledTo = "" }) {
  const env = fakeEnv({ status, text, opaque, ledTo });
  const asked = askAt(place, OUTPUT, env);
  const [socket] = env.sockets;
  if (message !== undefined) socket.onmessage({ data: message(socket.address) });
  socket.onclose({});
  return { ...(await asked), env };
}

const CASES = [
  ["the service's answer", OWN, { message: answerAt }, "found", /^$/],
  [
    "its refusal",
    OWN,
    { message: (address) => `${answerAt(address)} Add both.` },
    "blocked",
    /^refuses: Add both\.$/,
  ],
  [
    "another's message",
    OWN,
    { message: (address) => `${answerAt(address)}0` },
    "other",
    /another program/,
  ],
  [
    "a question sent back",
    OWN,
    { message: (address) => new URL(address).searchParams.get("point") },
    "other",
    /another program/,
  ],
  ["no socket, the right text", OWN, { status: 200, text: answerAt }, "blocked", /no WebSocket/],
  ["another's page", OWN, { status: 200, text: "<html>" }, "other", /another program .*200/],
  ["a refusal by HTTP", OWN, { status: 403, text: "No." }, "other", /403/],
  ["a login", OWN, { status: 200, ledTo: "/login" }, "led", /^leads to \/login$/],
  ["Voila's own", OWN, { status: 403, ledTo: "/voila/files/x" }, "led", /^leads to \/voila/],
  ["no such address", OWN, { status: 404 }, "absent", /404/],
  ["a proxy that reaches nothing", OWN, { status: 599 }, "unreached", /599/],
  ["nothing at all", OWN, { status: 0 }, "refused", /does not answer/],
  ["nothing at another origin", OTHER, { status: 0 }, "refused", /does not answer/],
  ["something at another origin", OTHER, { status: 200, opaque: true }, "other", /not this kernel/],
];
for (const [what, place, found, expected, says] of CASES)
  test(`${what}: ${expected}`, async () => {
    const { what: kind, says: said } = await outcome(place, found);
    assert.equal(kind, expected);
    assert.match(said, says);
  });

test("only the question is told, and only what is of the same origin is read", async () => {
  const own = await outcome(OWN, { status: 404 });
  const other = await outcome(OTHER, { status: 200, opaque: true });
  assert.deepEqual(
    [own, other].map(({ env }) => [
      plain(env.sockets[0].address),
      [plain(env.fetched[0][0]), env.fetched[0][1]],
    ]),
    [
      [
        `${OWN.address.replace("http", "ws")}alive?ask=question`,
        [`${OWN.address}alive?ask=question`, "same-origin"],
      ],
      ["ws://127.0.0.1:4000/alive?ask=question", [`${OTHER.address}alive?ask=question`, "no-cors"]],
    ],
  );
});

test("what another was answered before is not the answer", async () => {
  const [before, now] = [fakeEnv({}), fakeEnv({})];
  void askAt(OWN, OUTPUT, before);
  const asked = askAt(OWN, OUTPUT, now);
  now.sockets[0].onmessage({ data: answerAt(before.sockets[0].address) });
  assert.equal((await asked).what, "other");
});

test("a place that says nothing is given up, and its socket closed", async () => {
  const env = fakeEnv({});
  const asked = askAt(OWN, OUTPUT, env);
  env.pass(PATIENCE);
  assert.equal((await asked).what, "silent");
  assert.equal(env.sockets[0].closed, true);
});

test("a page that may not open a socket there asks by HTTP", async () => {
  const env = fakeEnv({ status: 0 });
  env.open = () => {
    throw new Error("An insecure WebSocket may not be opened from a page of https.");
  };
  assert.equal((await askAt(OTHER, OUTPUT, env)).what, "refused");
});

test("an answer whose text breaks off is another's", async () => {
  const env = fakeEnv({});
  env.fetch = async () => ({ status: 200, text: () => Promise.reject(new Error("reset")) });
  const asked = askAt(OWN, OUTPUT, env);
  env.sockets[0].onclose({});
  assert.equal((await asked).what, "other");
});

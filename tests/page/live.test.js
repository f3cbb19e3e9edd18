import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { document } from "./support/dom.js";
import { show } from "../../static/live.js";
import { PATIENCE } from "../../static/embed/ask.js";
import { answerAt, beginFrame, fakeEnv, KEY, plain, settled } from "./support/embed.js";

const OUTPUT = {
  plot: "loss",
  base: "http://127.0.0.1:4000",
  query: "plot=loss&ticket=t",
  ask: "question",
  key: KEY,
  height: 200,
};

beforeEach(() => {
  Object.defineProperty(globalThis, "origin", { value: location.origin, configurable: true });
  document.head.querySelector("#jupyter-config-data")?.remove();
});

/** A page of Jupyter's. */
function beNotebook() {
  const data = document.createElement("script");
  data.id = "jupyter-config-data";
  data.type = "application/json";
  data.textContent = '{"baseUrl": "/hub/"}';
  document.head.append(data);
}

/** An output in a notebook, as it is shown. */
function shown(env, output = {}) {
  const child = document.createElement("div");
  child.className = "jp-OutputArea-child";
  const element = document.createElement("div");
  child.append(element);
  void show(element, { ...OUTPUT, ...output }, env);
  return { child, element, frames: () => [...element.querySelectorAll("iframe")] };
}

test("where the service proves itself its page is shown", async () => {
  beNotebook();
  const env = fakeEnv();
  const { child, frames } = shown(env);
  assert.deepEqual(
    [plain(env.sockets[0].address), frames()],
    ["ws://relay.test/hub/proxy/4000/alive?ask=question", []],
  );
  env.sockets[0].onmessage({ data: answerAt(env.sockets[0].address) });
  await settled();
  const address = "http://relay.test/hub/proxy/4000/?plot=loss&ticket=t";
  assert.deepEqual(frames().map(beginFrame), [[address]]);
  assert.equal(child.className, "jp-OutputArea-child");
});

test("a picture behind it is hidden", async () => {
  beNotebook();
  const env = fakeEnv();
  const { child } = shown(env, { picture: true });
  env.sockets[0].onmessage({ data: answerAt(env.sockets[0].address) });
  await settled();
  assert.equal(child.classList.contains("zwsnb-live"), true);
});

/** An output in a notebook, and what the place that it has asked last says. */
function shownNearAnother() {
  beNotebook();
  const env = fakeEnv({ status: 200, text: "I am another." });
  const answered = async (data) => {
    env.sockets.at(-1).onmessage({ data });
    await settled();
  };
  const proved = () => answered(answerAt(env.sockets.at(-1).address));
  return { env, answered, proved, ...shown(env) };
}

test("another program is neither shown nor told the ticket", async () => {
  const { env, answered, element, frames } = shownNearAnother();
  await answered("I am another.");
  assert.deepEqual(frames(), []);
  assert.match(element.textContent, /^No live plot.* “loss”: .* is another program\. /);
  const told = [...env.sockets.map(({ address }) => address), ...env.fetched.flat()].join();
  assert.equal(told.includes("ticket"), false);
});

test("one whose output is moved is shown when the service has proved itself once more", async () => {
  const { answered, proved, element, frames } = shownNearAnother();
  await proved();
  const [frame] = frames();
  beginFrame(frame);
  assert.deepEqual(beginFrame(frame), []);
  await proved();
  const [next, ...more] = frames();
  assert.deepEqual([next === frame, more], [false, []]);
  beginFrame(next);
  beginFrame(next);
  await answered("I am another.");
  assert.deepEqual(frames(), []);
  assert.match(element.textContent, /is another program/);
});

test("a click tries again, and what is found then takes the line's place", async () => {
  beNotebook();
  const env = fakeEnv({ status: 404 });
  const { element, frames } = shown(env);
  env.sockets[0].onclose({});
  await settled();
  element.querySelector("button").click();
  env.sockets[1].onmessage({ data: answerAt(env.sockets[1].address) });
  await settled();
  assert.deepEqual([frames().length, element.textContent], [1, ""]);
});

test("a kernel that is too busy to answer is asked again, one that refuses is not", async () => {
  beNotebook();
  const env = fakeEnv({ status: 404 });
  const { frames } = shown(env);
  env.pass(PATIENCE);
  await settled();
  env.pass(2000);
  assert.equal(env.sockets.length, 2);
  env.sockets[1].onclose({});
  await settled();
  env.pass(60_000);
  assert.equal(env.sockets.length, 2);
  assert.deepEqual(frames(), []);
});

test("a search that a click has overtaken shows nothing", async () => {
  beNotebook();
  const env = fakeEnv();
  const { element, frames } = shown(env);
  env.pass(PATIENCE);
  await settled();
  element.querySelector("button").click();
  env.sockets[1].onmessage({ data: answerAt(env.sockets[1].address) });
  await settled();
  env.pass(2000);
  assert.deepEqual([env.sockets.length, frames().length], [2, 1]);
});

test("an exported page says nothing, one of an unknown host that it knows no way", async () => {
  const env = fakeEnv();
  document.body.className = "jp-Notebook";
  const { element } = shown(env);
  await settled();
  assert.deepEqual([env.sockets, element.childNodes.length], [[], 0]);
  document.body.className = "";
  const other = shown(env);
  await settled();
  assert.match(other.element.textContent, /knows no way to the kernel\. ZWSNB_PROXY_URL sets one/);
});

test("a sandbox, in which a notebook is printed, asks nothing", async () => {
  beNotebook();
  Object.defineProperty(globalThis, "origin", { value: "null", configurable: true });
  const env = fakeEnv();
  shown(env);
  await settled();
  assert.deepEqual(env.sockets, []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { document, send } from "../support/dom.js";
import { explain, sentence } from "../../../static/embed/explain.js";

const DIRECT = { kind: "direct", name: "127.0.0.1:4000" };
const PROXY = { kind: "proxy", name: "/user/ann/proxy/4000/" };
const TEMPLATE = { kind: "template", name: "https://t.test/4000/" };
const tried = (place, what, says) => ({ place, what, says });
const REFUSED = tried(DIRECT, "refused", "does not answer");
const ABSENT = tried(PROXY, "absent", "answers 404");

// what was tried, the template, how the line ends, and whether it is Voila's
const CASES = [
  [[ABSENT], undefined, '`pip install "zwsnb[jupyter]"` where the Jupyter server runs'],
  [[REFUSED, ABSENT], undefined, "if it is on another machine: `pip install"],
  [[REFUSED, tried(PROXY, "unreached", "answers 500")], undefined, "run the cell again."],
  [[tried(PROXY, "other", "is another program")], undefined, "run the cell again."],
  [[tried(PROXY, "blocked", "lets no WebSocket through")], undefined, "must let WebSockets"],
  [[tried(TEMPLATE, "refused", "does not answer")], "https://t.test/{port}/", "The way is set to"],
  [[tried(DIRECT, "silent", "has not answered"), ABSENT], undefined, "too busy to answer"],
  [[REFUSED, ABSENT], undefined, "at /voila/render/: `pip install", true],
  [[tried(PROXY, "led", "leads to /a")], undefined, "load this page anew.", true],
  [[tried(PROXY, "led", "leads to /login")], undefined, "may want you to log in"],
  [[tried(PROXY, "silent", "has not answered")], undefined, "too busy to answer", true],
  [[], undefined, "ZWSNB_PROXY_URL sets one"],
];
for (const [found, template, mends, voila] of CASES)
  test(`${found.map((one) => one.what)}: ${mends}`, () => {
    const text = sentence({ plot: "loss", template, voila }, found);
    assert.ok(text.startsWith(" “loss”: "), text);
    assert.ok(text.includes(mends), text);
    for (const { place, says } of found) assert.ok(text.includes(`${place.name} ${says}`), text);
  });

test("what is to be copied is code, names are text, and a click tries again", () => {
  const retried = [];
  const line = explain({ plot: "<b>" }, [ABSENT], () => retried.push(1));
  assert.equal(line.querySelector("code").textContent, 'pip install "zwsnb[jupyter]"');
  assert.equal(line.querySelector("b"), null);
  assert.equal(line.querySelector(".zwsnb-none").textContent, "No live plot");
  assert.match(line.querySelector(".zwsnb-lower").textContent, /^By the notebook’s own connection/);
  send(line.querySelector("button"), "click");
  assert.deepEqual(retried, [1]);
  assert.ok(document.getElementById("zwsnb-style"));
});

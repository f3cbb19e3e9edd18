import assert from "node:assert/strict";
import { test } from "node:test";
import { document } from "../support/dom.js";
import { makeShell, ShellHeight } from "../../../static/comm/shell.js";

const PAGE =
  '<html><head><title>x</title></head><body class="page"><h1 id="title"></h1></body></html>';

/** A shell in an output, with what it adopts. */
function shellOf(styles = ".page { color: red }") {
  const el = document.createElement("div");
  document.body.append(el);
  const { host, root } = makeShell(el, PAGE, styles);
  return { el, host, root, shadow: host.shadowRoot };
}

test("the body of the page is in a shadow root that can be looked into", () => {
  const { el, host, root, shadow } = shellOf();
  assert.deepEqual([el.firstChild, root.getRootNode(), root.className], [host, shadow, "page"]);
  assert.equal(root.innerHTML, '<h1 id="title"></h1>');
  assert.ok(shadow.querySelector(".page #title"));
});

test("the notebook's commands and styles end at its host", () => {
  const { host } = shellOf();
  assert.equal(host.hasAttribute("data-lm-suppress-shortcuts"), true);
  for (const [name, value] of [
    ["all", "initial"],
    ["display", "block"],
    ["direction", "ltr"],
  ])
    assert.deepEqual(
      [host.style.getPropertyValue(name), host.style.getPropertyPriority(name)],
      [value, "important"],
    );
});

/** A height, and what the host has then. */
function heightOf(whole, begin, most) {
  const { host } = shellOf();
  const height = new ShellHeight(host, whole, begin, most);
  return { height, now: () => host.style.getPropertyValue("height") };
}

test("it is as high as it is told, whatever its page takes", () => {
  const { height, now } = heightOf(320);
  height.ask({ bare: 20, panels: 0 });
  assert.equal(now(), "320px");
  height.setWhole(150);
  assert.equal(now(), "150px");
});

test("one that begins small grows as its page asks, never shrinks, and with points has all", () => {
  const { height, now } = heightOf(320, 40);
  const seen = [now()];
  for (const pixels of [73, 43]) {
    height.ask({ bare: pixels, panels: 0 });
    seen.push(now());
  }
  height.setWhole(300);
  seen.push(now());
  for (const pixels of [null, 43]) {
    height.ask({ bare: pixels, panels: 0 });
    seen.push(now());
  }
  assert.deepEqual(seen, ["40px", "73px", "73px", "73px", "300px", "300px"]);
});

test("one whose height nobody has said has room for its panels, up to a bound", () => {
  const { height, now } = heightOf(360, 360, 900);
  const seen = [564, 420, 2000].map((panels) => {
    height.ask({ bare: null, panels });
    return now();
  });
  height.setWhole(300);
  assert.deepEqual([...seen, now()], ["564px", "564px", "900px", "300px"]);
});

test("one style sheet serves all shells of a document", () => {
  const [one, other] = [shellOf(), shellOf()];
  assert.equal(one.shadow.adoptedStyleSheets.length, 1);
  assert.equal(one.shadow.adoptedStyleSheets[0], other.shadow.adoptedStyleSheets[0]);
  assert.match(one.shadow.adoptedStyleSheets[0].cssRules[0].cssText, /color: red/);
});

test("a browser that constructs none has the styles in each", (t) => {
  t.mock.method(globalThis.ShadowRoot.prototype, "append", globalThis.ShadowRoot.prototype.append);
  Object.defineProperty(globalThis.ShadowRoot.prototype, "adoptedStyleSheets", {
    configurable: true,
    set() {
      throw new Error("NotAllowedError");
    },
  });
  const { shadow } = shellOf(".page { color: blue }");
  delete globalThis.ShadowRoot.prototype.adoptedStyleSheets;
  assert.equal(shadow.querySelector("style").textContent, ".page { color: blue }");
});

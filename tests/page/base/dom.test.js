import assert from "node:assert/strict";
import { test } from "node:test";
import { document, showPage } from "../support/dom.js";
import { byId, focusedBeside, make, setText, setTitle } from "../../../static/base/dom.js";

test("an element has its class and its children, in order", () => {
  const element = make("p", "note", document.createTextNode("a"), make("b", ""));
  assert.equal(element.outerHTML, '<p class="note">a<b class=""></b></p>');
});

test("a text is a text, whatever it looks like", () => {
  const element = make("p", "");
  setText(element, "<b>&amp;</b>");
  assert.deepEqual([element.textContent, element.childElementCount], ["<b>&amp;</b>", 0]);
});

test("a text that is there already is not touched", () => {
  const element = make("p", "", document.createTextNode("same"));
  const { firstChild } = element;
  setText(element, "same");
  assert.equal(element.firstChild, firstChild);
  setText(element, "other");
  assert.notEqual(element.firstChild, firstChild);
});

test("nor is a title", () => {
  const written = [];
  const element = {
    get title() {
      return "same";
    },
    set title(text) {
      written.push(text);
    },
  };
  setTitle(element, "same");
  setTitle(element, "other");
  assert.deepEqual(written, ["other"]);
});

test("what index.html lacks is an error that names it", () => {
  showPage("index.html");
  assert.equal(byId(document, "plot").getAttribute("role"), "application");
  assert.throws(() => byId(document, "nothing"), { message: "index.html has no #nothing" });
});

test("what has the focus is known in a shadow root too, of which a document sees the host", () => {
  const host = document.createElement("div");
  const button = document.createElement("button");
  document.body.append(host);
  host.attachShadow({ mode: "open" }).append(button);
  button.focus();
  assert.equal(focusedBeside(button), button);
  assert.equal(focusedBeside(document.createElement("p")), null);
});

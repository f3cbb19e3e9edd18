import assert from "node:assert/strict";
import { test } from "node:test";
import { document, press, send } from "../support/dom.js";
import { PlotCard } from "../../../static/plots/plot_card.js";

const ADDRESS = "http://relay.test/hub/?token=secret&plot=run";

function cardOf(name = "run", isKey = () => true) {
  const told = [];
  const card = new PlotCard(name, ADDRESS, {
    dragged: (one, x, y) => told.push(["dragged", one.name, x, y]),
    keyed(one, key) {
      told.push(["keyed", one.name, key]);
      return isKey(key);
    },
  });
  document.body.replaceChildren(card.element);
  return { card, told, handle: card.element.querySelector(".handle") };
}
const isHeld = ({ element }) => element.classList.contains("held");

test("a page that was never in sight is loaded when its service is there alone", () => {
  const card = new PlotCard("run", "http://relay.test/?plot=run", {});
  const frame = card.element.querySelector("iframe");
  const src = () => frame.getAttribute("src");
  card.mayLoad(false);
  assert.equal(src(), null);
  send(frame, "load"); // of an empty page
  card.mayLoad(true);
  assert.equal(src(), "http://relay.test/?plot=run");
  send(frame, "load");
  card.mayLoad(false);
  assert.equal(src(), "http://relay.test/?plot=run", "it stays as it is");
});

test("a card has the plot's page in a frame, and a way to its own tab", () => {
  const { card } = cardOf("<run>");
  const [frame, link] = ["iframe", "a"].map((tag) => card.element.querySelector(tag));
  assert.deepEqual(
    [frame.title, frame.getAttribute("src"), frame.allow],
    ["Plot <run>", ADDRESS, "fullscreen; clipboard-write"],
  );
  assert.deepEqual([frame.loading, frame.name], ["lazy", "zwsnb-card"]);
  assert.deepEqual(
    [link.target, link.rel, link.getAttribute("aria-label")],
    ["_blank", "noopener", "Open <run> in its own tab"],
  );
});

test("the way to its own tab has the key while it is used, and not on paper", async () => {
  const link = cardOf().card.element.querySelector("a");
  const used = ["pointerdown", "pointerleave", "contextmenu", "blur", "keydown", "click"];
  const hrefs = used.map((type) => {
    send(link, type);
    return link.href;
  });
  const bare = ADDRESS.replace("token=secret&", "");
  assert.deepEqual(hrefs, [ADDRESS, bare, ADDRESS, bare, bare, ADDRESS]);
  await new Promise((done) => setTimeout(done));
  assert.equal(link.href, bare, "it was followed, and may keep the focus");
  assert.equal(cardOf().card.element.querySelector("a").href, bare);
});

test("its title is a text", () => {
  const { card, handle } = cardOf();
  card.setTitle("run: <b>loss</b>");
  assert.deepEqual([handle.textContent, handle.childElementCount], ["run: <b>loss</b>", 0]);
});

test("it is dragged while its handle is held", () => {
  const { card, told, handle } = cardOf();
  const move = (clientX) => send(handle, "pointermove", { pointerId: 1, clientX, clientY: 7 });
  move(1);
  send(handle, "pointerdown", { pointerId: 1, button: 0 });
  assert.equal(isHeld(card), true);
  move(2);
  handle.releasePointerCapture(1);
  move(3);
  assert.deepEqual([told, isHeld(card)], [[["dragged", "run", 2, 7]], false]);
});

test("only the first button holds it", () => {
  const { card, handle } = cardOf();
  send(handle, "pointerdown", { pointerId: 2, button: 2 });
  assert.equal(isHeld(card), false);
});

test("a key that means something does nothing else", () => {
  const { told, handle } = cardOf("run", (key) => key === "ArrowLeft");
  const prevented = ["ArrowLeft", "a"].map((key) => press(handle, key).defaultPrevented);
  assert.deepEqual(prevented, [true, false]);
  assert.deepEqual(told, [
    ["keyed", "run", "ArrowLeft"],
    ["keyed", "run", "a"],
  ]);
});

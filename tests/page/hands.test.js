import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, paint, press, send } from "./support/dom.js";
import { pageOf, POINTS, spotOf } from "./support/page.js";
import { plain } from "./support/text.js";

const state = () => plain(byId("status").querySelector(".state").textContent);

test("a wheel looks closer, the relay is asked, and how long it takes is measured", (t) => {
  const { socket, stats } = pageOf(t);
  const before = socket.of("view").length;
  send(byId("plot"), "wheel", { ...spotOf(stats(), 5, 2), deltaX: 0, deltaY: -500, deltaMode: 0 });
  paint();
  const { view } = stats();
  assert.deepEqual([view.mode, view.live], ["range", false]);
  assert.ok(view.from > 1 && view.to < 9, `${view.from} to ${view.to}`);
  assert.equal(socket.of("view").length, before + 1);
  assert.equal(state(), "looking back");
  socket.publish(POINTS, { number: 2 });
  paint();
  assert.equal(stats().refinements, 1);
  assert.ok(stats().refineMs >= 0);
});

test("buttons and keys lead back to live, to everything, and pause", (t) => {
  const { socket, stats } = pageOf(t);
  send(byId("pause"), "click");
  assert.deepEqual([stats().state, byId("pause").textContent], ["paused", "Resume"]);
  press(document.body, " ");
  assert.equal(stats().view.paused, false);
  press(document.body, "+");
  assert.equal(stats().view.live, false);
  send(byId("live"), "click");
  assert.equal(stats().view.live, true);
  press(document.body, "+");
  send(byId("everything"), "click");
  assert.equal(stats().view.mode, "all");
  press(document.body, "?");
  assert.equal(byId("help").open, true);
  assert.ok(socket.of("view").length > 3);
});

test("a button follows again, with the window as it was", (t) => {
  const { stats } = pageOf(t, { options: { window: 5 } });
  send(byId("everything"), "click");
  assert.deepEqual([stats().view.mode, byId("follow").hidden], ["all", false]);
  send(byId("follow"), "click");
  const { mode, window } = stats().view;
  assert.deepEqual([mode, window, byId("follow").hidden], ["follow", 5, true]);
});

test("the pointer reads values, two clicks measure, Escape forgets", (t) => {
  const { socket, stats } = pageOf(t);
  const at = (x, y) => ({ ...spotOf(stats(), x, y), pointerId: 1, isPrimary: true, button: 0 });
  const click = (x, y) => {
    for (const type of ["pointermove", "pointerdown", "pointerup", "click"])
      send(byId("plot"), type, { ...at(x, y), detail: 1 });
    paint();
  };
  click(0, 1);
  assert.equal(stats().crosshair.x, 0);
  click(5, 3);
  assert.deepEqual(stats().selection, { from: 0, to: 5 });
  const [read] = socket.of("read");
  socket.say({ ...read, points: [{ id: 0, x: 0, y: 1.25, exact: true }] });
  assert.equal(socket.of("measure").length, 1);
  press(document.body, "Escape");
  paint();
  assert.deepEqual([stats().selection, stats().view.live], [null, true]);
});

test("keys move a crosshair, out of what is seen the view goes along", (t) => {
  const { stats } = pageOf(t);
  press(document.body, "0");
  for (let i = 0; i < 3; i++) press(document.body, "+");
  paint();
  press(document.body, "c");
  paint();
  assert.equal(stats().crosshair.keyed, true);
  const { from } = stats().view;
  for (let i = 0; i < 3; i++) {
    press(document.body, "ArrowLeft");
    paint();
  }
  assert.ok(stats().view.from < from);
});

test("a box is looked at, and a fixed y moves with the hand", (t) => {
  const { stats } = pageOf(t);
  const hand = (type, x, y, more) =>
    send(byId("plot"), type, {
      ...spotOf(stats(), x, y),
      pointerId: 1,
      isPrimary: true,
      button: 0,
      ...more,
    });
  hand("pointerdown", 2, 2.5, { shiftKey: true });
  hand("pointermove", 8, 1.5);
  paint();
  assert.ok(stats().drawn.width > 10);
  hand("pointerup", 8, 1.5);
  const { fixed, from, to } = stats().view;
  assert.deepEqual([fixed, Math.round(from), Math.round(to)], [["0:left"], 2, 8]);
});

test("in a notebook the first click takes the wheel only, the next ones mark", (t) => {
  const { stats } = pageOf(t, { embedded: true });
  const click = (detail) => {
    const at = { ...spotOf(stats(), 5, 3), pointerId: 1, isPrimary: true, button: 0 };
    for (const type of ["pointerdown", "pointerup", "click"])
      send(byId("plot"), type, { ...at, detail });
    paint();
  };
  click(1);
  assert.deepEqual([stats().marks.a, stats().crosshair.x], [null, 5]);
  click(1);
  assert.equal(stats().marks.a.x, 5);
});

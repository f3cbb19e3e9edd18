import assert from "node:assert/strict";
import { test } from "node:test";
import { Scroll } from "../../../static/view/scroll.js";

test("between points that come regularly the edge moves evenly", () => {
  const glide = new Scroll();
  const edges = [];
  for (let frame = 0; frame < 120; frame++)
    edges.push(glide.edge(Math.floor(frame / 6), frame / 60)); // 10 Hz, seen at 60 Hz
  const steps = edges.slice(60).map((edge, i) => edge - edges[59 + i]);
  for (const step of steps) assert.ok(Math.abs(step - 1 / 6) < 0.02, `a step of ${step}`);
});

test("it never goes back, nor farther ahead than one interval", () => {
  const glide = new Scroll();
  let [last, newest] = [-Infinity, 0];
  for (let frame = 0; frame < 600; frame++) {
    if ((frame * 7919) % 11 < 2) newest += 1;
    const edge = glide.edge(newest, frame / 60);
    assert.ok(edge >= last && edge <= newest + 3, `${edge} after ${last}, newest ${newest}`);
    last = edge;
  }
});

test("it stands still when the points do", () => {
  const glide = new Scroll();
  for (let i = 0; i < 10; i++) glide.edge(i, i / 10);
  assert.equal(glide.isMoving(0.95), true);
  assert.equal(glide.isMoving(1.2), false);
  assert.equal(glide.edge(9, 5), glide.edge(9, 50));
});

test("after a break, or back in time, it starts from the newest point", () => {
  const glide = new Scroll();
  for (let i = 0; i < 10; i++) glide.edge(i, i / 10);
  assert.equal(glide.edge(1000, 60), 1000);
  assert.equal(glide.edge(5, 60.1), 5);
});

test("from one end of doubles to the other it has no speed", () => {
  const glide = new Scroll();
  glide.edge(-1.7e308, 0);
  assert.equal(glide.edge(1.7e308, 0.1), 1.7e308);
  assert.equal(glide.isMoving(0.15), false);
});

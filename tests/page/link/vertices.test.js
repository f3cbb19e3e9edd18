import assert from "node:assert/strict";
import { test } from "node:test";
import { Vertices } from "../../../static/link/vertices.js";

const flat = (...values) => Float64Array.from(values);
const filled = (...values) => {
  const vertices = new Vertices(2);
  vertices.apply(0, 0, flat(...values));
  return vertices;
};

const STEPS = [
  ["append", 0, 2, [5, 6], [1, 2, 3, 4, 5, 6]],
  ["drop at the front", 1, 1, [], [3, 4]],
  ["what is behind keep goes", 0, 1, [9, 9], [1, 2, 9, 9]],
  ["drop, keep, append", 1, 1, [5, 6], [3, 4, 5, 6]],
  ["all new", 2, 0, [7, 8], [7, 8]],
  ["nothing", 0, 2, [], [1, 2, 3, 4]],
];
for (const [name, drop, keep, appended, expected] of STEPS) {
  test(`of (1, 2), (3, 4): ${name}`, () => {
    const vertices = filled(1, 2, 3, 4);
    vertices.apply(drop, keep, flat(...appended));
    assert.deepEqual([...vertices.view()], expected);
    assert.equal(vertices.count, expected.length / 2);
  });
}

test("all x move, and what is dropped does not matter", () => {
  const vertices = filled(1, 2, 3, 4, 5, 6);
  vertices.apply(1, 2, flat());
  vertices.move(10);
  assert.deepEqual([...vertices.view()], [13, 4, 15, 6]);
});

test("more than there is cannot be kept", () => {
  assert.throws(
    () => filled(1, 2, 3, 4).apply(1, 2, flat()),
    /drop 1 and keep 2: there are 2 vertices/,
  );
});

test("the view stays the same object until something changes", () => {
  const vertices = filled(1, 2);
  assert.equal(vertices.view(), vertices.view());
  const before = vertices.view();
  vertices.apply(0, 1, flat(3, 4));
  assert.notEqual(vertices.view(), before);
});

test("a long following window equals the slow obvious way, in bounded room", () => {
  const vertices = new Vertices(4);
  let expected = [];
  for (let i = 0; i < 5000; i++) {
    const appended = Array.from({ length: 2 * (i % 7) }, (_, j) => i + j / 100);
    const drop = Math.min(expected.length / 2, i < 50 ? 0 : i % 7);
    const keep = Math.max(0, expected.length / 2 - drop - (i % 3));
    vertices.apply(drop, keep, flat(...appended));
    expected = [...expected.slice(2 * drop, 2 * (drop + keep)), ...appended];
    assert.deepEqual([...vertices.view()], expected);
  }
  assert.ok(vertices.view().buffer.byteLength <= 64 * 1024);
});

test("clearing keeps the room", () => {
  const vertices = filled(1, 2, 3, 4);
  const { buffer } = vertices.view();
  vertices.clear();
  vertices.apply(0, 0, flat(5, 6));
  assert.equal(vertices.view().buffer, buffer);
});

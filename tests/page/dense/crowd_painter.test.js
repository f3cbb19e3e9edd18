import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeContext } from "../support/canvas.js";
import { flat, lineOf } from "../support/lines.js";
import "../support/dom.js";
import { recorded } from "../../../static/base/recorded.js";
import { CrowdPainter } from "../../../static/dense/crowd_painter.js";

globalThis.ImageData = class {
  constructor(data, width, height) {
    Object.assign(this, { data, width, height });
  }
};

const CUT = { xScale: 10, yScale: 10, joined: true, nulls: false };
const BOX = { left: 40.25, top: 10, width: 100, height: 50 };
const same = { p2c: (value) => value };
const nothing = () => {};

/** A panel of so many lines, each of which goes through a hundred pixels. */
function crowdOf(count, ratio = 1, more = {}) {
  const painter = new CrowdPainter();
  const line = lineOf("y0", flat([0, 5], [100, 5]), more);
  const seen = { xScale: 1, yScale: 1, x: [0, 100], y: [0, 50] };
  const lines = Array.from({ length: count }, (_, i) => ({ ...line, name: `y${i}` }));
  painter.look(lines, () => seen, BOX.width * BOX.height, ratio);
  const place = { context: new FakeContext(), box: BOX, ratio, x: same, y: same };
  return { painter, line, place, context: place.context };
}

test("a crowd that leaves room is drawn by thin paths, cut a pixel around the plot area", () => {
  const { painter, line, place, context } = crowdOf(40, 1, { dashes: [6, 3], opacity: 0.5 });
  assert.equal(painter.has(line), true);
  painter.paint(place, line, CUT, nothing);
  const [look] = context.looksOf("stroke");
  assert.deepEqual([look.lineWidth, look.globalAlpha, look.dashes], [1, 0.5, [6, 3]]);
  assert.deepEqual(context.of("rect"), [[39, 9, 103, 52]]);
  assert.deepEqual(context.of("lineTo"), [[100, 5]]);
  painter.flush(context);
  assert.deepEqual(context.of("drawImage"), []);
});

test("one that covers the panel is drawn as pixels, all lines at once", () => {
  const { painter, line, place, context } = crowdOf(100);
  painter.paint(place, line, CUT, nothing);
  painter.paint(place, line, CUT, nothing);
  assert.deepEqual(context.calls, []);
  painter.flush(context);
  painter.flush(context);
  assert.deepEqual(
    context.of("drawImage").map(([, ...where]) => where),
    [[39, 9, 103, 52]],
  );
});

test("what stands on lines that are pixels is painted once, in front of them all", () => {
  const { painter, line, place, context } = crowdOf(100);
  for (let i = 0; i < 2; i++) painter.paint(place, line, CUT, () => context.fill());
  painter.flush(context);
  painter.flush(context);
  const names = context.calls.map(([name]) => name);
  assert.deepEqual(
    names.filter((name) => name === "drawImage" || name === "fill"),
    ["drawImage", "fill", "fill"],
  );
});

test("on a denser screen there are more of them", () => {
  const { painter, line, place, context } = crowdOf(120, 2);
  painter.paint(place, line, CUT, nothing);
  painter.flush(context);
  const [[canvas, ...where]] = context.of("drawImage");
  assert.deepEqual([canvas.width, canvas.height, where], [203, 102, [39.5, 9.5, 101.5, 51]]);
});

test("a picture that is recorded has paths, for it may be shown at any size", () => {
  const { painter, line, place, context } = crowdOf(100);
  recorded.add(context);
  let stands = 0;
  painter.paint(place, line, CUT, () => (stands += 1));
  assert.deepEqual([context.of("stroke").length, stands], [1, 1]);
});

test("a gap is a gap, whether there are many vertices or few", () => {
  for (const step of [50, 0.25]) {
    const { painter, place, context } = crowdOf(40);
    const xs = Array.from({ length: 1 + 100 / step }, (_, i) => i * step);
    const points = flat(...xs.map((x) => [x, x === 50 ? NaN : x % 1]));
    painter.paint(place, lineOf("y", points), CUT, nothing);
    const xsOf = (name) => context.of(name).map(([x]) => x);
    assert.ok(![...xsOf("lineTo"), ...xsOf("moveTo")].includes(50));
    assert.deepEqual(xsOf("moveTo").slice(0, 1), [0]);
  }
});

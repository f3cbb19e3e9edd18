import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeContext } from "../support/canvas.js";
import { flat } from "../support/lines.js";
import "../support/dom.js";
import { PixelLayer } from "../../../static/dense/pixel_layer.js";

const images = [];
globalThis.ImageData = class {
  constructor(data, width, height) {
    Object.assign(this, { data, width, height });
    images.push(this);
  }
};

const CUT = { xScale: 1, yScale: 1, joined: true, nulls: false };
const same = { p2c: (value) => value };

/** Of a pixel of the plot area, around which there is one more. */
function colorAt({ data, width }, x, y) {
  const at = 4 * ((y + 1) * width + x + 1);
  return [...data.subarray(at, at + 4)];
}

test("lines have their colours, in one image for all pictures of a size", () => {
  const layer = new PixelLayer();
  const context = new FakeContext();
  const place = {
    context,
    box: { left: 0, top: 0, width: 4, height: 2 },
    ratio: 1,
    x: same,
    y: same,
  };
  const lineAt = (y, color) => ({ points: flat([0, y], [4, y]), color });
  for (let i = 0; i < 2; i++) {
    layer.add(place, lineAt(0.5, "#c45419"), CUT);
    layer.add(place, lineAt(1.5, "#fa0"), CUT);
    layer.flush(context);
  }
  assert.equal(images.length, 1);
  assert.equal(context.of("drawImage").length, 2);
  assert.deepEqual(colorAt(images[0], 0, 0), [0xc4, 0x54, 0x19, 255]);
  assert.deepEqual(colorAt(images[0], 0, 1), [0xff, 0xaa, 0, 255]);
});

test("levels at both ends of the axes are there", () => {
  const layer = new PixelLayer();
  const context = new FakeContext();
  const box = { left: 10, top: 10, width: 8, height: 4 };
  const place = { context, box, ratio: 1, x: same, y: same };
  for (const points of [flat([0, 4], [8, 4]), flat([0, 0], [8, 0]), flat([8, 0], [8, 4])])
    layer.add(place, { points, color: "#0000ff", dashes: [], opacity: 1 }, CUT);
  layer.flush(context);
  const image = images.at(-1);
  for (const [x, y] of [
    [0, 0],
    [7, 0],
    [0, 4],
    [7, 4],
    [8, 2],
  ])
    assert.equal(colorAt(image, x, y)[3], 255, `${x}, ${y}`);
  assert.equal(colorAt(image, 4, 2)[3], 0);
});

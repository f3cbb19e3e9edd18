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
  const lineAt = (y, color) => ({ points: flat([0, y], [4, y]), color, dashes: [], opacity: 1 });
  for (let i = 0; i < 2; i++) {
    layer.add(place, lineAt(0.5, "#c45419"), CUT);
    layer.add(place, lineAt(1.5, "#fa0"), CUT);
    layer.flush(context);
  }
  assert.equal(images.length, 1);
  const { data } = images[0];
  assert.deepEqual([...data.subarray(0, 4)], [0xc4, 0x54, 0x19, 255]);
  assert.deepEqual([...data.subarray(16, 20)], [0xff, 0xaa, 0, 255]);
  assert.equal(context.of("drawImage").length, 2);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeContext } from "../support/canvas.js";
import { imageOf } from "../support/images.js";
import "../support/dom.js";
import { ImagePainter } from "../../../static/chart/image_painter.js";
import { pixelsOfColors } from "../../../static/image/colormap.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";

/** What is painted of an image in a box of so many pixels: the pixels, and where they are drawn. */
function painted(image, { ratio = 1, width = 4, height = 2 } = {}) {
  const made = [];
  globalThis.ImageData = class {
    constructor(across, down) {
      Object.assign(this, { width: across, height: down });
      this.data = new Uint8ClampedArray(4 * across * down);
      made.push(this);
    }
  };
  const context = new FakeContext();
  const box = { left: 40, top: 10, width, height };
  const x = axisView(LINEAR, [0, 4], width);
  const y = axisView(LINEAR, [2, 0], height);
  const painter = new ImagePainter();
  painter.paint({ context, box, ratio, x, y }, image);
  painter.paint({ context, box, ratio, x, y }, image);
  const numbers = [...new Uint32Array(made[0].data.buffer)].map((one) =>
    pixelsOfColors().indexOf(one),
  );
  return { made, numbers, drawn: context.of("drawImage").map(([, ...where]) => where) };
}

test("each device pixel has the colour of its cell, the lowest y at the bottom", () => {
  const image = imageOf({ x: [0.5, 1.5, 2.5], colors: [1, 2, 3, 4, 0, 6], height: 2 });
  const { made, numbers, drawn } = painted(image);
  assert.equal(made.length, 1, "one canvas for all pictures of one size");
  assert.deepEqual(numbers, [2, 4, 6, 0, 1, 3, 0, 0]);
  assert.deepEqual(drawn[0], [40, 10, 4, 2]);
});

test("a denser screen has more pixels", () => {
  const image = imageOf({ x: [1, 3], colors: [1, 2], height: 1, bins: 2 });
  assert.equal(painted(image, { ratio: 2 }).numbers.length, 32);
});

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { byId, document, layOut, showPage } from "../support/dom.js";
import { FakeContext } from "../support/canvas.js";
import { keptPicture } from "../../../static/export/kept_picture.js";

const MOST = 100_000;
const { getImageData } = FakeContext.prototype;
globalThis.Image = class {
  decode = async () => {};
};
URL.createObjectURL = () => "blob:1";
URL.revokeObjectURL = () => {};

/** The widths at which it was painted. */
const widths = [];

beforeEach(() => {
  widths.length = 0;
  FakeContext.prototype.getImageData = function (...box) {
    widths.push(this.canvas.width);
    return getImageData.apply(this, box);
  };
  showPage("index.html");
  document.body.dataset.theme = "light";
  layOut(byId("plot"), { width: 100, height: 92 });
});

const sourceOf = (grounds = [], redraw = () => {}) => ({
  title: () => "",
  entries: () => [],
  redraw,
  setGround: (ground) => grounds.push(ground),
});

/** Each pixel is one of 16 greys at random, half a byte, and there are so many times more of them. */
function noise(more) {
  let seed = 1;
  FakeContext.prototype.getImageData = (_x, _y, width, height) => {
    widths.push(width);
    const data = new Uint8ClampedArray(4 * width * height * more);
    for (let at = 0; at < data.length; at += 4) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      data.fill((seed >>> 28) * 16, at, at + 3);
    }
    return { data, width, height: height * more };
  };
}

/** The width and height that a PNG says, in pixels. @param {string} png */
function sizeOf(png) {
  const bytes = Buffer.from(png, "base64");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test("it has two pixels to one of CSS, where that is not too large", async () => {
  const { png, width, height } = await keptPicture(document.body, sourceOf());
  assert.deepEqual([width, height], [100, 100]);
  assert.deepEqual(sizeOf(png), [200, 200]);
  assert.deepEqual(widths, [200]);
});

test("one that is too large has fewer, as many as may be", async () => {
  for (const [more, tried] of [
    [3, [200]],
    [4, [200, 150]],
    [6, [200, 100]],
  ]) {
    widths.length = 0;
    noise(more);
    const { png, width, height } = await keptPicture(document.body, sourceOf());
    assert.deepEqual([widths, width, height], [tried, 100, 100], `${more} times the noise`);
    assert.ok(png.length <= MOST);
    assert.equal(sizeOf(png)[0], tried.at(-1));
  }
});

test("one of very many lines is painted once, and small", async () => {
  const source = { ...sourceOf(), title: () => "x".repeat(250_000) };
  const { png } = await keptPicture(document.body, source);
  assert.ok(png);
  assert.deepEqual(widths, [100]);
});

test("one that is too large at any scale is none", async () => {
  noise(20);
  assert.equal((await keptPicture(document.body, sourceOf())).png, null);
  assert.deepEqual(widths, [200, 100]);
});

test("what cannot be painted is none, and stands in the console", async (t) => {
  const logged = t.mock.method(console, "error", () => {});
  t.mock.method(URL, "createObjectURL", () => {
    throw new Error("out of memory");
  });
  assert.equal((await keptPicture(document.body, sourceOf())).png, null);
  assert.equal(logged.mock.callCount(), 1);
});

test("a plot without room has none", async () => {
  layOut(byId("plot"), { width: 0, height: 0 });
  assert.equal((await keptPicture(document.body, sourceOf())).png, null);
  assert.deepEqual(widths, []);
});

test("a dark page is light while it is drawn, and is drawn dark again", async () => {
  document.body.dataset.theme = "dark";
  const [grounds, drawn] = [[], []];
  const source = sourceOf(grounds, () => drawn.push(document.body.dataset.theme));
  const kept = keptPicture(document.body, source);
  assert.deepEqual(drawn, ["light", "dark"], "before anything else happens");
  assert.deepEqual(grounds, ["light", "dark"]);
  assert.ok((await kept).png);
});

test("it is dark again where drawing has failed, and there is none", async (t) => {
  t.mock.method(console, "error", () => {});
  document.body.dataset.theme = "dark";
  const source = { ...sourceOf(), title: () => assert.fail("no title") };
  const none = { png: null, width: 0, height: 0 };
  assert.deepEqual(await keptPicture(document.body, source), none);
  assert.equal(document.body.dataset.theme, "dark");
});

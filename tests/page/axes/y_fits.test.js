import assert from "node:assert/strict";
import { test } from "node:test";
import { YFits } from "../../../static/axes/y_fits.js";
import { LINEAR } from "../../../static/view/scale.js";

const line = (...points) => ({ points: Float64Array.from(points), band: null, style: "line" });
const WISH = { held: undefined, said: null, scale: LINEAR, eager: false };

test("each axis has its own range, one that there is not yet shows a unit", () => {
  const fits = new YFits();
  fits.get("0:left").fit([line(0, -3, 1, 5)], [0, 1], { ...WISH, said: [2, 4] }, 0);
  assert.deepEqual(
    [fits.scaledOf("0:left"), fits.scaledOf("0:right")],
    [
      [2, 4],
      [0, 1],
    ],
  );
  assert.equal(fits.get("0:left"), fits.get("0:left"));
});

test("what the user has fixed is held at once, on the axes that there are", () => {
  const fits = new YFits();
  for (const key of ["0:left", "0:right"]) fits.get(key).fit([line(0, 0, 1, 1)], [0, 1], WISH, 0);
  const [, right] = [fits.scaledOf("0:left"), fits.scaledOf("0:right")];
  fits.hold({ "0:left": [7, 9], "3:left": [1, 2] });
  assert.deepEqual([fits.scaledOf("0:left"), fits.scaledOf("0:right")], [[7, 9], right]);
  assert.deepEqual(fits.scaledOf("3:left"), [0, 1]);
});

test("another arrangement makes what they had learnt void, the same does not", () => {
  const fits = new YFits();
  fits.arrange("a");
  fits.get("0:left").fit([line(0, 5, 1, 9)], [0, 1], { ...WISH, said: [2, 4] }, 0);
  fits.arrange("a");
  assert.deepEqual(fits.scaledOf("0:left"), [2, 4]);
  fits.arrange("b");
  assert.deepEqual(fits.scaledOf("0:left"), [0, 1]);
});

test("they wait while one of them is too wide", () => {
  const fits = new YFits();
  assert.equal(fits.waits, false);
  const fit = (key, high, now) => fits.get(key).fit([line(0, 0, 1, high)], [0, 1], WISH, now);
  fit("0:right", 10, 0);
  fit("0:right", 10, 0.1);
  fit("0:left", 10, 0);
  fit("0:left", 1, 0.1);
  assert.equal(fits.waits, true);
});

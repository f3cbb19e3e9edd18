import assert from "node:assert/strict";
import { test } from "node:test";
import { Crosshair } from "../../../static/cursor/crosshair.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";
import { imageOf } from "../support/images.js";
import { A, flat, PANELS, seriesOf } from "../support/stepping.js";

/** A crosshair over the two panels, and how far it has moved the view. */
function crosshairOver(...series) {
  const moves = [];
  const model = { byName: new Map(series.map((one) => [one.name, one])) };
  return {
    crosshair: new Crosshair({
      panels: () => PANELS,
      session: { model },
      pan: (by) => moves.push(by),
    }),
    moves,
  };
}
const brief = (target) => target && [target.series, target.x, target.panel];

test("keys begin at the newest point that is seen, and end where they began", () => {
  const { crosshair } = crosshairOver(A);
  crosshair.toggle(null);
  assert.deepEqual(brief(crosshair.find()), ["a", 13, 0]);
  crosshair.toggle(crosshair.find());
  assert.deepEqual([crosshair.find(), crosshair.isKeyed], [null, false]);
});

test("or at the point that is pointed at", () => {
  const { crosshair } = crosshairOver(A);
  crosshair.point({ x: 11, y: 72 });
  assert.deepEqual(brief(crosshair.find()), ["a", 11, 0]);
  crosshair.toggle(crosshair.find());
  assert.deepEqual([brief(crosshair.find()), crosshair.isKeyed], [["a", 11, 0], true]);
});

test("where the pointer wants to be free it is on no point", () => {
  const { crosshair } = crosshairOver(A);
  crosshair.point({ x: 11, y: 72 }, true);
  assert.deepEqual([crosshair.find().series, crosshair.find().spot], [null, { x: 11, y: 72 }]);
  crosshair.point({ x: 11, y: 72 });
  assert.equal(crosshair.find().series, "a");
});

test("it stands at the x of a linked plot, as high as the first series, if nothing else moves it", () => {
  const { crosshair } = crosshairOver(A);
  crosshair.lead(11.4);
  const { x, series } = crosshair.find();
  assert.deepEqual([x, series, crosshair.isLed], [11.4, "a", true]);
  crosshair.moved(1);
  assert.equal(crosshair.find().x, 12.4);
  crosshair.point({ x: 11, y: 72 });
  assert.deepEqual([crosshair.find().x, crosshair.isLed], [11, false]);
  crosshair.point(null);
  crosshair.lead(99);
  assert.equal(crosshair.find(), null, "out of sight");
  crosshair.lead(null);
  assert.deepEqual([crosshair.find(), crosshair.isLed], [null, false]);
});

test("where they lead out of sight, the view goes along", () => {
  const { crosshair, moves } = crosshairOver(A);
  crosshair.toggle(null);
  crosshair.step(1, false);
  crosshair.step(-1, true);
  assert.deepEqual([moves, crosshair.find()], [[0.25, -0.25], null]);
});

test("to another series and around, past those without points", () => {
  const { crosshair } = crosshairOver(
    A,
    seriesOf("b", flat()),
    seriesOf("c", flat([12, 1], [14, 2])),
  );
  crosshair.toggle(null);
  const after = (by) => {
    crosshair.change(by);
    return brief(crosshair.find());
  };
  assert.deepEqual(
    [after(-1), after(1), after(1)],
    [
      ["c", 12, 1],
      ["a", 11, 0],
      ["a", 11, 0],
    ],
  );
});

test("the pointer beside the plot points at nothing", () => {
  const { crosshair } = crosshairOver(A);
  crosshair.point({ x: 500, y: 50 });
  assert.equal(crosshair.find(), null);
});

test("it stays on its point when x are counted from elsewhere", () => {
  const { crosshair } = crosshairOver(A);
  crosshair.moved(1);
  assert.equal(crosshair.find(), null);
  crosshair.toggle(null);
  crosshair.step(-1, false);
  const { x } = crosshair.find();
  crosshair.moved(1);
  assert.equal(crosshair.find().x, x + 1);
});

/** A crosshair over an image of 3 x 2 cells, alone or with a line in the panel above. */
function crosshairOverImage(...series) {
  const image = imageOf({ x: [10, 11, 12], colors: [1, 2, 3, 4, 5, 6], height: 2 });
  const [both, below] = PANELS;
  const above = { ...both, series: both.series.slice(0, 1) };
  const lower = { ...below, left: axisView(LINEAR, [2, 0], 100), series: [], image: true };
  const moves = [];
  const crosshair = new Crosshair({
    panels: () => (series.length > 0 ? [above, lower] : [lower]),
    session: { model: { byName: new Map(series.map((one) => [one.name, one])), image } },
    pan: (by) => moves.push(by),
  });
  return { crosshair, moves, seen: lower, at: () => [crosshair.find().x, crosshair.find().y] };
}

test("over an image alone keys step from column to column and from cell to cell", () => {
  const { crosshair, at } = crosshairOverImage();
  crosshair.toggle(null);
  assert.deepEqual([at(), crosshair.find().series], [[12, 1.5], null]);
  crosshair.step(-1, false);
  assert.deepEqual(at(), [11, 1.5]);
  crosshair.change(1);
  assert.deepEqual(at(), [11, 0.5]);
  crosshair.change(-1);
  crosshair.change(-1);
  assert.deepEqual(at(), [11, 1.5], "there is nothing above");
  crosshair.step(-1, true);
  assert.deepEqual(at(), [10, 1.5]);
});

test("from the last series keys go on to the image, and from its lowest cell to the first", () => {
  const { crosshair, at } = crosshairOverImage(A);
  crosshair.toggle(null);
  assert.equal(crosshair.find().series, "a");
  crosshair.change(1);
  assert.deepEqual([at(), crosshair.find().panel], [[12, 1.5], 1]);
  crosshair.change(1);
  assert.deepEqual(at(), [12, 0.5]);
  crosshair.change(1);
  assert.equal(crosshair.find().series, "a");
  crosshair.change(-1);
  assert.deepEqual(at(), [11, 0.5], "upwards into its lowest, from the point before a gap");
});

test("keys begin on the cell that is pointed at", () => {
  const { crosshair, at } = crosshairOverImage(A);
  crosshair.toggle({
    x: 11.2,
    y: 1.9,
    panel: 1,
    key: "1:left",
    series: null,
    spot: { x: 0, y: 0 },
  });
  assert.deepEqual([at(), crosshair.isKeyed], [[11, 1.5], true]);
});

test("keys that go between the image and a series stay at their x", () => {
  const line = seriesOf("a", flat([10, 1], [11, 2], [12, 3]));
  const { crosshair } = crosshairOverImage(line);
  crosshair.toggle(null);
  const found = [1, 1, 1, -1, -1, -1].map((by) => {
    crosshair.change(by);
    return [crosshair.find().series, crosshair.find().x];
  });
  assert.deepEqual(found, [
    [null, 12],
    [null, 12],
    ["a", 12],
    [null, 12],
    [null, 12],
    ["a", 12],
  ]);
});

test("a cell that is out of sight has no crosshair", () => {
  const { crosshair, seen } = crosshairOverImage();
  crosshair.toggle(null);
  seen.left = axisView(LINEAR, [1, 0], 100);
  assert.equal(crosshair.find(), null);
  crosshair.change(1);
  assert.equal(crosshair.find().y, 0.5);
  crosshair.change(-1);
  assert.equal(crosshair.find().y, 0.5, "what is above is not seen");
});

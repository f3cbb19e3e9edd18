import assert from "node:assert/strict";
import { test } from "node:test";
import { Crosshair } from "../../../static/cursor/crosshair.js";
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

import assert from "node:assert/strict";
import { test } from "node:test";
import { Model } from "../../../static/link/model.js";
import { decodePatch } from "../../../static/link/wire.js";
import { makePatch } from "../support/patches.js";
import { imagePatch } from "../support/images.js";
import { itemOf } from "../support/lines.js";

const model = (...patches) => {
  const made = new Model();
  made.setSeries([itemOf("loss", 0), itemOf("__proto__", 3)]);
  for (const [head, entries] of patches) made.apply(decodePatch(makePatch(head, entries)));
  return made;
};
const points = ({ series }) => series.map((one) => [...one.vertices.view()]);

test("patches reach their series by id", () => {
  const made = model([
    { points: 3 },
    [
      { id: 3, vertices: [1, 2], points: 1, lastX: 1, lastY: 2 },
      { id: 0, vertices: [3, 4] },
    ],
  ]);
  assert.deepEqual(points(made), [
    [3, 4],
    [1, 2],
  ]);
  assert.deepEqual([made.points, made.series[1].lastX, made.series[1].lastY], [3, 1, 2]);
});

test("all of it moves where x are counted from elsewhere", () => {
  const made = model([
    { xMin: 1, xMax: 3 },
    [{ id: 0, vertices: [1, 2, 3, 4], lastX: 3, lastY: 4 }],
  ]);
  made.move(100);
  assert.deepEqual(points(made)[0], [101, 2, 103, 4]);
  assert.deepEqual([made.xMin, made.xMax, made.series[0].lastX], [101, 103, 103]);
});

test("a fresh patch forgets the vertices of every series, an ordinary one of none", () => {
  const first = [
    {},
    [
      { id: 0, vertices: [1, 1] },
      { id: 3, vertices: [2, 2] },
    ],
  ];
  assert.deepEqual(points(model(first, [{}, [{ id: 0, keep: 1, vertices: [5, 5] }]])), [
    [1, 1, 5, 5],
    [2, 2],
  ]);
  assert.deepEqual(points(model(first, [{ fresh: true }, [{ id: 0, vertices: [5, 5] }]])), [
    [5, 5],
    [],
  ]);
});

test("a new list keeps the series that it names again", () => {
  const made = model([{}, [{ id: 0, vertices: [1, 1] }]]);
  made.setSeries([itemOf("loss", 0), itemOf("accuracy", 4)]);
  assert.deepEqual(
    made.series.map(({ name }) => name),
    ["loss", "accuracy"],
  );
  assert.deepEqual(points(made), [[1, 1], []]);
});

test("a series that nobody announced is an error", () => {
  assert.throws(() => model([{}, [{ id: 9 }]]), /series 9/);
});

test("what is painted is known apart from what has come", () => {
  const made = model([{}, [{ id: 0, vertices: [1, 1], points: 1, lastX: 1, lastY: 1 }]]);
  assert.equal(made.series[0].painted.points, 0);
  made.markPainted();
  assert.deepEqual(made.series[0].painted, { points: 1, lastX: 1, lastY: 1, vertices: 1 });
});

test("a series that is given another name keeps its vertices, and that is told", () => {
  const made = model([{}, [{ id: 0, vertices: [1, 1] }]]);
  const renamed = made.setSeries([itemOf("loss", 5), itemOf("loss (1)", 0, { of: "loss" })]);
  assert.deepEqual(renamed, [["loss", "loss (1)"]]);
  assert.deepEqual(points(made), [[], [1, 1]]);
  assert.deepEqual([...made.byName.keys()], ["loss", "loss (1)"]);
});

test("the numbers of another relay are others", () => {
  const made = model([{}, [{ id: 0, vertices: [1, 1] }]]);
  made.expectOthers();
  assert.deepEqual(made.setSeries([itemOf("acc", 0), itemOf("loss", 1)]), []);
  assert.deepEqual(points(made), [[], []]);
  assert.deepEqual(made.setSeries([itemOf("b", 0)]), [["acc", "b"]]);
});

test("a series that is smoothed no more is not", () => {
  const model = new Model();
  const item = { id: 0, name: "a", of: "a", run: "", number: 0, cell: null, slot: 0 };
  model.setSeries([{ ...item, smooth: 0.9, source: "b", derived: "b + 1" }]);
  const [series] = model.series;
  assert.deepEqual([series.smooth, series.source, series.derived], [0.9, "b", "b + 1"]);
  model.setSeries([item]);
  assert.deepEqual([series.smooth, series.source, series.derived], [0, "", ""]);
});

test("an image comes before its patch, and a fresh patch without one forgets it", () => {
  const model = new Model();
  const patch = (number, fresh) => decodePatch(makePatch({ number, fresh }, []));
  model.applyImage(imagePatch({ number: 1, x: [0, 1], colors: [1, 2] }));
  assert.equal(model.apply(patch(1, true)), true);
  assert.equal(model.apply(patch(2, false)), false);
  assert.equal(model.image.count, 2);
  model.markPainted();
  assert.equal(model.image.painted, 2);
  model.move(5);
  assert.deepEqual([...model.image.x], [5, 6]);
  model.apply(patch(3, true));
  assert.equal(model.image.count, 0);
});

test("where others are to come nothing that is there is one of them, and its series stay", () => {
  const made = model([{ xMin: 1, xMax: 3, points: 2 }, [{ id: 0, vertices: [1, 2, 3, 4] }]]);
  made.clear();
  assert.deepEqual([points(made), made.isEmpty, made.points], [[[], []], true, 2]);
});

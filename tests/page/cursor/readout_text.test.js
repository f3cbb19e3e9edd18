import assert from "node:assert/strict";
import { test } from "node:test";
import { contentOf, measuredLines, sentenceOf } from "../../../static/cursor/readout_text.js";
import { imageOf } from "../support/images.js";
import { PANELS, TARGET, mark, read, reading } from "../support/readings.js";
import { zoneOf } from "../../../static/base/zones.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";
import { typed } from "../support/text.js";

test("a row says what is known of a value, and how well", () => {
  const readings = [
    reading("a", 50, 5),
    reading("b", 50, NaN, { exact: false }),
    reading("c", 51, 2, { xy: true, spot: { x: NaN, y: 0 } }),
  ];
  const { at, rows } = contentOf(read({ target: TARGET, readings }));
  assert.equal(typed(at), "50 s");
  assert.deepEqual(
    rows.map(({ value }) => typed(value)),
    ["5 V", "≈ gap", "51 s, 2 V"],
  );
  assert.deepEqual(
    rows.map(({ distance }) => distance),
    [0, 0, Infinity],
  );
});

test("a point of a scatter has its colour and size, a cell of a density its count", () => {
  const readings = [
    reading("a", 51, 2, { xy: true, mark: [NaN, 3] }),
    reading("b", 51, 2, { xy: true, exact: false, count: 1234 }),
    reading("c", 51, 2, { xy: true, exact: false, count: 1 }),
  ];
  const { rows } = contentOf(read({ target: TARGET, readings }));
  const [dot, cell, single] = rows.map(({ value }) => typed(value));
  assert.match(dot, /^51 s, 2 V, size 3/);
  assert.match(cell, /^≈ 51 s, 2 V, 1.?234 points$/);
  assert.match(single, /, 1 point$/);
});

test("the crosshair stands on the points that are read, if they share an x", () => {
  const at = (...readings) => typed(contentOf(read({ target: TARGET, readings })).at);
  assert.deepEqual(
    [
      at(reading("a", 52, 1), reading("b", 52, 1)),
      at(reading("a", 52, 1), reading("b", 53, 1)),
      at(reading("a", 52, 1, { xy: true })),
    ],
    ["52 s", "50 s", "50 s"],
  );
});

test("the cell below the crosshair has the value of its colour, and stands at its own x", () => {
  const image = imageOf({ x: [0, 52], colors: [1, 255, 0, 128], height: 2, bins: 10 });
  const panels = [{ ...PANELS[0], image: true }];
  const options = { time: false, x_unit: "s", z_unit: "dB" };
  const asked = { target: TARGET, panels, image, options };
  const { at, rows } = contentOf(read(asked));
  assert.deepEqual([typed(at), rows.length, rows[0].name], ["52 s", 1, "image"]);
  assert.match(typed(rows[0].value), /^≈ 5(\.\d+)? dB at 7.5 V$/);
  const high = { ...TARGET, spot: { x: 90, y: 95 } };
  assert.match(typed(contentOf(read({ ...asked, target: high })).rows[0].value), /^gap at 2.5 V$/);
  const beside = contentOf(
    read({ ...asked, target: { ...TARGET, x: 3 }, readings: [reading("a", 3, 1)] }),
  );
  assert.deepEqual([typed(beside.at), beside.rows.length], ["3 s", 2]);
  assert.equal(contentOf(read({ ...asked, panels: PANELS })).rows.length, 0);
});

test("the relay's answer is the cell itself, and what shines beside it is said too", () => {
  const image = imageOf({ x: [0, 52], colors: [1, 255, 0, 128], height: 2, bins: 10 });
  const panels = [{ ...PANELS[0], image: true }];
  const asked = { target: TARGET, panels, image, options: { time: false, z_unit: "dB" } };
  const y = panels[0].left.valueAt(TARGET.spot.y - panels[0].box.top);
  const row = (cell, more) => {
    const its = { x: 51, y: 6.5, exact: true, began: 0, ...cell };
    const answer = { x: TARGET.x, y, cell: its, ...more };
    const { at, rows } = contentOf(read({ ...asked, answer }));
    return [typed(at), typed(rows[0].value), rows[0].exact];
  };
  assert.deepEqual(row({ value: 4.98765 }), ["51 s", "4.988 dB at 6.5 V", true]);
  assert.deepEqual(row({ value: 0.3 }), ["51 s", "0.300 dB at 6.5 V, beside ≈ 5 dB", true]);
  assert.deepEqual(row({ value: null }), ["51 s", "gap at 6.5 V, beside ≈ 5 dB", true]);
  const coarse = row({ value: 5, exact: false });
  assert.deepEqual(coarse, ["51 s", "≈ 5 dB at 6.5 V", false]);
  assert.match(row({ value: 0.3 }, { x: 20 })[1], /^≈ 5(\.\d+)? dB at 7.5 V$/, "of elsewhere");
  assert.match(row({ value: 0.3 }, { y: y + 5 })[1], /^≈ 5/);
  assert.match(row({ value: 0.3, began: 9 })[1], /^≈ 5(\.\d+)? dB at 7.5 V$/, "of another image");
  const none = contentOf(read({ ...asked, answer: { x: TARGET.x, y, cell: null } }));
  assert.match(typed(none.rows[0].value), /^≈ 5/);
});

test("of a matrix that stands as it is printed y is said from the top down", () => {
  const image = imageOf({ x: [0, 52], colors: [1, 255, 0, 128], height: 2, bins: 10, down: true });
  const panels = [{ ...PANELS[0], image: true }];
  const { rows } = contentOf(read({ target: TARGET, panels, image, options: { time: false } }));
  assert.match(typed(rows[0].value), / at 2.5 V$/);
});

/** What is read where the pixel has a colour and the cell a value. */
function cellText(color, value, said = {}, width = "value") {
  const image = imageOf({ x: [50], colors: [color], ...said });
  const up = axisView(LINEAR, [1, 0], 100);
  const panels = [{ ...PANELS[0], left: up, image: true }];
  const target = { ...TARGET, spot: { x: 90, y: PANELS[0].box.top + 50 } };
  const answer = { x: TARGET.x, y: 0.5, cell: { x: 50, y: 0.5, value, exact: true, began: 0 } };
  const { rows } = contentOf(read({ target, panels, image, options: { time: false }, answer }));
  assert.match(typed(rows[0].short), / at 0\.5$/);
  return typed(rows[0][width]).replace(/ at 0\.5/, "");
}

test("what shines beside a cell is said only where the cell's own colour is another", () => {
  const z = [5, 20];
  const single = { z: [5, 5], log: true };
  assert.deepEqual(
    [
      cellText(1, 1, { z }),
      cellText(255, 90, { z }),
      cellText(255, "inf", { z }),
      cellText(1, "-inf", { z }),
      cellText(128, 5, single),
      cellText(255, 2, single),
      cellText(0, 0, single),
    ],
    ["1", "90", "∞", "-∞", "5", "2, beside ≈ 5", "0"],
  );
});

test("a whole cell is written in full, and where there is little room its y is said too", () => {
  const z = [0, 1e-9];
  const found = [12345678, 16777216, 0.1234567].map((value) => cellText(255, value, { z }));
  assert.deepEqual(found, ["12 345 678", "16 777 216", "0.1235"]);
  assert.equal(cellText(1, -3, { z }, "short"), "-3");
  assert.equal(cellText(1, -3, { z }, "brief"), "image");
});

test("a time is read off in the zone of the plot", () => {
  const options = { time: true, x_unit: null };
  const asked = { target: TARGET, options, zone: zoneOf("Asia/Tokyo") };
  assert.equal(contentOf(read(asked)).at, "1970-01-01 09:00:50");
  const counted = { ...asked, zone: zoneOf("Asia/Tokyo", 86400) };
  assert.equal(contentOf(read(counted)).at, "1970-01-02 09:00:50");
  const readings = [reading("a", 51, 2, { xy: true })];
  const [row] = contentOf(read({ ...asked, readings })).rows;
  assert.equal(typed(row.value), "1970-01-01 09:00:51, 2 V");
});

test("in a sweep it says how far that is from the trigger", () => {
  const panels = [{ ...PANELS[0], since: 48 }];
  const at = (x, options = {}) =>
    typed(
      contentOf(read({ target: TARGET, panels, readings: [reading("a", x, 1)], ...options })).at,
    );
  assert.deepEqual([at(52), at(45), at(48)], ["+4 s at 52 s", "-3 s at 45 s", "0 s at 48 s"]);
  const times = { options: { time: true, x_unit: null }, zone: zoneOf("UTC") };
  assert.equal(at(52, times), "+4 s at 1970-01-01 00:00:52");
});

test("one mark says where it is, two what lies between them", () => {
  const measured = (rest) => contentOf(read(rest)).measured;
  assert.equal(measured({}), null);
  assert.deepEqual(
    measured({ marks: { a: mark(20, 5), b: null } }).differences.map(([name, value]) => [
      name,
      typed(value),
    ]),
    [["A", "20 s"]],
  );
  const marks = { a: mark(20, 30, "0:right"), b: mark(40, 50, "0:right") };
  const { differences, rows, note } = measured({ marks });
  assert.deepEqual([typed(differences[1][1]), rows, note], ["20 W", [], "computing…"]);
  assert.equal(measured({ marks: { a: mark(20, 5), b: mark(20, 6) } }).note, "");
});

test("figures come in the order of the series, and say what they are of", () => {
  const figures = (complete) => ({
    series: [{ id: 2, mean: 1.5, min: 1, max: 2, sd: null, count: 9, complete }],
  });
  const measured = (complete) =>
    contentOf(read({ marks: { a: mark(20, 5), b: mark(40, 5) }, figures: figures(complete) }))
      .measured;
  assert.deepEqual(measured(true).rows, [
    {
      name: "b",
      brief: "b",
      color: "#222",
      figures: ["1.5\u202fW", "1\u202fW", "2\u202fW", "–", "9"],
    },
  ]);
  assert.deepEqual([measured(true).note, measured(false).note], ["", "of what is held"]);
});

test("a picture has what is measured in lines", () => {
  const linesOf = (rest) =>
    measuredLines(read(rest)).map((line) => typed(line.replaceAll("\u00a0", " ")));
  assert.deepEqual(linesOf({}), []);
  assert.deepEqual(linesOf({ marks: { a: mark(20, 5), b: null } }), ["A 20 s"]);
  const figures = { series: [{ id: 2, mean: 1.5, min: 1, max: 2, sd: null, count: 9 }] };
  const [ends, ...rows] = linesOf({ marks: { a: mark(20, 5), b: mark(40, 7) }, figures });
  assert.match(ends, /^A 20 s · B 40 s · Δx 20 s · Δy 2 V · /);
  assert.deepEqual(rows, ["b · mean 1.5 W · min 1 W · max 2 W · sd – · n 9"]);
});

test("a sentence has the place, the values, and the differences", () => {
  const said = sentenceOf(
    contentOf(
      read({ target: TARGET, readings: [reading("a", 50, 5)], marks: { a: mark(20, 5), b: null } }),
    ),
  );
  assert.equal(typed(said), "50 s, a 5 V, A 20 s");
});

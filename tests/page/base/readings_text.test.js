import assert from "node:assert/strict";
import { test } from "node:test";
import {
  differences,
  formatSix,
  mark,
  selectionOf,
  UNMARKED,
} from "../../../static/cursor/measure.js";
import { FIRST_POSITION, bestPosition, boxAt } from "../../../static/cursor/readout_placement.js";
import { Requests } from "../../../static/link/requests.js";
import {
  decimalsFor,
  formatDuration,
  formatExact,
  formatQuantity,
  formatTime,
  formatX,
} from "../../../static/base/readings_text.js";
import { nearestRows, roomIn, rowsIn } from "../../../static/cursor/readout.js";
import { RefineLatency } from "../../../static/link/refine_latency.js";

const plain = (text) => text.replace(/\u202f/g, " ").replace(/\u2212/g, "-");
function table(format, rows) {
  for (const [value, expected] of rows) assert.equal(plain(format(value)), expected, `${value}`);
}

test("a value has all its digits, and no others", () =>
  table(formatExact, [
    [0, "0"],
    [7.25, "7.25"],
    [-3.214592653, "-3.214592653"],
    [0.1 + 0.2, "0.3"],
    [1 / 3, "0.3333333333"],
    [123456.789, "123 456.789"],
    [1e15, "1e15"],
    [2.5e-7, "2.5e-7"],
    [0.00025, "0.00025"],
    [1e20, "1e20"],
    [NaN, "–"],
    [12345678, "12 345 678"],
  ]));

test("an x has the digits that the zoom deserves", () => {
  assert.deepEqual([1, 0.5, 0.1, 0.02, 1e-7, 250].map(decimalsFor), [0, 1, 1, 2, 7, 0]);
  assert.deepEqual(
    [
      [4.85781, 0.012],
      [4.85781, 1e-5],
      [7.654321, 1e-9],
      [1.7e9 + 0.25, 1e-3],
      [812.6, 250],
    ].map(([x, px]) => plain(formatX(x, px))),
    ["4.86", "4.85781", "7.654321", "1 700 000 000.25", "813"],
  );
});

test("a time too, with the date unless it is today's", () => {
  const noon = new Date(2024, 1, 29, 12, 30, 15).getTime() / 1000;
  const other = noon + 5 * 86400;
  assert.equal(formatTime(noon + 0.25, 10, noon), "12:30:15");
  assert.equal(formatTime(noon + 0.25, 0.001, noon), "12:30:15.250");
  assert.equal(formatTime(noon + 0.9996, 0.01, noon), "12:30:16.00");
  assert.equal(formatTime(noon, 10, other), "2024-02-29 12:30:15");
  assert.equal(formatTime(noon + 0.125, 1e-9, noon), "12:30:15.125000");
});

test("stretches of time", () =>
  table(formatDuration, [
    [0.0125, "12.5 ms"],
    [3.5, "3.5 s"],
    [-90, "-1 min 30 s"],
    [3600 * 26, "1 d 2 h"],
    [5400, "1 h 30 min"],
    [2e-6, "2 µs"],
  ]));

test("quantities have prefixes, longer units none", () => {
  assert.deepEqual(
    [
      formatQuantity(80, "Hz"),
      formatQuantity(12500, "Hz"),
      formatQuantity(5000, "steps"),
      formatQuantity(0, "s"),
    ].map(plain),
    ["80 Hz", "12.5 kHz", "5000 steps", "0 s"],
  );
  assert.equal(formatSix(0.1 + 0.2 - 0.3 + 1), "1");
});

const at = (x, y = 0, axis = "0:left") => ({ x, y, axis });
const click = (x) => ({ type: "click", mark: at(x) });
const after = (...events) => events.reduce(mark, UNMARKED);
const xs = ({ a, b }) => [a?.x, b?.x];

test("one click marks A, two measure, a third begins anew", () => {
  assert.deepEqual(
    [xs(after(click(1))), xs(after(click(1), click(2))), xs(after(click(1), click(2), click(3)))],
    [
      [1, undefined],
      [1, 2],
      [3, undefined],
    ],
  );
});

test("a double-click leaves what was measured", () => {
  assert.deepEqual(xs(after(click(1), click(2), click(3), { type: "double" })), [1, 2]);
  assert.deepEqual(xs(after(click(1), { type: "clear" })), [undefined, undefined]);
});

test("the selection runs from left to right", () => {
  assert.deepEqual(
    [
      selectionOf(after(click(5), click(2))),
      selectionOf(after(click(5))),
      selectionOf(after(click(5), click(5))),
    ],
    [{ from: 2, to: 5 }, null, null],
  );
});

test("differences with units", () => {
  const rows = (a, b, units) =>
    differences(a, b, units).map(([name, value]) => `${name} ${plain(value)}`);
  assert.deepEqual(rows(at(1, 2), at(3, 5), { time: false, x: "", y: "" }), [
    "Δx 2",
    "Δy 3",
    "slope 1.5",
    "1/Δx 0.5",
  ]);
  assert.deepEqual(rows(at(1, 2), at(1.0125, 5), { time: true, x: "", y: "V" }), [
    "Δx 12.5 ms",
    "Δy 3 V",
    "slope 240 V/s",
    "1/Δx 80 Hz",
  ]);
  assert.deepEqual(rows(at(3, 2), at(1, 5, "1:left"), { time: false, x: "mm", y: "" }), [
    "Δx -2 mm",
    "1/Δx 0.5 1/mm",
  ]);
  assert.deepEqual(rows(at(3, 2), at(3, 5), { time: false, x: "", y: "" }), ["Δx 0", "Δy 3"]);
});

test("one question at a time, and the newest next", () => {
  const sent = [];
  const questions = new Requests((question) => sent.push(question) > 0);
  for (const x of [1, 2, 3]) questions.ask({ type: "read", x }, 0);
  assert.deepEqual(
    sent.map(({ x }) => x),
    [1],
  );
  assert.equal(questions.answered({ type: "read", id: 7, x: 1, points: [] }, 0), false);
  assert.equal(questions.answered({ type: "read", id: 1, x: 1, points: [] }, 0), true);
  assert.deepEqual(
    sent.map(({ x, id }) => [x, id]),
    [
      [1, 1],
      [3, 2],
    ],
  );
});

test("an answer that never comes is not waited for", () => {
  const sent = [];
  const questions = new Requests((question) => sent.push(question.x) > 0);
  questions.ask({ type: "read", x: 1 }, 0);
  questions.ask({ type: "read", x: 2 }, 1);
  questions.ask({ type: "read", x: 3 }, 10);
  questions.forget();
  questions.ask({ type: "read", x: 4 }, 10.1);
  assert.deepEqual(sent, [1, 3, 4]);
});

test("what could not be sent waits for the next", () => {
  let open = false;
  const sent = [];
  const questions = new Requests((question) => open && sent.push(question.x) > 0);
  questions.ask({ type: "read", x: 1 }, 0);
  open = true;
  questions.ask({ type: "read", x: 2 }, 0.1);
  assert.deepEqual(sent, [2]);
});

const AREA = { left: 0, top: 0, width: 400, height: 200 };
const SIZE = { width: 100, height: 50 };
const row = (y, from = 0, to = 400) =>
  Array.from({ length: to - from }, (_, i) => ({ x: from + i, y }));

test("figures stand where no line is", () => {
  const spot = (points, pointed = []) => bestPosition(AREA, SIZE, points, pointed, FIRST_POSITION);
  assert.deepEqual(spot([]), { across: 1, down: 0 });
  assert.deepEqual(spot(row(20, 250)), { across: 0, down: 0 });
  assert.deepEqual(spot(row(20)), { across: 1, down: 1 });
  assert.deepEqual(spot([...row(20), ...row(180)]), { across: 1, down: 0.5 });
  assert.deepEqual(spot([], [{ x: 390, y: 10 }]), { across: 0, down: 0 });
  assert.deepEqual(boxAt(AREA, SIZE, { across: 1, down: 1 }), { left: 300, top: 150, ...SIZE });
});

test("and stay for a little", () => {
  const there = { across: 0, down: 1 };
  assert.equal(bestPosition(AREA, SIZE, row(180, 0, 10), [], there), there);
});

test("little room, few words", () => {
  assert.deepEqual(
    [
      [900, 300],
      [380, 200],
      [200, 100],
      [900, 60],
    ].map(([width, height]) => roomIn({ width, height })),
    ["wide", "narrow", "tiny", "tiny"],
  );
  assert.deepEqual(
    [
      [900, 300, false],
      [900, 300, true],
      [380, 160, true],
      [200, 100, true],
    ].map(([width, height, measured]) => rowsIn({ width, height }, measured)),
    [
      { rows: 15, figures: 0 },
      { rows: 6, figures: 7 },
      { rows: 2, figures: 2 },
      { rows: 1, figures: 0 },
    ],
  );
  const rows = [5, 1, 9, 3].map((distance) => ({ distance }));
  assert.deepEqual(
    nearestRows(rows, 2).map(({ distance }) => distance),
    [1, 3],
  );
});

test("a latency lasts from the first gesture to the paint of the answer", () => {
  const latency = new RefineLatency();
  latency.painted(1);
  latency.asked(2);
  latency.asked(2.01);
  latency.painted(2.02);
  assert.ok(Number.isNaN(latency.last));
  latency.answered();
  latency.painted(2.03);
  assert.ok(Math.abs(latency.last - 30) < 1e-6);
});

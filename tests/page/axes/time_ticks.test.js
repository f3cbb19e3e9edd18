import assert from "node:assert/strict";
import { test } from "node:test";

process.env.TZ = "Europe/Berlin";
process.env.LC_ALL = "en_GB.UTF-8";
const { timeTicks } = await import("../../../static/axes/time_ticks.js");
const { zoneOf } = await import("../../../static/base/zones.js");
const { golden } = await import("../support/rules.js");

const measure = (text) => 6 * text.length;
const at = (text) => new Date(text).getTime() / 1000; // local time
const ticks = (from, to, pixels = 800, now = at("2026-10-02T12:00:00")) =>
  timeTicks(from, to, pixels, measure, now);
const labels = (from, seconds, pixels) =>
  ticks(at(from), at(from) + seconds, pixels).list.map(({ label }) => label);
const clock = (labels) =>
  labels.map((label) => label.replace(/^\D*(\d+)\D+$/, "day $1").replace(/^\D+ (\d+)$/, "day $1"));

const TABLE = [
  [
    "30 s",
    "2026-10-02T12:00:00",
    30,
    ["12:00:00", "12:00:05", "12:00:10", "12:00:15", "12:00:20", "12:00:25", "12:00:30"],
  ],
  [
    "2 minutes",
    "2026-10-02T12:00:00",
    120,
    [
      "12:00:00",
      "12:00:15",
      "12:00:30",
      "12:00:45",
      "12:01:00",
      "12:01:15",
      "12:01:30",
      "12:01:45",
      "12:02:00",
    ],
  ],
  [
    "an hour",
    "2026-10-02T12:00:00",
    3600,
    ["12:00", "12:10", "12:20", "12:30", "12:40", "12:50", "13:00"],
  ],
  [
    "over midnight",
    "2026-10-02T22:00:00",
    4 * 3600,
    ["22:00", "22:30", "23:00", "23:30", "day 3", "00:30", "01:00", "01:30", "02:00"],
  ],
  [
    "two days",
    "2026-10-02T00:00:00",
    172800,
    ["day 2", "06:00", "12:00", "18:00", "day 3", "06:00", "12:00", "18:00", "day 4"],
  ],
  [
    "half a second",
    "2026-10-02T12:00:00",
    0.5,
    ["12:00:00.0", "12:00:00.1", "12:00:00.2", "12:00:00.3", "12:00:00.4", "12:00:00.5"],
  ],
  [
    "4 ms",
    "2026-10-02T12:00:00",
    0.004,
    ["12:00:00.000", "12:00:00.001", "12:00:00.002", "12:00:00.003", "12:00:00.004"],
  ],
];
for (const [name, from, seconds, expected] of TABLE) {
  test(`an axis of ${name}`, () => assert.deepEqual(clock(labels(from, seconds)), expected));
}

test("microseconds are as fine as a double of today can tell", () => {
  const found = labels("2026-10-02T12:00:00", 20e-6, 600);
  assert.equal(found[1], "12:00:00.000005");
});

test("months, with the year where it changes", () => {
  const found = labels("2026-08-01T00:00:00", 300 * 86400);
  assert.deepEqual([found[0].slice(0, 3), found[5], found.length], ["Aug", "2027", 10]);
});

test("years are round", () =>
  assert.deepEqual(labels("1999-06-01T00:00:00", 31 * 365 * 86400, 500), [
    "2000",
    "2005",
    "2010",
    "2015",
    "2020",
    "2025",
    "2030",
  ]));

test("the date is that of what is seen first", () => {
  const day = at("2026-03-29T00:00:00");
  const ends = [day - 86400 / 8, day + 86400];
  const context = (first) =>
    timeTicks(...ends, 800, measure, at("2026-10-02T12:00:00"), 0, undefined, first).context;
  const column = { x: day, width: 3600 };
  assert.match(context(), /28/);
  assert.match(context(column), /29/);
  assert.match(
    context({ ...column, x: day + 7 * 86400 }),
    /28/,
    "of nothing that is seen it is not",
  );
});

test("columns of an image that are days have no times within them", () => {
  const day = at("2026-03-29T00:00:00");
  const labels = (end) =>
    timeTicks(day - 43200, end, 800, measure, day, 0, undefined, { x: day, width: 86400 })
      .list.map(({ label }) => label)
      .filter((label) => label.includes(":"));
  assert.deepEqual(labels(day + 2.5 * 86400), []);
  assert.notDeepEqual(labels(day + 43200), [], "unless there is one");
});

test("a zone that is not the reader's is named beside the date", () => {
  const noon = at("2026-10-02T12:00:00");
  const context = (tz, from = noon) =>
    timeTicks(from, from + 3600, 800, measure, noon, 0, zoneOf(tz)).context;
  assert.equal(context("Europe/Berlin"), "");
  assert.equal(context("America/New_York"), "America/New_York");
  assert.match(context("America/New_York", noon + 86400), /2026 · America\/New_York$/);
});

test("the hour that is skipped in spring, and the one that comes twice in autumn, break nothing", () => {
  for (const day of ["2026-03-29T00:00:00", "2026-10-25T00:00:00"]) {
    const { list } = ticks(at(day), at(day) + 12 * 3600);
    assert.ok(list.length >= 5);
    for (const { value } of list) assert.equal(new Date(value * 1000).getMinutes(), 0);
  }
});

test("ticks stand on round local times in a zone with half hours", (t) => {
  process.env.TZ = "Asia/Kolkata";
  t.after(() => (process.env.TZ = "Europe/Berlin"));
  assert.deepEqual(labels("2026-10-02T12:00:00", 7200), [
    "12:00",
    "12:15",
    "12:30",
    "12:45",
    "13:00",
    "13:15",
    "13:30",
    "13:45",
    "14:00",
  ]);
});

const context = (from, seconds) => ticks(at(from), at(from) + seconds).context;
test("the date is said only when it is not today's", () => {
  assert.equal(context("2026-10-02T11:00:00", 30), "");
  assert.match(context("2026-10-01T11:00:00", 30), /2026/);
  assert.match(context("2026-10-01T23:00:00", 7200), /1/);
});

test("the year is said only when it is not this one", () => {
  assert.equal(context("2026-09-01T00:00:00", 9 * 86400), "");
  assert.equal(context("2025-09-01T00:00:00", 9 * 86400), "2025");
  assert.equal(context("2026-02-01T00:00:00", 200 * 86400), "2026");
  assert.equal(context("2000-01-01T00:00:00", 9e8), "");
});

test("a reader's own calendar moves no day or month away from its tick", (t) => {
  const own = Date.prototype.toLocaleDateString;
  t.mock.method(Date.prototype, "toLocaleDateString", function (_, options) {
    return own.call(this, "fa-IR-u-nu-latn", options);
  });
  assert.deepEqual(labels("2026-10-02T00:00:00", 4 * 86400).slice(0, 2), ["2 اکتبر", "12:00"]);
  assert.deepEqual(labels("2026-09-20T00:00:00", 90 * 86400, 300), ["اکتبر", "نوامبر", "دسامبر"]);
  assert.match(ticks(at("2026-10-01T10:00:00"), at("2026-10-01T11:00:00")).context, /2026/);
});

test("labels do not touch, from microseconds to a thousand years, from 240 to 3840 pixels", () => {
  for (let seconds = 1e-5; seconds < 3e10; seconds *= 3.7) {
    for (const pixels of [240, 320, 500, 900, 1920, 3840]) {
      const from = at("2026-10-02T12:34:56");
      const { list } = ticks(from, from + seconds, pixels);
      assert.ok(
        list.length >= 1 || seconds > 1e9 || pixels < 300,
        `${seconds} s on ${pixels} pixels: no tick`,
      );
      list.reduce(
        (a, b) => {
          const apart = ((b.value - a.value) / seconds) * pixels;
          assert.ok(
            apart >= (measure(a.label) + measure(b.label)) / 2 + 4,
            `${a.label} | ${b.label}: ${seconds} s on ${pixels} pixels`,
          );
          return b;
        },
        { value: -Infinity, label: "" },
      );
    }
  }
});

golden("time_ticks");

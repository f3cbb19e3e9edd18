import assert from "node:assert/strict";
import { test } from "node:test";

process.env.TZ = "Europe/Berlin";
const { OWN, timeOf, wall, wallAt, zoneOf } = await import("../../../static/base/zones.js");

const shown = (zone, iso) =>
  wallAt(zone, Date.parse(iso) / 1000)
    .toISOString()
    .slice(0, 19);
const when = (zone, iso) => new Date(timeOf(zone, Date.parse(`${iso}Z`)) * 1000).toISOString();

test("without a name, or with that of the reader's zone, it is the reader's own", () => {
  assert.deepEqual([zoneOf(null), zoneOf(""), zoneOf("Europe/Berlin")], [OWN, OWN, OWN]);
  assert.equal(OWN.name, "");
});

test("times may be counted from any second", () => {
  for (const name of [null, "America/New_York", "Mars/Olympus"]) {
    const [plain, counted] = [zoneOf(name), zoneOf(name, 1_000_000_000)];
    assert.deepEqual(wallAt(counted, 795_824_000.75), wallAt(plain, 1_795_824_000));
    const shown = Date.parse("2026-11-01T01:30:00Z");
    assert.equal(timeOf(counted, shown), timeOf(plain, shown) - 1_000_000_000);
  }
});

test("another zone says its name, and one that is not known is UTC", () => {
  assert.deepEqual(
    ["America/New_York", "UTC", "Mars/Olympus"].map((name) => zoneOf(name).name),
    ["America/New_York", "UTC", "UTC"],
  );
  assert.equal(zoneOf("Mars/Olympus").offsetAt(0), 0);
  assert.equal(zoneOf("America/New_York").offsetAt(0), -5 * 3600);
});

/** [zone, time, what clocks show] */
const SHOWN = [
  [null, "2026-07-01T10:00:00Z", "2026-07-01T12:00:00"],
  [null, "1893-03-31T23:06:31Z", "1893-03-31T23:59:59"],
  ["UTC", "2026-07-01T10:00:00Z", "2026-07-01T10:00:00"],
  ["America/New_York", "2026-07-01T02:00:00Z", "2026-06-30T22:00:00"],
  ["Asia/Kathmandu", "2026-07-01T00:00:00Z", "2026-07-01T05:45:00"],
  ["Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29T23:59:59"],
  ["Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31T00:00:00"],
  ["UTC", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00"],
  ["UTC", "0000-12-31T00:00:00Z", "0000-12-31T00:00:00"],
];
for (const [name, time, expected] of SHOWN)
  test(`at ${time} clocks of ${name} show ${expected}`, () =>
    assert.equal(shown(zoneOf(name), time), expected));

/** [zone, what clocks show, when]: skipped hours are later, of doubled ones it is the first */
const WHEN = [
  ["Europe/Berlin", "2026-03-29T02:30:00", "2026-03-29T01:30:00.000Z"],
  ["Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T00:30:00.000Z"],
  ["Europe/Berlin", "2026-10-25T03:00:00", "2026-10-25T02:00:00.000Z"],
  ["America/New_York", "2026-03-08T02:30:00", "2026-03-08T07:30:00.000Z"],
  ["America/New_York", "2026-11-01T01:30:00", "2026-11-01T05:30:00.000Z"],
  ["America/New_York", "2026-11-01T03:30:00", "2026-11-01T08:30:00.000Z"],
  ["Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00.000Z"],
  ["Asia/Kathmandu", "2026-07-01T05:45:00", "2026-07-01T00:00:00.000Z"],
];
for (const [name, clock, expected] of WHEN)
  test(`clocks of ${name} show ${clock} at ${expected}`, () => {
    assert.equal(when(zoneOf(name), clock), expected);
    if (name === "Europe/Berlin") assert.equal(new Date(clock).toISOString(), expected);
  });

test("the first years are not those of the twentieth century", () =>
  assert.equal(new Date(wall(33, 3, 3, 9)).toISOString(), "0033-04-03T09:00:00.000Z"));

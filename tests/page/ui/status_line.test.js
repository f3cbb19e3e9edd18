import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, showPage } from "../support/dom.js";
import {
  lossesSentence,
  stateSentence,
  stateTitle,
  StatusLine,
  WORDS,
} from "../../../static/ui/status_line.js";
import { plain } from "../support/text.js";

const state = (name, more = {}) =>
  stateSentence({ state: name, reason: "Because.", seconds: null, waiting: null, ...more });
const STATES = [
  [state("live"), "live"],
  [state("looking back"), "looking back"],
  [state("connecting"), "connecting…"],
  [state("paused"), "paused"],
  [state("paused", { waiting: 12_345 }), "paused, 12 345 waiting"],
  [state("reconnecting", { seconds: 3.4 }), "reconnecting in 3 s"],
  [state("reconnecting", { seconds: 0.2 }), "reconnecting…"],
  [state("ended"), "ended: Because."],
  [
    state("saved", { saved: { at: new Date(2026, 10, 9, 3, 40, 12).getTime() / 1000 } }),
    "saved 2026-11-09 03:40:12",
  ],
  [state("refused"), "Because."],
];
for (const [said, expected] of STATES)
  test(`status: ${expected}`, () => assert.equal(plain(said), expected));

test("losses are named, conflation is none", () => {
  assert.equal(
    lossesSentence({
      dropped: 12,
      conflated: 1e6,
      refused: { "not JSON": 2, "bad name": 1 },
      gaps: 0,
    }),
    "12 dropped · 3 refused",
  );
  assert.equal(lossesSentence({}), "");
});

// -- The line itself ----------------------------------------------------------------------------

const REPORT = {
  state: "live",
  reason: "",
  seconds: null,
  waiting: null,
  advance: "",
  points: 0,
  pointsPerSecond: 0,
  framesPerSecond: 0,
  latency: NaN,
  conflated: 0,
  counts: {},
  notices: [],
  guessedTimes: false,
  way: "directly",
  proxy: "",
  openLoop: false,
};

/** Each part of the line that says something, by its name. */
function said(report) {
  showPage("index.html");
  new StatusLine(byId("status")).update({ ...REPORT, ...report });
  const parts = [...byId("status").children].filter(({ textContent }) => textContent !== "");
  return Object.fromEntries(parts.map((one) => [one.className, plain(one.textContent)]));
}
const titleOf = (part) => byId("status").querySelector(`.${part}`).title;

test("nothing is said of what is not there", () => assert.deepEqual(said({}), { state: "live" }));

test("figures stand in their order, rounded", () => {
  const report = {
    points: 1_234_567,
    pointsPerSecond: 20_000,
    framesPerSecond: 59.6,
    latency: 2.4,
    conflated: 7,
  };
  assert.deepEqual(Object.entries(said(report)), [
    ["state", "live"],
    ["points", "1.23 M points"],
    ["rate", "20.0 k/s"],
    ["frames", "60 fps"],
    ["latency", "2 ms"],
    ["columns", "all extremes drawn"],
  ]);
});

const IMAGE = { name: "image", rows: 20, bins: 20, began: 0 };
const LEAST = [
  [{ advance: "42 % · 3 s to go" }, "advance", "42 % · 3 s to go"],
  [{ points: 1 }, "points", "1 point"],
  [{ points: 20, image: IMAGE }, "points", "20 rows of 20 values"],
  [{ points: 60, image: { ...IMAGE, rows: 60, began: 40 } }, "points", "20 rows of 20 values"],
  [
    { points: 77, image: { ...IMAGE, rows: 60, began: 40 } },
    "points",
    "17 points, 20 rows of 20 values",
  ],
  [{ points: 120, image: IMAGE }, "points", "100 points, 20 rows of 20 values"],
  [{ points: 1, image: { ...IMAGE, rows: 1 } }, "points", "1 row of 20 values"],
  [{ points: 5, image: { ...IMAGE, name: "" } }, "points", "5 points"],
  [{ pointsPerSecond: 0.049 }, "rate", undefined],
  [{ pointsPerSecond: 0.05 }, "rate", "0.0500/s"],
  [{ framesPerSecond: 0.49 }, "frames", undefined],
  [{ framesPerSecond: 0.5 }, "frames", "1 fps"],
  [{ latency: 0 }, "latency", "0 ms"],
];
for (const [report, part, expected] of LEAST)
  test(`of ${JSON.stringify(report)} it says ${expected}`, () =>
    assert.equal(said(report)[part], expected));

test("the state is a word for the style sheet, and a sentence on hover", () => {
  said({ state: "looking back" });
  assert.equal(byId("status").dataset.state, "looking-back");
  assert.match(titleOf("state"), /^looking back: you look at what has been/);
  assert.equal(
    stateTitle({ state: "ended", reason: "Closed." }),
    "Closed.\n(ended: the plot was closed or the service has stopped: the picture is the last one)",
  );
});

test("what was removed is no number of what is there, and one is no plural", () => {
  const counts = { runs: 5, gaps: 1, errors: 1 };
  assert.equal(said({ counts }).losses, "5 past runs removed · 1 gap · 1 error");
});

test("losses are explained on hover, with what they are made of", () => {
  const { losses } = said({ counts: { gaps: 2, refused: { "bad name": 3 }, unknown: 1 } });
  assert.equal(losses, "2 gaps · 3 refused · 1 unknown");
  assert.match(
    titleOf("losses"),
    /^gaps: points whose y was NaN.*\nrefused: .*short \(bad name: 3\)$/,
  );
});

test("the newest notice is shown, all on hover", () => {
  assert.equal(said({ notices: ["one", "two"] }).notice, "two");
  assert.equal(titleOf("notice"), "one\ntwo");
});

test("that x is shown as times by a guess is said quietly, with how to undo it", () => {
  assert.equal(said({}).times, undefined);
  assert.equal(said({ guessedTimes: true }).times, "x as times");
  assert.match(titleOf("times"), /looks like seconds since 1970; time=False shows its numbers/);
});

test("the proxy that the page comes through is named", () => {
  assert.equal(said({}).proxy, undefined);
  const report = { way: "by proxy", proxy: "hub.test/user/a/proxy/8000/" };
  assert.equal(said(report).proxy, "by proxy");
  assert.match(titleOf("proxy"), /hub\.test\/user\/a\/proxy\/8000\/$/);
});

test("so is the notebook's own connection, which has no address", () => {
  assert.equal(said({ way: "by the notebook" }).proxy, "by the notebook");
  assert.match(titleOf("proxy"), /connection to its kernel$/);
});

test("of a file it is said how much of the plot it holds, if that is not all", () => {
  const saved = { at: 1, points: 12_345, isWhole: false };
  assert.equal(said({ state: "saved", way: "in the file", saved }).proxy, "12 345 in the file");
  assert.match(titleOf("proxy"), /what of the points this file holds/);
  const whole = { ...saved, isWhole: true };
  assert.equal(said({ state: "saved", way: "in the file", saved: whole }).proxy, undefined);
});

test("that the relay does not hear yet is said, with what it means", () => {
  assert.equal(said({ openLoop: true }).later, "zoom refines when the cell ends");
  assert.match(titleOf("later"), /does not hear the page while the cell runs/);
});

test("every word of the line is explained", () =>
  assert.deepEqual(
    WORDS.map(({ title, rows }) => [title, rows.length]),
    [
      ["States", 9],
      ["Figures", 14],
      ["Losses", 7],
    ],
  ));

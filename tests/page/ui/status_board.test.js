import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, scopeOf, send, showPage, textsOf } from "../support/dom.js";
import { plain } from "../support/text.js";
import { Labels } from "../../../static/base/labels.js";
import { Latencies } from "../../../static/link/meters.js";
import { Model } from "../../../static/link/model.js";
import { completeOptions } from "../../../static/link/options.js";
import { Legend } from "../../../static/legend/legend.js";
import { StatusBoard } from "../../../static/ui/status_board.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";
import { initialView } from "../../../static/view/state.js";
import { Sweeps } from "../../../static/view/sweeps.js";
import { itemOf } from "../support/lines.js";
import { zoneOf } from "../../../static/base/zones.js";

const LIVE = { view: initialView(null), hidden: false };
const PAUSED = { view: { ...LIVE.view, paused: true }, hidden: false };
const BACK = { view: { ...LIVE.view, mode: "range", from: 0, to: 1 }, hidden: false };

/** A board over a session with the series "a" and "b", which has just greeted. */
function boardOf({ options = {}, connection = {} } = {}) {
  showPage("index.html");
  const asked = [];
  const model = new Model();
  const session = {
    model,
    options: completeOptions(options),
    plot: "run",
    connection: { name: "live", attempt: 0, until: null, reason: "", ...connection },
    counts: {},
    notices: [],
    progress: [],
    controls: [],
    alerts: null,
    sweeps: new Sweeps(),
    service: "s",
    clock: { here: (time) => time },
    guessed: [],
    announced: 0,
    latencies: new Latencies(),
    env: { now: () => 100 },
    access: { way: "directly", proxy: "" },
    openLoop: false,
    silence: 0,
    fetchPoints: async () => void asked.push("points"),
  };
  const picture = {
    frames: 0,
    isEnd: (name) => name === "end",
    homeOf: () => ({ panel: 0, list: null }),
    sideOf: (name) => (name === "b" ? "right" : "left"),
    lackOf: (name) => (name === "b" ? "≤ 0 not shown" : ""),
    axisOf: () => axisView(LINEAR, [1, 0], 100, "V"),
    colorOf: (name) => `#${name}`,
    penOf: () => ({ dashes: [], opacity: 1 }),
    labels: new Labels(),
    triggered: { words: "500 mV" },
    levelHandle: { focus: () => {} },
    x: [0, 1],
    panels: () => [{ x: axisView(LINEAR, [0, 10], 100, "s") }],
  };
  const legend = new Legend(scopeOf(), session, () => {});
  return {
    board: new StatusBoard(document.body, session, picture, legend),
    session,
    picture,
    legend,
    asked,
  };
}

/** Points have come, of "a" and of more. */
function fill({ session }, ...more) {
  const { model } = session;
  model.setSeries(["a", ...more].map((name, id) => itemOf(name, id)));
  for (const [index, one] of model.series.entries())
    Object.assign(one, { points: 10 * (index + 1), lastY: index + 0.25 });
  model.xMin = 0;
}
const hidden = (...ids) => ids.map((id) => byId(id).hidden);
const BUTTONS = ["retry", "live", "everything", "pause"];

test("the title is the plot's, or else its name, for the page, its tab and who hears it", () => {
  const { board, session } = boardOf({ options: { title: "Loss of the run" } });
  const titles = () => {
    board.setTitle();
    return [byId("title").textContent, board.title, byId("plot").getAttribute("aria-label")];
  };
  assert.deepEqual(titles(), ["Loss of the run", "Loss of the run", "Live plot: Loss of the run"]);
  session.options = completeOptions({});
  assert.deepEqual(titles(), ["run", "run", "Live plot: run"]);
  assert.equal(byId("title").className, "name");
  session.plot = "plot";
  assert.deepEqual(titles(), ["", "plot", "Live plot: plot"]);
  session.plot = "";
  assert.deepEqual(titles(), ["", "zwsnb", "Live plot: zwsnb"]);
});

const STATES = [
  ["live", LIVE, "live"],
  ["live", PAUSED, "paused"],
  ["live", { ...LIVE, hidden: true }, "paused"],
  ["live", BACK, "looking back"],
  ["idle", LIVE, "connecting"],
  ["reconnecting", PAUSED, "reconnecting"],
  ["ended", LIVE, "ended"],
];
for (const [name, look, expected] of STATES)
  test(`a ${name} connection, seen ${look.view.mode}${look.view.paused ? " and paused" : ""}: ${expected}`, () =>
    assert.equal(boardOf({ connection: { name } }).board.state(look), expected));

test("the legend has the newest values, with what is to be said of each", () => {
  const made = boardOf();
  fill(made, "b", "end");
  made.session.model.series[0].kind = "xy";
  made.board.report(LIVE, 1);
  assert.deepEqual(textsOf("#legend .name"), ["a", "b"]);
  assert.deepEqual(textsOf("#legend .tag"), ["XY", "right, ≤ 0 not shown"]);
  assert.deepEqual(textsOf("#legend .value").map(plain), ["0.25 V", "1.25 V"]);
  assert.match(
    byId("legend").querySelector("button").title,
    /^a: 10 points, x swings: drawn in the order of publishing/,
  );
});

test("past runs that nobody has named are told from the others", () => {
  const made = boardOf();
  const runs = [
    ["loss", 0],
    ["loss (2)", 2],
    ["baseline", 1],
  ];
  made.session.model.setSeries(
    runs.map(([name, number], id) => ({ ...itemOf(name, id), of: "loss", number })),
  );
  const items = made.board.entries();
  assert.deepEqual(
    items.map(({ isUnnamedPast }) => isUnnamedPast),
    [false, true, false],
  );
  assert.equal(new Set(items.map(({ family }) => family)).size, 1);
});

test("what is hidden is in the legend, and not among what is seen", () => {
  const made = boardOf();
  fill(made, "b");
  made.board.report(LIVE, 1);
  send(byId("legend").querySelector("button"), "click");
  assert.deepEqual(
    made.board.entries().map(({ name }) => name),
    ["b"],
  );
  assert.equal(textsOf("#legend .name").length, 2);
});

test("who does not see the plot hears its values", () => {
  const made = boardOf();
  fill(made);
  made.board.report(LIVE, 1);
  assert.equal(plain(byId("spoken").textContent), "live: a 0.25 V");
});

test("an empty plot says what is waited for", () => {
  const { board, session } = boardOf();
  board.report(LIVE, 1);
  assert.deepEqual(
    [byId("plot").classList.contains("vacant"), ...hidden("waiting")],
    [true, false],
  );
  session.connection = { name: "refused", until: null, reason: "Take another address." };
  board.frame(LIVE, 2);
  assert.deepEqual(
    [byId("reason").textContent, ...hidden("waiting"), document.body.dataset.state],
    ["Take another address.", true, "refused"],
  );
});

test("a range of x that is known is shown before there are points", () => {
  const isVacant = (x_range) => {
    const made = boardOf({ options: { x_range } });
    made.board.report(LIVE, 0);
    return [byId("plot").classList.contains("vacant"), ...hidden("waiting")];
  };
  assert.deepEqual(isVacant([0, 1000]), [false, false]);
  assert.deepEqual(isVacant([0, null]), [true, false]);
});

test("over a picture no reason is written", () => {
  const made = boardOf({ connection: { name: "ended", reason: "Closed." } });
  fill(made);
  made.board.report(LIVE, 1);
  assert.deepEqual(
    [byId("plot").classList.contains("vacant"), byId("reason").textContent, ...hidden("waiting")],
    [false, "", true],
  );
});

const SHOWN = [
  ["live", LIVE, ["pause"]],
  ["live", PAUSED, ["live", "pause"]],
  ["live", BACK, ["live", "everything", "pause"]],
  ["live", { ...LIVE, view: { ...LIVE.view, y: { "0:left": [0, 1] } } }, ["everything", "pause"]],
  ["live", { ...LIVE, view: initialView(10) }, ["everything", "pause"]],
  ["reconnecting", BACK, ["retry", "everything"]],
];
for (const [name, look, expected] of SHOWN)
  test(`buttons of a ${name} connection: ${expected}`, () => {
    boardOf({ connection: { name } }).board.report(look, 1);
    assert.deepEqual(
      BUTTONS.filter((id) => !byId(id).hidden),
      expected,
    );
  });

test("in a file nothing can be paused, and there are ways back to the window only", () => {
  const shownIn = (view) => {
    const { board, session } = boardOf();
    session.access.saved = { at: 1, points: 1, isWhole: true };
    board.setTitle();
    board.report({ view, hidden: false }, 1);
    assert.equal(byId("status").dataset.state, "saved");
    assert.equal(byId("waiting").hidden, true);
    assert.equal(byId("reason").textContent, "There were no points.");
    assert.equal(byId("plot").getAttribute("aria-label"), "Plot: run");
    return [...BUTTONS, "follow"].filter((id) => !byId(id).hidden);
  };
  const back = { mode: "range", from: 0, to: 1 };
  assert.deepEqual(shownIn(initialView(null)), []);
  assert.deepEqual(shownIn({ ...initialView(null), ...back }), ["everything"]);
  assert.deepEqual(shownIn({ ...initialView(10), ...back }), ["live", "everything"]);
  assert.deepEqual(shownIn({ ...initialView(10), mode: "all", home: "all" }), ["follow"]);
  assert.deepEqual([byId("live").textContent, byId("follow").textContent], ["Back", "Window"]);
});

test("the button of the pause says what it does", () => {
  const { board } = boardOf();
  const pause = (look) => {
    board.report(look, 1);
    return [byId("pause").textContent, byId("pause").getAttribute("aria-pressed")];
  };
  assert.deepEqual(
    [pause(LIVE), pause(PAUSED)],
    [
      ["Pause", "false"],
      ["Resume", "true"],
    ],
  );
});

test("while it is paused the relay is asked for its points, once a second", () => {
  const { board, session, asked } = boardOf();
  session.announced = 12;
  for (const now of [10, 10.5, 11.1]) board.report(PAUSED, now);
  assert.equal(asked.length, 2);
  board.report({ ...PAUSED, hidden: true }, 20);
  board.report(LIVE, 30);
  assert.equal(asked.length, 2);
  board.report(PAUSED, 30.1);
  assert.equal(plain(byId("status").querySelector(".state").textContent), "paused, 12 waiting");
});

test("rates count from the first patch on, and anew after another greeting", () => {
  const made = boardOf();
  const { board, session } = made;
  fill(made);
  const rate = () => byId("status").querySelector(".rate").textContent;
  const report = (points, now) => {
    session.model.points = points;
    board.report(LIVE, now);
    return plain(rate());
  };
  assert.equal(report(1_000_000, 0), "", "what was there before is no rate");
  board.patched();
  assert.deepEqual([report(1_000_000, 1), report(1_000_100, 2)], ["", "100/s"]);
  board.forget();
  report(5, 3);
  board.patched();
  assert.deepEqual([report(5, 4), report(25, 5)], ["", "20.0/s"]);
});

test("who had a window, and chose everything, gets it back by a button", () => {
  const { board } = boardOf();
  const shows = (changes) => {
    board.report({ ...LIVE, view: { ...LIVE.view, ...changes } }, 1);
    return !byId("follow").hidden;
  };
  assert.equal(shows({ mode: "follow", home: "follow", window: 10 }), false);
  assert.equal(shows({ mode: "all", home: "all", window: 10 }), true);
  assert.equal(shows({ mode: "range", home: "all", window: 10 }), true);
  assert.equal(shows({ mode: "range", home: "follow", window: 10 }), false, "back to live does it");
  assert.equal(shows({ mode: "all", home: "all", window: null }), false, "there was none");
});

test("frames are counted with every frame, the legend ten times a second", () => {
  const made = boardOf();
  fill(made);
  const { board, picture, session } = made;
  for (let frame = 0; frame <= 60; frame++) {
    picture.frames = frame;
    board.frame(LIVE, 1 + frame / 60);
  }
  assert.ok(Math.abs(board.framesPerSecond - 60) < 5, `${board.framesPerSecond}`);
  session.model.series[0].lastY = 9.5;
  board.frame(LIVE, 2.05);
  assert.equal(plain(textsOf("#legend .value")[0]), "0.25 V");
  board.frame(LIVE, 2.2);
  assert.equal(plain(textsOf("#legend .value")[0]), "9.50 V");
});

test("the first series is named with the picture that shows it", () => {
  const made = boardOf();
  made.board.frame(LIVE, 1);
  fill(made);
  made.board.frame(LIVE, 1.016);
  assert.deepEqual(textsOf("#legend .name"), ["a"]);
  fill(made, "b");
  made.board.frame(LIVE, 1.033);
  assert.deepEqual(textsOf("#legend .name"), ["a"], "the next ones may wait");
  made.board.frame(LIVE, 1.2);
  assert.deepEqual(textsOf("#legend .name"), ["a", "b"]);
});

test("names of panels that are not there yet wait for the next picture", () => {
  const made = boardOf();
  const panel = document.createElement("ul");
  made.picture.homeOf = () => ({ panel: 0, list: undefined });
  fill(made);
  made.board.report(LIVE, 1);
  assert.deepEqual(textsOf("#legend .name"), [], "they are not the page's");
  made.picture.homeOf = () => ({ panel: 0, list: panel });
  made.board.frame(LIVE, 1.016);
  assert.equal(panel.querySelector(".name")?.textContent, "a");
});

test("the line says how late pictures are, and when the next attempt is", () => {
  const { board, session } = boardOf();
  session.latencies.add(3, session.env.now());
  const part = (name) => {
    board.report(LIVE, 1);
    return byId("status").querySelector(`.${name}`).textContent;
  };
  assert.equal(part("latency"), "3 ms");
  session.latencies.add(3, session.env.now() - 6);
  assert.equal(part("latency"), "", "what was so late a while ago says nothing about now");
  session.latencies.add(3, session.env.now());
  session.connection = { name: "reconnecting", until: 104, reason: "Lost." };
  assert.deepEqual([part("state"), part("latency")], ["reconnecting in 4 s", ""]);
});

test("that the relay does not hear is said while it is live, and no longer", () => {
  const { board, session } = boardOf();
  const later = () => byId("status").querySelector(".later").textContent !== "";
  session.openLoop = true;
  board.report(LIVE, 1);
  assert.equal(later(), true);
  session.connection = { ...session.connection, name: "ended" };
  board.report(LIVE, 2);
  assert.equal(later(), false);
});

test("an alert stands above the plot, its point written as the axes have it", () => {
  const { board, session } = boardOf();
  fill({ session });
  const alert = { name: "a above 1", series: "a", run: "", x: 2.5, y: 1.25, time: 100 };
  session.alerts = { type: "alerts", first: 0, alerts: [alert] };
  board.report(LIVE, 1);
  assert.equal(plain(board.alerts.text), "a above 1: 1.25 V at 2.5 s");
  session.alerts = { ...session.alerts, first: 1, alerts: [{ ...alert, series: "removed" }] };
  board.report(LIVE, 2);
  assert.match(plain(board.alerts.text), /^a above 1: 1.25 at 2.5 s, and 1 before it$/);
  session.options = completeOptions({ time: true, tz: "UTC" });
  session.zone = zoneOf("UTC", 0);
  session.alerts = { ...session.alerts, first: 2, alerts: [alert] };
  board.report(LIVE, 3);
  assert.match(plain(board.alerts.text), /1.25 V at .*00:00:02/);
});

test("a spectrum of too few points says so in place of a picture", () => {
  const { board, session } = boardOf({ options: { style: "spectrum" } });
  const said = () => {
    board.report(LIVE, 1);
    return [byId("waiting").hidden, byId("reason").textContent];
  };
  assert.deepEqual(said(), [false, ""]);
  session.model.points = 3;
  assert.deepEqual(said(), [true, "No spectrum yet: it takes 8 points of a series in the window."]);
  session.model.xMin = 0;
  assert.deepEqual(said(), [true, ""]);
});

test("a relay that does not answer is not live, whatever is looked at", () => {
  const { board, session } = boardOf();
  session.silence = 7.2;
  for (const shown of [LIVE, PAUSED, BACK]) assert.equal(board.state(shown), "silent");
  assert.equal(board.state({ ...LIVE, hidden: true }), "paused");
  board.report(LIVE, 100);
  assert.equal(byId("status").querySelector(".state").textContent, "no answer for 7 s");
  assert.equal(document.body.dataset.state, "silent");
  session.silence = 0;
  board.report(LIVE, 101);
  assert.deepEqual([board.state(LIVE), document.body.dataset.state], ["live", "live"]);
});

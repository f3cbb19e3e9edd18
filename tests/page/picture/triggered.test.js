import assert from "node:assert/strict";
import { test } from "node:test";
import "../support/dom.js";
import { flat, sessionOf } from "../support/lines.js";
import { plain } from "../support/text.js";
import { Composition } from "../../../static/picture/composition.js";
import { Triggered } from "../../../static/picture/triggered.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";
import { initialView } from "../../../static/view/state.js";

const FOLLOW = initialView(2);
const ELSEWHERE = { ...FOLLOW, mode: "range", from: 0, to: 1 };
const NOTES = { lines: [{ y: 3, text: "limit" }], regions: [], marks: [{ x: 1, text: "one" }] };
const TRIGGER = { series: "a", level: 0.5, slope: "rising", mode: "normal", persist: 2 };
const VOLTS = axisView(LINEAR, [2, -2], 100, "V");
const POINTS = { a: flat([9, 0], [11, 1]), b: flat([9, 5], [11, 6]) };

/** What a trigger adds while its second sweep is seen, at 10; the first was at 3. */
function triggered(options = {}) {
  const session = sessionOf(POINTS, { trigger: TRIGGER, y_unit: "V", ...options });
  for (const [number, x] of [
    [1, 3],
    [2, 10],
  ]) {
    session.sweeps.expect({ number, x, from: x - 1, to: x + 1, first: 1 });
    session.sweeps.begin(session.model.series, 2);
  }
  const composition = new Composition(session);
  const lines = () => composition.lines(() => false, "light");
  return { it: new Triggered(session, composition, () => VOLTS), session, lines };
}

test("earlier sweeps lie below, paler, each under its own series", () => {
  const { it, lines } = triggered();
  const [panel] = it.over(lines(), "light", FOLLOW);
  assert.deepEqual(
    panel.map(({ name, isEarlier = false }) => [name, isEarlier]),
    [
      ["a", true],
      ["b", true],
      ["a", false],
      ["b", false],
    ],
  );
  assert.deepEqual([...panel[0].points], [16, 0, 18, 1]);
  assert.notEqual(panel[0].color, panel[2].color);
});

test("a view of something else has no earlier sweeps", () => {
  const { it, lines } = triggered();
  assert.deepEqual(
    it.over(lines(), "light", ELSEWHERE).map((panel) => panel.map(({ isEarlier }) => isEarlier)),
    [[undefined, undefined]],
  );
});

test("a sweep that begins left of 0 begins where its points do on a logarithmic axis", () => {
  const { it, lines } = triggered({ log: "x" });
  const [panel] = it.over(lines(), "light", FOLLOW);
  const [low, high] = it.rangeOf({ from: -1, to: 100 }, panel);
  assert.deepEqual([low, high], [Math.log10(9), 2]);
});

test("a view that follows shows the sweep, another one what it says", () => {
  const { it, session } = triggered();
  assert.equal(it.sweepIn(FOLLOW), session.sweeps.current);
  assert.deepEqual(it.rangeOf(session.sweeps.current, []), [9, 11]);
  assert.equal(it.sweepIn(ELSEWHERE), null);
});

test("the level has a line with its number in the panel of the series, and the trigger one", () => {
  const { it } = triggered({ panels: [["b"], ["a"]] });
  const notes = it.notes(NOTES, 1, FOLLOW);
  const [, level] = notes.lines;
  assert.deepEqual([level.y, plain(level.text), level.axis], [0.5, "trigger 0.5 V", "left"]);
  assert.deepEqual(notes.marks.at(-1), { x: 10, text: "" });
  assert.equal(it.notes(NOTES, 1, FOLLOW), notes, "the same as long as nothing is new");
  assert.equal(it.notes(NOTES, 0, FOLLOW).lines, NOTES.lines);
  assert.equal(it.notes(NOTES, 1, ELSEWHERE).marks, NOTES.marks);
});

test("its handle stands on the axis of the series, if that is seen", () => {
  const { it } = triggered({ series: { a: { axis: "right" } } });
  const [left, right] = [axisView(LINEAR, [1, 0], 100, "V"), axisView(LINEAR, [2, 0], 100, "V")];
  const box = { left: 0, top: 0, width: 10, height: 100 };
  assert.equal(it.placeIn(() => [{ box, left, right }])?.axis, right);
  assert.equal(
    it.placeIn(() => [{ box, left, right: null }]),
    null,
  );
  assert.equal(
    triggered({ trigger: null }).it.placeIn(() => []),
    null,
  );
});

test("rolling there is no level, nor without a trigger or its series", () => {
  for (const trigger of [null, { ...TRIGGER, mode: "roll" }, { ...TRIGGER, series: "z" }])
    assert.equal(triggered({ trigger }).it.level, null);
});

test("x is counted from the trigger, and the axis says where that is", () => {
  const { it } = triggered();
  const axis = axisView(LINEAR, [9, 11], 100, "s");
  assert.deepEqual(it.zero(FOLLOW, axis), { x: 10, text: "trigger at 10\u202fs" });
  assert.equal(it.zero(ELSEWHERE, axis), null);
  assert.equal(it.zero(FOLLOW, { ...axis, log: true }), null);
});

test("who may edit moves the level, by the relay", () => {
  const { it, session } = triggered();
  const asked = [];
  session.request = (message) => asked.push(message);
  it.say(2);
  session.edits = false;
  it.say(3);
  assert.deepEqual(asked, [{ type: "trigger", trigger: { level: 2 } }]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { csvText } from "../../../static/saved/csv_text.js";
import { heldOf, savedOf } from "../support/saved.js";

/** @param {object} said by the relay @param {string} [name] of the series */
function csv(points, said = {}, name = "a", range = [-Infinity, Infinity]) {
  const saved = savedOf([heldOf(points)]);
  Object.assign(saved.head.messages[0], said);
  saved.head.messages[1].series[0].name = name;
  return csvText(saved, range);
}

test("rows as the relay has them, a gap as an empty cell", () => {
  const { text, rows } = csv([[1, 2.5], [2, NaN], [3, 4]]); // biome-ignore format: a table
  assert.equal(text, "series,x,y\r\na,1,2.5\r\na,2,\r\na,3,4\r\n");
  assert.equal(rows, 3);
});

test("cells of a density are no points", () => {
  const saved = savedOf([heldOf([[1, 2]], { marks: { cell: [1, 1] } })]);
  assert.equal(csvText(saved, [-Infinity, Infinity]).text, "series,x,y\r\n");
});

test("only those in the range", () => {
  const points = [[1, 2], [2, 3], [3, 4]]; // biome-ignore format: a table
  assert.equal(csv(points, {}, "a", [2, 2]).text, "series,x,y\r\na,2,3\r\n");
});

const NAMES = [
  ["a,b", '"a,b"'],
  ['a "b"', '"a ""b"""'],
  ["=1+1", "'=1+1"],
  ["@x y", '"\'@x y"'],
  ["a;=1+1", '"a;=1+1"'],
];
for (const [name, quoted] of NAMES)
  test(`a name: ${quoted}`, () =>
    assert.equal(csv([[1, 2]], {}, name).text, `series,x,y\r\n${quoted},1,2\r\n`));

const TIMES = [
  [0, "2026-01-01T12:00:00+00:00"],
  [1.5, "2026-01-01T12:00:01.500000+00:00"],
  [1.000000001, "2026-01-01T12:00:01.000000001+00:00"],
  [1e300, String(1e300 + 1_767_268_800)],
];
for (const [x, text] of TIMES)
  test(`a time: ${text}`, () => {
    const said = { options: { time: true }, origin: 1_767_268_800 };
    assert.equal(csv([[x, 2]], said).text, `series,x,y\r\na,${text},2\r\n`);
  });

test("a file without a word of a series has its points all the same", () => {
  const saved = savedOf([heldOf([[1, 2]])]);
  saved.head.messages = [];
  assert.equal(csvText(saved, [0, 9]).text, "series,x,y\r\n,1,2\r\n");
});

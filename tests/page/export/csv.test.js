import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../support/patches.js";
import {
  countLines,
  csvAddress,
  fileName,
  streamInto,
  progressText,
} from "../../../static/export/csv.js";
import { nextItem } from "../../../static/ui/menu.js";
import { placeEntries, svgDocument } from "../../../static/export/svg_document.js";

const PAGE = "http://127.0.0.1:8000/proxy/8000/?token=abc&plot=a%26b&theme=dark";
const measure = (text) => 6 * text.length;
const LOOK = { paper: "rgb(255, 255, 255)", ink: "#000", quiet: "#666", family: "system-ui" };

test("the address of the CSV keeps the proxy, the token and the plot", () => {
  assert.equal(csvAddress(PAGE, null), "http://127.0.0.1:8000/proxy/8000/csv?token=abc&plot=a%26b");
  assert.match(csvAddress(PAGE, [-0.5, 1e21]), /&from=-0\.5&to=1e%2B21$/);
});

const NAMES = [
  ["run", "run.csv"],
  ["../../etc/passwd", "_.._etc_passwd.csv"],
  ['a:b*c?"<d>|', "a_b_c_d_.csv"],
  ["  .. ", "plot.csv"],
  ["a\u202e\u0000b", "a_b.csv"],
];
for (const [name, expected] of NAMES)
  test(`a file's name: ${expected}`, () => assert.equal(fileName(name, "csv"), expected));
test("a long name is cut", () => assert.equal(fileName("x".repeat(256), "png").length, 84));

test("progress in rows", () => {
  assert.equal(plain(progressText(1_200, 1_234_567)), "1200 of 1.23 M rows");
  assert.equal(plain(progressText(12, 0)), "12 rows");
});

function answerOf(...pieces) {
  const body = new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  return new Response(body, { headers: { "X-Zwsnb-Rows": "3" } });
}

test("rows pass through to the file, and are counted on the way", async () => {
  const [seen, written] = [[], []];
  const file = { write: async (piece) => void written.push(new TextDecoder().decode(piece)) };
  const rows = await streamInto(
    answerOf("series,x,y\r\na,1,2\r\n", "a,2,", "3\r\na,3,4\r\n"),
    file,
    (done, all) => seen.push([done, all]),
  );
  assert.equal(rows, 3);
  assert.deepEqual(seen, [
    [1, 3],
    [1, 3],
    [3, 3],
  ]);
  assert.equal(written.join(""), "series,x,y\r\na,1,2\r\na,2,3\r\na,3,4\r\n");
});

test("a file that cannot be written to ends it", async () => {
  const file = { write: () => Promise.reject(new Error("disk full")) };
  await assert.rejects(
    streamInto(answerOf("series,x,y\r\n"), file, () => {}),
    /disk full/,
  );
});

test("lines are counted", () => assert.equal(countLines(new TextEncoder().encode("a\nb\n\nc")), 3));

const TEXTS = ["Save PNG", "Save SVG", "Copy picture", "All plots"];
const MOVES = [
  ["ArrowDown", 0, 1],
  ["ArrowDown", 3, 0],
  ["ArrowUp", 0, 3],
  ["ArrowUp", -1, 3],
  ["Home", 2, 0],
  ["End", 0, 3],
  ["s", 0, 1],
  ["s", 1, 0],
  ["c", 0, 2],
  ["z", 0, null],
  [" ", 0, null],
  ["Enter", 0, null],
];
for (const [key, at, expected] of MOVES)
  test(`menu: ${key} at ${at} leads to ${expected}`, () =>
    assert.equal(nextItem(key, at, TEXTS), expected));

const entry = (name) => ({ name, color: "#0474d4", value: "1.0" });
test("a legend goes on in the next row, and cuts long names", () => {
  const placed = placeEntries(["a", "b", "c", "x".repeat(99)].map(entry), 160, measure);
  assert.deepEqual(
    placed.map(({ row }) => row),
    [0, 0, 1, 2],
  );
  assert.equal(placed[3].label.length, 32);
});

test("a sheet has its title, its legend, its pictures, and nothing that runs", () => {
  const hostile = '<script>alert(1)</script>"><img onerror=alert(2)>';
  const entries = [{ ...entry(hostile), color: '"/><script>' }];
  const { svg, height } = svgDocument({
    title: hostile,
    entries,
    pictures: [{ left: 0, top: 5, svg: "<path/>" }],
    width: 400,
    height: 200,
    look: LOOK,
    measure,
  });
  assert.match(
    svg,
    /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 400 246" width="400" height="246"/,
  );
  assert.match(svg, /<g transform="translate\(0 51\)"><path\/><\/g><\/svg>\n$/);
  assert.equal(height, 246);
  assert.ok(!/<(script|img)/.test(svg));
});

test("a sheet without a title and a legend is as high as the picture, and a margin", () => {
  assert.equal(
    svgDocument({
      title: "",
      entries: [],
      pictures: [],
      width: 400,
      height: 200,
      look: LOOK,
      measure,
    }).height,
    208,
  );
});

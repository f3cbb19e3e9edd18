import assert from "node:assert/strict";
import { test } from "node:test";
import { escaped } from "../../../static/export/svg_attributes.js";
import { record } from "../../../static/export/svg_recorder.js";

/** What a canvas's context says of itself; it is told everything and draws nothing. */
class FakeContext {
  strokeStyle = "#0474d4";
  fillStyle = "#000000";
  lineWidth = 1.5;
  lineCap = "butt";
  lineJoin = "miter";
  globalAlpha = 1;
  font = "11px system-ui, sans-serif";
  textAlign = "start";
  textBaseline = "alphabetic";
  matrix = { a: 2, b: 0, c: 0, d: 2, e: 20, f: 10 };
  dashes = [];
  told = [];
  getTransform = () => this.matrix;
  getLineDash = () => this.dashes;
  measureText = (text) => ({ width: 6 * text.length });
}
for (const name of [
  "beginPath",
  "closePath",
  "moveTo",
  "lineTo",
  "rect",
  "roundRect",
  "arc",
  "quadraticCurveTo",
  "bezierCurveTo",
  "stroke",
  "fill",
  "fillRect",
  "strokeRect",
  "fillText",
  "strokeText",
  "drawImage",
  "clip",
  "save",
  "restore",
]) {
  FakeContext.prototype[name] = function (...words) {
    this.told.push([name, ...words]);
  };
}

/** @param {(context: FakeContext) => void} draw */
function svgOf(draw, context = new FakeContext()) {
  return record(context, 2, "c", () => draw(context));
}

function line(context, ...points) {
  context.beginPath();
  context.moveTo(...points[0]);
  for (const point of points.slice(1)) context.lineTo(...point);
  context.stroke();
}

test("a line is a path in CSS pixels, whatever the screen's density", () => {
  const svg = svgOf((context) => line(context, [0, 0], [10, 5.126]));
  assert.equal(svg, '<path fill="none" stroke="#0474d4" stroke-width="1.5" d="M10 5L20 10.13"/>');
});

test("the context draws on, and is itself again afterwards", () => {
  const context = new FakeContext();
  svgOf((one) => line(one, [0, 0], [1, 1]), context);
  assert.deepEqual(context.told, [["beginPath"], ["moveTo", 0, 0], ["lineTo", 1, 1], ["stroke"]]);
  assert.ok(!Object.hasOwn(context, "stroke"));
});

test("it is itself again after an error as well", () => {
  const context = new FakeContext();
  assert.throws(() => svgOf(() => assert.fail("no"), context));
  assert.ok(!Object.hasOwn(context, "stroke"));
});

test("the stretches of one line are one path", () => {
  const svg = svgOf((context) => {
    line(context, [0, 0], [1, 1]);
    line(context, [1, 1], [2, 0]);
    line(context, [5, 0], [6, 0]);
  });
  assert.match(svg, /d="M10 5L11 6L12 5M15 5L16 5"\/>$/);
  assert.equal(svg.split("<path").length, 2);
});

test("another colour is another path", () => {
  const svg = svgOf((context) => {
    line(context, [0, 0], [1, 1]);
    context.strokeStyle = "rgba(1, 2, 3, 0.5)";
    context.dashes = [4, 3];
    line(context, [1, 1], [2, 2]);
  });
  assert.match(
    svg,
    /stroke="rgb\(1, 2, 3\)" stroke-opacity="0.5" stroke-width="1.5" stroke-dasharray="4 3"/,
  );
});

test("dots, bars and curves", () => {
  const svg = svgOf((context) => {
    context.beginPath();
    context.arc(5, 5, 2, 0, 2 * Math.PI);
    context.fill();
    context.strokeRect(0, 0, 4, 2);
    context.fillStyle = "#ff0000";
    context.fillRect(0, 0, 4, 2);
    context.beginPath();
    context.moveTo(0, 0);
    context.quadraticCurveTo(1, 1, 2, 0);
    context.bezierCurveTo(1, 1, 2, 2, 3, 0);
    context.closePath();
    context.stroke();
  });
  assert.match(svg, /M17 10A2 2 0 0 1 13 10A2 2 0 0 1 17 10/);
  assert.match(svg, /fill="#ff0000" d="M10 5L14 5L14 7L10 7Z"/);
  assert.match(svg, /M10 5Q11 6 12 5C11 6 12 7 13 5Z/);
});

test("a text stands where it stood, and is only text", () => {
  const svg = svgOf((context) => {
    Object.assign(context, {
      textAlign: "right",
      textBaseline: "middle",
      font: "600 11px system-ui, sans-serif",
    });
    context.fillText("<script>alert(1)</script>", 5, 5);
  });
  assert.match(
    svg,
    /^<text x="15" y="10" text-anchor="end" dy="0.35em" font-family="system-ui, sans-serif" font-size="11" font-weight="600" fill="#000000">&lt;script&gt;/,
  );
  assert.ok(!svg.includes("<script"));
});

test("a text that is turned, squeezed, invisible", () => {
  const turned = svgOf((context) => {
    context.matrix = { a: 0, b: -2, c: 2, d: 0, e: 20, f: 40 };
    context.fillText("volts", 0, 0);
  });
  assert.match(turned, /transform="rotate\(-90 10 20\)"/);
  assert.match(
    svgOf((context) => context.fillText("long text", 0, 0, 20)),
    /textLength="20"/,
  );
  assert.equal(
    svgOf((context) => {
      context.globalAlpha = 0;
      context.fillText("ghost", 0, 0);
    }),
    "",
  );
});

test("a canvas is drawn with the pixels that it has", () => {
  const canvas = { toDataURL: () => "data:image/png;base64,AAAA" };
  const svg = svgOf((context) => context.drawImage(canvas, 1, 2, 30, 40));
  assert.match(svg, /^<image x="11" y="7" width="30" height="40" /);
  assert.match(svg, /href="data:image\/png;base64,AAAA"\/>$/);
});

test("a clip holds until it is restored, and is written once", () => {
  const svg = svgOf((context) => {
    for (let i = 0; i < 2; i++) {
      context.save();
      context.beginPath();
      context.rect(0, 0, 9, 9);
      context.clip();
      line(context, [0, 0], [99, 9]);
      context.restore();
    }
    line(context, [0, 0], [99, 9]);
  });
  assert.equal(svg.split("<clipPath").length, 2);
  assert.match(svg, /<clipPath id="c0"><path d="M10 5L19 5L19 14L10 14Z"\/><\/clipPath>/);
  assert.equal(svg.split('clip-path="url(#c0)"').length, 2);
});

test("what XML cannot hold is left out", () => {
  assert.equal(escaped("a\u0000\u000b\uffffb & \"c\" 'd'"), "ab &amp; &quot;c&quot; &#39;d&#39;");
});

test("a text's halo is a text of strokes", () => {
  const svg = svgOf((context) => {
    Object.assign(context, { strokeStyle: "#fff", lineWidth: 3, lineJoin: "round" });
    context.strokeText("goal", 10, 20);
  });
  assert.match(
    svg,
    /^<text [^>]*fill="none" stroke="#fff" stroke-width="[\d.]+" stroke-linejoin="round">goal<\/text>$/,
  );
});

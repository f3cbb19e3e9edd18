/** A context that draws nothing and remembers what it was told, with what it looked like then. */

const METHODS = [
  "arc",
  "arcTo",
  "beginPath",
  "bezierCurveTo",
  "clearRect",
  "clip",
  "closePath",
  "drawImage",
  "fill",
  "fillRect",
  "fillText",
  "lineTo",
  "moveTo",
  "putImageData",
  "quadraticCurveTo",
  "rect",
  "rotate",
  "roundRect",
  "stroke",
  "strokeRect",
  "strokeText",
];

const LOOK = {
  fillStyle: "#000000",
  strokeStyle: "#000000",
  lineWidth: 1,
  lineCap: "butt",
  lineJoin: "miter",
  font: "10px sans-serif",
  textAlign: "start",
  textBaseline: "alphabetic",
  globalAlpha: 1,
};

/** Pixels of a letter. */
export const LETTER = 6;

export class FakeContext {
  /** What it was told: a name, and what was said with it. @type {unknown[][]} */
  calls = [];
  /** How it looked at each of these. @type {object[]} */
  looks = [];
  #saved = [];
  #dashes = [];
  #matrix = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

  constructor(canvas = null) {
    this.canvas = canvas;
    Object.assign(this, LOOK);
  }

  get #look() {
    const its = Object.fromEntries(Object.keys(LOOK).map((name) => [name, this[name]]));
    return { ...its, dashes: this.#dashes };
  }

  note(name, words) {
    this.calls.push([name, ...words]);
    this.looks.push(this.#look);
  }

  measureText(text) {
    return { width: LETTER * text.length };
  }

  /** White. */
  getImageData(_x, _y, width, height) {
    return { data: new Uint8ClampedArray(4 * width * height).fill(255), width, height };
  }

  createLinearGradient() {
    return { addColorStop() {} };
  }

  setLineDash(dashes) {
    this.#dashes = [...dashes];
  }

  getLineDash() {
    return this.#dashes;
  }

  getTransform() {
    return this.#matrix;
  }

  translate(x, y) {
    const { a, b, c, d, e, f } = this.#matrix;
    this.#matrix = { a, b, c, d, e: e + a * x + c * y, f: f + b * x + d * y };
    this.note("translate", [x, y]);
  }

  scale(x, y) {
    const { a, b, c, d, e, f } = this.#matrix;
    this.#matrix = { a: a * x, b: b * x, c: c * y, d: d * y, e, f };
    this.note("scale", [x, y]);
  }

  save() {
    this.#saved.push([this.#look, this.#matrix]);
  }

  restore() {
    const [look, matrix] = this.#saved.pop() ?? [];
    if (!look) return;
    const { dashes, ...rest } = look;
    Object.assign(this, rest);
    [this.#dashes, this.#matrix] = [dashes, matrix];
  }

  /** All that was told by a name. @param {string} name */
  of(name) {
    return this.calls.filter(([one]) => one === name).map(([, ...words]) => words);
  }

  /** The texts that were written. */
  get texts() {
    return this.of("fillText").map(([text]) => text);
  }

  /** How it looked when it was told a name, time after time. @param {string} name */
  looksOf(name) {
    return this.looks.filter((_, index) => this.calls[index][0] === name);
  }

  /** Strokes of straight lines, each as [x1, y1, x2, y2]. */
  get lines() {
    const lines = [];
    let at = [];
    for (const [name, x, y] of this.calls) {
      if (name === "lineTo") lines.push([...at, x, y]);
      if (name === "lineTo" || name === "moveTo") at = [x, y];
    }
    return lines;
  }

  forget() {
    this.calls.length = this.looks.length = 0;
  }
}

for (const name of METHODS)
  FakeContext.prototype[name] = function (...words) {
    this.note(name, words);
  };

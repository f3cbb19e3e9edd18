/**
 * Records the calls of a canvas as SVG. The picture is drawn once more, by the same code that draws
 * it on the screen, and each call of its context is recorded beside: a second way to draw could
 * only differ.
 *
 * Of a context it uses the drawing calls (`moveTo`, `stroke`, `fillText`, ...) and the state
 * (colours, font, transform). Text goes through `escaped`, for names are whatever a program sends.
 */
import { recorded } from "../base/recorded.js";
import { ANCHORS, BASELINES, colorOf, escaped, fontOf, short } from "./svg_attributes.js";

/**
 * @typedef {object} Matrix the part of a DOMMatrix that is used
 * @property {number} a
 * @property {number} b
 * @property {number} c
 * @property {number} d
 * @property {number} e
 * @property {number} f
 *
 * @typedef {(...args: unknown[]) => unknown} Method
 *
 * @typedef {object} SvgElement one element
 * @property {string} head its attributes
 * @property {string} path its `d`; empty: it is no path
 * @property {string} whole all of it, where it is no path
 */

const FULL_TURN = 2 * Math.PI;

/**
 * Record what `draw` draws in the context.
 * @param {CanvasRenderingContext2D} context
 * @param {number} ratio device pixels per unit of the SVG
 * @param {string} prefix of ids, where several recordings go into one document
 * @param {() => void} draw
 * @returns {string} elements of SVG
 */
export function record(context, ratio, prefix, draw) {
  const recorder = new SvgRecorder(context, ratio, prefix);
  const own = /** @type {Record<string, Method>} */ (/** @type {unknown} */ (context));
  for (const name of RECORDED) own[name] = recording(own, recorder, name);
  recorded.add(context);
  try {
    draw();
  } finally {
    recorded.delete(context);
    for (const name of RECORDED) delete own[name];
  }
  return recorder.svg();
}

/**
 * The context's own method, recorded before it is called.
 * @param {Record<string, Method>} context
 * @param {SvgRecorder} recorder
 * @param {typeof RECORDED[number]} name
 */
function recording(context, recorder, name) {
  const original = /** @type {Method} */ (context[name]);
  const recorded = /** @type {Method} */ (recorder[name]);
  return (/** @type {unknown[]} */ ...args) => {
    recorded.apply(recorder, args);
    return original.apply(context, args);
  };
}

const PATHS = /** @type {const} */ ([
  "beginPath",
  "closePath",
  "moveTo",
  "lineTo",
  "rect",
  "roundRect",
  "arc",
  "quadraticCurveTo",
  "bezierCurveTo",
]);
const PAINTS = /** @type {const} */ ([
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
]);
const RECORDED = [...PATHS, ...PAINTS];

export class SvgRecorder {
  /** @type {SvgElement[]} */
  #elements = [];
  #path = "";
  /** Where the path ends, as written. */
  #pen = "";
  #clip = "";
  /** @type {string[]} */
  #saved = [];
  /** @type {Map<string, string>} ids by definition */
  #clips = new Map();

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} ratio
   * @param {string} prefix
   */
  constructor(context, ratio, prefix) {
    this.context = context;
    this.ratio = ratio;
    this.prefix = prefix;
  }

  svg() {
    const clips = [...this.#clips].map(
      ([definition, id]) => `<clipPath id="${id}"${definition}</clipPath>`,
    );
    const elements = this.#elements.map(
      ({ head, path, whole }) => whole || `<path ${head} d="${path}"/>`,
    );
    return clips.join("") + elements.join("");
  }

  beginPath() {
    this.#path = this.#pen = "";
  }

  closePath() {
    this.#path += "Z";
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#pen = this.#at(x, y);
    this.#path += `M${this.#pen}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    const to = this.#at(x, y);
    if (to === this.#pen) return;
    this.#path += `${this.#path ? "L" : "M"}${to}`;
    this.#pen = to;
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.#path += this.#rectangle(x, y, width, height);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  roundRect(x, y, width, height) {
    this.rect(x, y, width, height);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   * @param {number} from
   * @param {number} to
   * @param {boolean} [left] counterclockwise
   */
  arc(x, y, radius, from, to, left = false) {
    const turn = left ? -((from - to) % FULL_TURN || FULL_TURN) : to - from;
    const at = (/** @type {number} */ angle) =>
      this.#at(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    const r = short(radius * this.#scale());
    const sweep = left ? 0 : 1;
    const whole = Math.abs(turn) >= FULL_TURN - 1e-6;
    const half = from + (whole ? (left ? -Math.PI : Math.PI) : turn / 2);
    const end = whole ? from : to;
    const start = `${this.#path ? "L" : "M"}${at(from)}`;
    const arcTo = (/** @type {number} */ angle) => `A${r} ${r} 0 0 ${sweep} ${at(angle)}`;
    this.#path += start + arcTo(half) + arcTo(end);
    this.#pen = at(end);
  }

  /** @param {number} x1 @param {number} y1 @param {number} x @param {number} y */
  quadraticCurveTo(x1, y1, x, y) {
    this.#pen = this.#at(x, y);
    this.#path += `Q${this.#at(x1, y1)} ${this.#pen}`;
  }

  /**
   * @param {number} x1
   * @param {number} y1
   * @param {number} x2
   * @param {number} y2
   * @param {number} x
   * @param {number} y
   */
  bezierCurveTo(x1, y1, x2, y2, x, y) {
    this.#pen = this.#at(x, y);
    this.#path += `C${this.#at(x1, y1)} ${this.#at(x2, y2)} ${this.#pen}`;
  }

  stroke() {
    this.#add(this.#strokeHead(), this.#path);
  }

  fill() {
    this.#add(`${colorOf("fill", this.context.fillStyle)}${this.#common()}`, this.#path);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.#add(
      `${colorOf("fill", this.context.fillStyle)}${this.#common()}`,
      this.#rectangle(x, y, width, height),
    );
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  strokeRect(x, y, width, height) {
    this.#add(this.#strokeHead(), this.#rectangle(x, y, width, height));
  }

  /** @param {string} text @param {number} x @param {number} y @param {number} [most] */
  fillText(text, x, y, most) {
    const fill = `${colorOf("fill", this.context.fillStyle)}${this.#common()}`;
    this.#write(text, x, y, fill, most);
  }

  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.#write(text, x, y, this.#strokeHead());
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} paint @param {number} [most] */
  #write(text, x, y, paint, most) {
    const { font, textAlign, textBaseline } = this.context;
    const { a, b, c, d } = this.#matrix();
    const anchor = ANCHORS[textAlign] ? ` text-anchor="${ANCHORS[textAlign]}"` : "";
    const dy = BASELINES[textBaseline] ? ` dy="${BASELINES[textBaseline]}"` : "";
    const [px, py] = this.#at(x, y).split(" ");
    const turned =
      Math.abs(b) + Math.abs(c) > 1e-9
        ? ` transform="rotate(${short((Math.atan2(b, a) * 360) / FULL_TURN)} ${px} ${py})"`
        : "";
    const size = Math.sqrt(Math.abs(a * d - b * c));
    const squeezed =
      most !== undefined && this.context.measureText(text).width > most
        ? ` textLength="${short(most * size)}" lengthAdjust="spacingAndGlyphs"`
        : "";
    const where = `x="${px}" y="${py}"${anchor}${dy}${turned}${squeezed}`;
    const whole = `<text ${where} ${fontOf(font, size)} ${paint}>${escaped(text)}</text>`;
    if (this.context.globalAlpha > 0) this.#elements.push({ head: "", path: "", whole });
  }

  /**
   * A canvas, with the pixels that it has now.
   * @param {HTMLCanvasElement} canvas
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   */
  drawImage(canvas, x, y, width, height) {
    const [left, top] = this.#at(x, y).split(" ");
    const size = [width, height].map((one) => short(one * this.#scale()));
    const where = `x="${left}" y="${top}" width="${size[0]}" height="${size[1]}"`;
    const look = 'preserveAspectRatio="none" style="image-rendering:pixelated"';
    const whole = `<image ${where} ${look}${this.#common()} href="${canvas.toDataURL()}"/>`;
    this.#elements.push({ head: "", path: "", whole });
  }

  clip() {
    const within = this.#clip ? ` clip-path="url(#${this.#clip})"` : "";
    const definition = `${within}><path d="${this.#path}"/>`;
    const id = this.#clips.get(definition) ?? `${this.prefix}${this.#clips.size}`;
    this.#clips.set(definition, id);
    this.#clip = id;
  }

  save() {
    this.#saved.push(this.#clip);
  }

  restore() {
    this.#clip = this.#saved.pop() ?? "";
  }

  /** Pieces of one line are one path again. @param {string} head @param {string} path */
  #add(head, path) {
    if (path === "") return;
    const last = this.#elements.at(-1);
    if (last?.head !== head || last.whole) this.#elements.push({ head, path, whole: "" });
    else
      last.path += last.path.endsWith(startOf(path)) ? path.slice(startOf(path).length + 1) : path;
  }

  #strokeHead() {
    const { strokeStyle, lineWidth, lineCap, lineJoin } = this.context;
    const scale = this.#scale();
    const dashes = this.context.getLineDash().map((one) => short(one * scale));
    const dashed = dashes.length > 0 ? ` stroke-dasharray="${dashes.join(" ")}"` : "";
    const cap = lineCap === "butt" ? "" : ` stroke-linecap="${lineCap}"`;
    const join = lineJoin === "miter" ? "" : ` stroke-linejoin="${lineJoin}"`;
    const width = ` stroke-width="${short(lineWidth * scale)}"`;
    const color = colorOf("stroke", strokeStyle);
    return `fill="none" ${color}${width}${dashed}${cap}${join}${this.#common()}`;
  }

  #common() {
    const { globalAlpha } = this.context;
    return (
      (globalAlpha < 1 ? ` opacity="${short(globalAlpha)}"` : "") +
      (this.#clip ? ` clip-path="url(#${this.#clip})"` : "")
    );
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  #rectangle(x, y, width, height) {
    const [right, bottom] = [x + width, y + height];
    const corners = [
      this.#at(x, y),
      this.#at(right, y),
      this.#at(right, bottom),
      this.#at(x, bottom),
    ];
    return `M${corners.join("L")}Z`;
  }

  /** @returns {Matrix} to units of the SVG */
  #matrix() {
    const { a, b, c, d, e, f } = this.context.getTransform();
    const { ratio } = this;
    return { a: a / ratio, b: b / ratio, c: c / ratio, d: d / ratio, e: e / ratio, f: f / ratio };
  }

  /** @param {number} x @param {number} y */
  #at(x, y) {
    const { a, b, c, d, e, f } = this.#matrix();
    return `${short(a * x + c * y + e)} ${short(b * x + d * y + f)}`;
  }

  #scale() {
    const { a, b, c, d } = this.#matrix();
    return Math.sqrt(Math.abs(a * d - b * c));
  }
}

/** The first point of a path. @param {string} path */
function startOf(path) {
  return /^M([^A-Z]*)/.exec(path)?.[1] ?? "\0";
}

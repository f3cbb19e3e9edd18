/**
 * What lies over the picture while it is read: the crosshair, a ring around each point that is
 * read, the two marks and the selection between them, the rectangle that is being drawn. A layer of
 * its own, so that a pointer that moves costs no drawing of the series; SVG, so that the style
 * sheet has its colours.
 */

/** @typedef {import("../base/shapes.js").Box} Box */
/** @typedef {{x: number, y: number, color: string}} Dot */
/**
 * @typedef {{x: number, y: number, anchor: "start" | "end", box: Box}} Letter where it begins or
 *   ends, on its base line
 * @typedef {{x: number, y: number, name: string, letter: Letter | null}} Flag null: it is away
 */

/**
 * @typedef {object} OverlayGeometry in pixels of #plot
 * @property {Box} area all panels
 * @property {{x: number, y: number, box: Box} | null} cross
 * @property {Dot[]} dots
 * @property {Flag[]} flags the marks
 * @property {Box | null} drawn
 * @property {boolean} [overImage] is there an image below it?
 */

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 4;

export class Overlay {
  #selection = shape("rect", "selection");
  #drawn = shape("rect", "drawn");
  #across = new CasedLine("cross");
  #down = new CasedLine("cross");
  #root = shape("svg", "");
  /** @type {FlagShape[]} */
  #flags = [new FlagShape(), new FlagShape()];
  #dots = shape("g", "dots");

  /** @param {Element} host that holds #plot */
  constructor(host) {
    this.#root.id = "overlay";
    this.#root.setAttribute("aria-hidden", "true");
    this.#root.append(
      this.#selection,
      this.#down.element,
      this.#across.element,
      ...this.#flags.map((flag) => flag.element),
      this.#dots,
      this.#drawn,
    );
    host.append(this.#root);
  }

  /** @param {OverlayGeometry} geometry */
  update({ area, cross, dots, flags, drawn, overImage = false }) {
    this.#root.classList.toggle("over-image", overImage);
    showBox(this.#drawn, drawn);
    showBox(this.#selection, between(flags, area));
    this.#down.update(
      cross && { x1: cross.x, x2: cross.x, y1: area.top, y2: area.top + area.height },
    );
    this.#across.update(
      cross && {
        x1: cross.box.left,
        x2: cross.box.left + cross.box.width,
        y1: cross.y,
        y2: cross.y,
      },
    );
    for (const [index, shown] of this.#flags.entries()) shown.update(flags[index], area);
    this.#showDots(dots);
  }

  /** @param {Dot[]} dots */
  #showDots(dots) {
    while (this.#dots.childElementCount < dots.length) this.#dots.append(shape("circle", ""));
    for (const [index, circle] of [...this.#dots.children].entries()) {
      const dot = dots[index];
      set(circle, dot ? { cx: dot.x, cy: dot.y, r: RADIUS, fill: dot.color } : { r: 0 });
    }
  }
}

/** A line, over a wider one that only an image needs. */
class CasedLine {
  #casing = shape("line", "casing");
  #line;
  element = shape("g", "");

  /** @param {string} className of the line */
  constructor(className) {
    this.#line = shape("line", className);
    this.element.append(this.#casing, this.#line);
  }

  /** @param {{x1: number, x2: number, y1: number, y2: number} | null} ends */
  update(ends) {
    for (const line of [this.#casing, this.#line])
      set(line, ends ?? { x1: 0, x2: 0, y1: 0, y2: 0 });
  }
}

/** A mark: a line from top to bottom, the point, its letter. */
class FlagShape {
  #line = new CasedLine("pole");
  #ring = shape("circle", "ring");
  #name = shape("text", "");
  element = shape("g", "flag");

  constructor() {
    this.element.append(this.#line.element, this.#ring, this.#name);
  }

  /** @param {Flag | undefined} flag @param {Box} area */
  update(flag, area) {
    const { top, height } = area;
    const letter = flag?.letter;
    this.element.classList.toggle("away", !letter);
    if (!letter) return;
    this.#line.update({ x1: flag.x, x2: flag.x, y1: top, y2: top + height });
    set(this.#ring, { cx: flag.x, cy: flag.y, r: RADIUS + 1 });
    const { x, y, anchor } = letter;
    set(this.#name, { x, y, "text-anchor": anchor });
    if (this.#name.textContent !== flag.name) this.#name.textContent = flag.name;
  }
}

/**
 * The range between two marks, as far as it is seen.
 * @param {import("../base/shapes.js").Spot[]} flags
 * @param {Box} area
 * @returns {Box | null}
 */
export function between([a, b], { left, top, width, height }) {
  if (!a || !b) return null;
  const from = Math.max(left, Math.min(a.x, b.x));
  const to = Math.min(left + width, Math.max(a.x, b.x));
  return to > from ? { left: from, top, width: to - from, height } : null;
}

/** @param {Element} rect @param {Box | null} box */
function showBox(rect, box) {
  set(
    rect,
    box
      ? { x: box.left, y: box.top, width: box.width, height: box.height }
      : { width: 0, height: 0 },
  );
}

/** @param {string} tag @param {string} className */
function shape(tag, className) {
  const element = document.createElementNS(SVG, tag);
  if (className) element.setAttribute("class", className);
  return element;
}

/** @param {Element} element @param {Record<string, string | number>} attributes */
function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const text = typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

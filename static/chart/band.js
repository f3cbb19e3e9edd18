/**
 * The area between two series, low and high. Each has vertices of its own, at other x than the
 * other: where one has a gap or is not there yet, there is no area. Within a pixel only the
 * extremes count, so a band costs what a screen shows.
 */

/** @typedef {[number, number]} Stretch from one x to another */

const NEAR = 0.5;

/**
 * Where a series is, without its gaps.
 * @param {Float64Array} points x, y, x, y, ... in order of x
 * @returns {Stretch[]}
 */
export function stretchesOf(points) {
  /** @type {Stretch[]} */
  const found = [];
  let open = NaN;
  for (let i = 0; i <= points.length; i += 2) {
    const gap = Number.isNaN(points[i + 1] ?? NaN);
    if (gap && !Number.isNaN(open)) found.push([open, /** @type {number} */ (points[i - 2])]);
    if (gap) open = NaN;
    else if (Number.isNaN(open)) open = /** @type {number} */ (points[i]);
  }
  return found;
}

/** @param {Stretch[]} a @param {Stretch[]} b @returns {Stretch[]} where both are */
export function common(a, b) {
  /** @type {Stretch[]} */
  const found = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [one, other] = [/** @type {Stretch} */ (a[i]), /** @type {Stretch} */ (b[j])];
    const [from, to] = [Math.max(one[0], other[0]), Math.min(one[1], other[1])];
    if (from < to) found.push([from, to]);
    if (one[1] < other[1]) i += 1;
    else j += 1;
  }
  return found;
}

/**
 * The vertices in a stretch, its ends interpolated; of those that share half a pixel the extreme
 * one.
 * @param {Float64Array} points
 * @param {Stretch} stretch
 * @param {number} xScale pixels per unit
 * @param {(a: number, b: number) => number} extreme Math.min or Math.max
 * @returns {number[]} x, y, x, y, ...
 */
export function outline(points, [from, to], xScale, extreme) {
  const begin = firstFrom(points, from);
  const line = [from, heightAt(points, begin, from)];
  for (let i = begin; i < points.length && /** @type {number} */ (points[i]) <= to; i += 2) {
    const [x, y] = [/** @type {number} */ (points[i]), /** @type {number} */ (points[i + 1])];
    if (Number.isNaN(y)) continue; // a gap beside the stretch, at the same x
    const last = line.length - 2;
    if ((x - /** @type {number} */ (line[last])) * xScale < NEAR)
      line[last + 1] = extreme(/** @type {number} */ (line[last + 1]), y);
    else line.push(x, y);
  }
  if (line[line.length - 2] !== to) line.push(to, heightAt(points, firstFrom(points, to), to));
  return line;
}

/**
 * The index in `points` of the first vertex that is not left of x.
 * @param {Float64Array} points
 * @param {number} x
 */
function firstFrom(points, x) {
  let [low, high] = [0, points.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {number} */ (points[2 * middle]) < x) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

/**
 * @param {Float64Array} points
 * @param {number} at index of the first vertex that is not left of x
 * @param {number} x
 */
function heightAt(points, at, x) {
  const [x1, y1, x2, y2] = [points[at - 2], points[at - 1], points[at], points[at + 1]];
  if (x2 === undefined || y2 === undefined) return y1 ?? NaN;
  if (x1 === undefined || y1 === undefined || Number.isNaN(y1) || x1 === x2) return y2;
  return y1 + ((y2 - y1) * (x - x1)) / (x2 - x1);
}

/**
 * @typedef {object} BandScene
 * @property {import("../base/shapes.js").Box} box
 * @property {Stretch} seen the x-range
 * @property {(scaled: number) => number} xAt CSS pixels from the left of the box
 * @property {(scaled: number) => number} yAt from its top
 */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Float64Array} low
 * @param {Float64Array} high
 * @param {BandScene} scene
 * @param {string} color
 */
export function paintBand(context, low, high, { box, seen, xAt, yAt }, color) {
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  context.translate(box.left, box.top);
  context.fillStyle = color;
  const xScale = box.width / (seen[1] - seen[0]);
  for (const stretch of common(common(stretchesOf(low), stretchesOf(high)), [seen])) {
    const [top, bottom] = [
      outline(high, stretch, xScale, Math.max),
      outline(low, stretch, xScale, Math.min),
    ];
    context.beginPath();
    for (let i = 0; i < top.length; i += 2)
      context.lineTo(xAt(/** @type {number} */ (top[i])), yAt(/** @type {number} */ (top[i + 1])));
    for (let i = bottom.length - 2; i >= 0; i -= 2)
      context.lineTo(
        xAt(/** @type {number} */ (bottom[i])),
        yAt(/** @type {number} */ (bottom[i + 1])),
      );
    context.fill();
  }
  context.restore();
}

/**
 * Equal aspect: one unit of x is as long on the screen as one of y, so that a circle is round. What
 * would be longer gets more of its axis, about the same middle.
 */

/** @typedef {[number, number]} Range in scaled values */

/**
 * The rule is that of zwsnb/snapshot/aspect.py.
 * @param {Range} x
 * @param {Range[]} ys of each panel
 * @param {{width: number, height: number}[]} sizes of their plot areas, in pixels
 * @param {boolean} isFixed the reader has chosen x: y alone may change, to less too
 * @returns {{x: Range, ys: Range[]}}
 */
export function equalized(x, ys, sizes, isFixed) {
  const [first] = sizes;
  if (!first) return { x, ys };
  const across = lengthOf(x) / first.width;
  const up = ys.map((range, panel) => lengthOf(range) / (sizes[panel]?.height ?? 1));
  const perPixel = isFixed ? across : Math.max(across, ...up);
  const found = {
    x: about(x, perPixel * first.width),
    ys: ys.map((range, panel) => about(range, perPixel * (sizes[panel]?.height ?? 1))),
  };
  return [found.x, ...found.ys].flat().every(Number.isFinite) ? found : { x, ys };
}

/** @param {Range} range */
function lengthOf([low, high]) {
  return high - low;
}

/** @param {Range} range @param {number} length @returns {Range} */
function about([low, high], length) {
  const middle = low / 2 + high / 2;
  return [middle - length / 2, middle + length / 2];
}

/** Which shapes there are, as a text. @param {import("../base/shapes.js").Box[]} boxes */
export function sizesOf(boxes) {
  return boxes.map(({ width, height }) => `${width} ${height}`).join();
}

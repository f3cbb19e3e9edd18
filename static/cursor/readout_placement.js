/**
 * Where the readout may be: at the left or right edge of the plot, or beside the marks; where it
 * hides nothing of what is pointed at and no mark, and little of what it measures and of the other
 * lines. It stays there until another position is clearly better, so that it does not jump.
 */

/**
 * @typedef {import("../base/shapes.js").Box} Box
 * @typedef {import("../base/shapes.js").Spot} Spot
 *
 * @typedef {{across: number, down: number}} Position how far from the left and from the top, 0 to 1
 *
 * @typedef {object} Shown what it may hide, in pixels
 * @property {Spot[]} lines points of them
 * @property {Spot[]} pointed at
 * @property {Box[]} letters of the marks
 * @property {number[]} poles x of the marks
 * @property {Box | null} selection
 */

/** In order of preference: corners first. */
const DOWN = [0, 1, 0.5, 0.25, 0.75];
/** Pixels between it and the pole of a mark; on the right of a pole is its letter. */
const [BESIDE, BESIDE_LETTER] = [6, 18];
const CLEARLY = 12;
/**
 * Each dearer than all that follows and all the points of the lines: what is pointed at is seen, if
 * there is a place, then the pole of a mark.
 */
const POINTED_AT = 1e6;
const POLE = 1e5;
/** Points of a line for which it rather stands beside the selection, and as what one counts in it. */
const [SELECTED, IN_SELECTION] = [100, 4];

/** @type {Position} */
export const FIRST_POSITION = { across: 1, down: 0 };

/**
 * @param {Box} area in which it is
 * @param {{width: number, height: number}} size of the readout
 * @param {Position} position
 * @returns {Box}
 */
export function boxAt(area, { width, height }, { across, down }) {
  return {
    left: area.left + across * (area.width - width),
    top: area.top + down * (area.height - height),
    width,
    height,
  };
}

/**
 * @param {Box} area
 * @param {{width: number, height: number}} size
 * @param {Shown} shown
 * @param {Position} current
 * @param {boolean} free it may move at once
 * @returns {Position}
 */
export function bestPosition(area, size, shown, current, free = false) {
  const cost = (/** @type {Position} */ position) => costOf(boxAt(area, size, position), shown);
  let [best, least] = [current, cost(current) - (free ? 0 : CLEARLY)];
  for (const position of positionsIn(area, size, shown.selection)) {
    const its = cost(position);
    if (its < least) [best, least] = [position, its];
  }
  return best;
}

/**
 * At the right and the left edge; and where they are, beside and between the two marks.
 * @param {Box} area
 * @param {{width: number, height: number}} size
 * @param {Box | null} selection
 * @returns {Position[]}
 */
function positionsIn(area, { width }, selection) {
  const [low, high] = [selection?.left ?? NaN, (selection?.left ?? NaN) + (selection?.width ?? 0)];
  const lefts = [
    high + BESIDE_LETTER,
    low - BESIDE - width,
    high - BESIDE - width,
    low + BESIDE_LETTER,
  ];
  const beside = lefts
    .map((left) => (left - area.left) / (area.width - width))
    .filter((across) => across > 0 && across < 1);
  const edges = DOWN.flatMap((down) => [1, 0].map((across) => ({ across, down })));
  return [...edges, ...beside.flatMap((across) => DOWN.map((down) => ({ across, down })))];
}

/** @param {Box} box @param {Shown} shown */
function costOf(box, shown) {
  const { lines, poles, selection } = shown;
  const crossed = poles.filter((x) => x >= box.left && x <= box.left + box.width).length;
  const part = selection ? commonArea(box, selection) / (box.width * box.height || 1) : 0;
  const pointed = POINTED_AT * namedIn(box, shown);
  const measured = selection ? countIn(commonBox(box, selection), lines) : 0;
  const hidden = countIn(box, lines) + (IN_SELECTION - 1) * measured;
  return pointed + POLE * crossed + SELECTED * part + hidden;
}

/** Does it hide what is pointed at, or the letter of a mark? @param {Box} box @param {Omit<Shown, "lines">} shown */
export function hides(box, shown) {
  return namedIn(box, shown) > 0;
}

/** @param {Box} box @param {Omit<Shown, "lines">} shown */
function namedIn(box, { pointed, letters }) {
  return countIn(box, pointed) + letters.filter((letter) => commonArea(box, letter) > 0).length;
}

/** Its sides are below 0 where they have nothing in common. @param {Box} a @param {Box} b @returns {Box} */
function commonBox(a, b) {
  const [left, top] = [Math.max(a.left, b.left), Math.max(a.top, b.top)];
  const width = Math.min(a.left + a.width, b.left + b.width) - left;
  return { left, top, width, height: Math.min(a.top + a.height, b.top + b.height) - top };
}

/** @param {Box} a @param {Box} b */
function commonArea(a, b) {
  const { width, height } = commonBox(a, b);
  return Math.max(0, width) * Math.max(0, height);
}

/** @param {Box} box @param {Spot[]} points */
function countIn({ left, top, width, height }, points) {
  let inside = 0;
  for (const { x, y } of points)
    if (x >= left && x <= left + width && y >= top && y <= top + height) inside += 1;
  return inside;
}

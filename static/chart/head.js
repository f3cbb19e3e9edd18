/** The head of a curve: a dot at its newest point, and its name beside it where there are others. */

/** Pixels. */
const DOT = 3.5;
const BESIDE = 7;

/**
 * @param {CanvasRenderingContext2D} context whose font is that of the axes
 * @param {import("../base/shapes.js").Box} box
 * @param {{x: number, y: number}} spot in pixels of the box
 * @param {number} from where it came from: its name is on the other side, and not on the curve
 * @param {string} color
 * @param {string} name empty: the dot alone
 */
export function paintHead(context, box, { x, y }, from, color, name) {
  if (!(x >= 0 && x <= box.width && y >= 0 && y <= box.height)) return;
  context.fillStyle = color;
  context.beginPath();
  context.arc(box.left + x, box.top + y, DOT, 0, 2 * Math.PI);
  context.fill();
  if (!name) return;
  const { width } = context.measureText(name);
  const [before, after] = [x - BESIDE - width, x + BESIDE];
  const isRight = (!(from > x) || before < 0) && after + width <= box.width;
  const left = isRight ? after : before;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(name, box.left + left, box.top + y);
}

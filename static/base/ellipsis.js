/** Text that is cut to the room there is. */

const FEWEST = 3;

/**
 * As much of a text as there is room for; nothing where that would be less than a few letters.
 * @param {Pick<CanvasRenderingContext2D, "measureText">} context
 * @param {string} text
 * @param {number} room in CSS pixels
 */
export function fitted(context, text, room) {
  if (context.measureText(text).width <= room) return text;
  let [least, most] = [0, text.length];
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= room) least = middle;
    else most = middle - 1;
  }
  return least >= Math.min(FEWEST, text.length) ? `${text.slice(0, least).trimEnd()}…` : "";
}

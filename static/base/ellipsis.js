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
  const characters = [...text]; // of two code units, some of them
  const first = (/** @type {number} */ count) => characters.slice(0, count).join("");
  let [least, most] = [0, characters.length];
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (context.measureText(`${first(middle)}…`).width <= room) least = middle;
    else most = middle - 1;
  }
  return least >= Math.min(FEWEST, characters.length) ? `${first(least).trimEnd()}…` : "";
}

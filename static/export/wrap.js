/** Text that goes on in the next line. */

/**
 * @param {string} text
 * @param {number} room in pixels
 * @param {(text: string) => number} measure
 * @returns {string[]} spaces that do not break stay; a word that is wider than a line goes on in the next one, too
 */
export function wrapped(text, room, measure) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/[ \t\r\n]+/).filter(Boolean)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (measure(longer) <= room) lines.splice(-1, 1, longer);
    else lines.push(...pieces(word, room, measure));
  }
  return lines;
}

/** @param {string} word @param {number} room @param {(text: string) => number} measure */
function pieces(word, room, measure) {
  const found = [""];
  for (const character of word) {
    const longer = found[found.length - 1] + character;
    if (longer.length === character.length || measure(longer) <= room)
      found[found.length - 1] = longer;
    else found.push(character);
  }
  return found;
}

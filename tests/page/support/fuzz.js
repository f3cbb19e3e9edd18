/**
 * Readers of binary messages against what is no message: the corpus that the tests of both
 * languages share, and whole messages of which some bytes are others, the same at each run.
 */
import { readdirSync, readFileSync } from "node:fs";

const CORPUS = new URL("../../corpus/", import.meta.url);

/** What a reader is handed, in a buffer of its own. @param {Uint8Array} bytes */
const alone = (bytes) => Uint8Array.from(bytes).buffer;

/**
 * @param {string} name of a part of the corpus
 * @returns {{name: string, message: ArrayBuffer}[]}
 */
export function corpus(name) {
  const folder = new URL(`${name}/`, CORPUS);
  return readdirSync(folder).map((file) => ({
    name: file,
    message: alone(readFileSync(new URL(file, folder))),
  }));
}

/**
 * @param {Uint8Array[]} good whole messages
 * @param {number} count of what is made of them
 * @param {number} [seed]
 */
export function* spoiled(good, count, seed = 1) {
  const chance = chances(seed);
  const below = (/** @type {number} */ end) => Math.floor(chance() * end);
  for (let i = 0; i < count; i++) {
    let bytes = [...good[below(good.length)]];
    for (let n = below(5); n > 0; n--) {
      const at = below(bytes.length + 1);
      const put = Array.from(
        { length: [0, 1, 4, 8][below(4)] },
        () => [0, 1, 255, below(256)][below(4)],
      );
      // Mostly in its place: of what is moved, hardly anything is read.
      bytes.splice(at, chance() < 0.8 ? put.length : below(9), ...put);
    }
    if (chance() < 0.1) bytes = bytes.slice(0, below(bytes.length + 1));
    yield alone(Uint8Array.from(bytes));
  }
}

/** Numbers from 0 to 1, as the seed has them (xorshift). @param {number} seed */
function chances(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

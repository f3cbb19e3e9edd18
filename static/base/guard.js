/**
 * A part of the page that fails takes nothing else with it: the rest is drawn without it. What was
 * the matter is said once for each part; all faults are counted.
 */

/** Parts whose fault has been said. @type {Set<string>} */
const said = new Set();
let count = 0;

/** How many faults there have been, on all pages of this document. */
export function faults() {
  return count;
}

/**
 * What a part of the page gives; something else where it fails.
 * @template T
 * @param {string} part in words
 * @param {() => T} work
 * @param {T} [otherwise] may be left out of what gives nothing
 * @returns {T}
 */
export function guarded(part, work, otherwise = /** @type {T} */ (undefined)) {
  try {
    return work();
  } catch (error) {
    count += 1;
    if (!said.has(part)) console.error(`zwsnb: without ${part}:`, error);
    said.add(part);
    return otherwise;
  }
}

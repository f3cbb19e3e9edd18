/** The order of the plots on one page: what the user has arranged, then what is new, as it came. */

const MOST_REMEMBERED = 500;
export const MOST_COLUMNS = 4;

/**
 * The order that is remembered, with what is new at its end. Plots that have gone keep their
 * positions, for they may come back; of too many the first of those make room.
 * @param {string[]} remembered
 * @param {string[]} present
 */
export function arranged(remembered, present) {
  const [known, here] = [new Set(remembered), new Set(present)];
  const all = [...remembered, ...present.filter((name) => !known.has(name))];
  let tooMany = all.length - MOST_REMEMBERED;
  return all.filter((name) => here.has(name) || tooMany-- <= 0).slice(0, MOST_REMEMBERED);
}

/**
 * Put a plot where another one stands; those that are not on the screen stay beside their
 * neighbours.
 * @param {string[]} order
 * @param {string} name
 * @param {string} target
 */
export function movedTo(order, name, target) {
  const [from, to] = [order.indexOf(name), order.indexOf(target)];
  if (from < 0 || to < 0) return order;
  const rest = order.filter((one) => one !== name);
  rest.splice(to, 0, name);
  return rest;
}

/**
 * The position in a grid to which a key moves what stands at `at`; null: none.
 * @param {string} key
 * @param {number} at
 * @param {number} count
 * @param {number} columns
 */
export function positionAfter(key, at, count, columns) {
  const to = /** @type {Record<string, number>} */ ({
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: 0,
    End: count - 1,
  })[key];
  return to === undefined || to < 0 || to >= count || to === at ? null : to;
}

/**
 * What was remembered, if it is what it should be.
 * @param {string | null} text
 * @returns {{order: string[], columns: number}}
 */
export function readMemory(text) {
  const nothing = { order: [], columns: 2 };
  try {
    const { order, columns } = JSON.parse(text ?? "null") ?? nothing;
    const fits =
      Array.isArray(order) &&
      order.every((one) => typeof one === "string") &&
      columns >= 1 &&
      columns <= MOST_COLUMNS;
    return fits ? { order, columns: Math.round(columns) } : nothing;
  } catch {
    return nothing;
  }
}

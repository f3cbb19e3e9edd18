/**
 * Asks the places one after the other; one that takes its time does not hold up the next. The first
 * that proves itself is taken.
 */

/**
 * @typedef {import("./places.js").Place} Place
 * @typedef {import("./ask.js").Outcome} Outcome
 * @typedef {{place: Place, says: string, what: Outcome["what"]}} Tried
 */

/** Milliseconds until the next place is asked as well. */
export const HEAD_START = 500;

/**
 * @param {Place[]} places
 * @param {(place: Place) => Promise<Outcome>} ask
 * @param {Pick<import("./ask.js").Env, "later">} env
 * @returns {Promise<{place: Place | null, tried: Tried[]}>}
 */
export function find(places, ask, env) {
  /** @type {(Tried | undefined)[]} */
  const tried = places.map(() => undefined);
  let begun = 0;
  return new Promise((settle) => {
    const next = () => {
      const index = begun++;
      const place = places[index];
      if (!place) return;
      // Whoever is the first to start the one behind it: its failure, or its head start's end.
      const follow = () => begun === index + 1 && next();
      env.later(follow, HEAD_START);
      void ask(place).then(({ what, says }) => {
        if (what === "found") return settle({ place, tried: [] });
        tried[index] = { place, what, says };
        follow();
        if (tried.every((one) => one)) settle({ place: null, tried: tried.filter((one) => !!one) });
      });
    };
    if (places.length === 0) settle({ place: null, tried: [] });
    next();
  });
}

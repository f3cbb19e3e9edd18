/** What a tab remembers until it is closed; a frame may have no storage, and then forgets. */

/** @type {import("./kept_token.js").Memory} */
const forgetful = { get: () => null, set() {} };

/** @type {import("./kept_token.js").Memory} */
export const tabMemory = {
  get(key) {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      sessionStorage.setItem(key, value);
    } catch {
      // The page works all the same.
    }
  },
};

/**
 * Where a page remembers its token. A frame of somebody else's page, at another port perhaps, has its
 * key in its address or none: what this tab has kept would open the plot to the clicks that the page
 * around it draws to itself.
 * @param {{top: {location: {origin: string}} | null, location: {origin: string}}} window
 * @returns {import("./kept_token.js").Memory}
 */
export function tokenMemory({ top, location }) {
  try {
    return top?.location.origin === location.origin ? tabMemory : forgetful;
  } catch {
    return forgetful; // of another origin, which says nothing of itself
  }
}

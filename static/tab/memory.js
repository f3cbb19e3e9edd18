/** What a tab remembers until it is closed; a frame may have no storage, and then forgets. */

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

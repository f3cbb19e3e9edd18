/**
 * The token leaves the address bar when the page has come: an address is copied and photographed. It
 * may stay in the browser's history: Chromium keeps the first address of a page there. The tab
 * keeps the token, so that the page can be loaded anew; in another tab its address opens nothing, and
 * the page says what does.
 */

/**
 * @typedef {object} Memory of this tab
 * @property {(key: string) => string | null} get
 * @property {(key: string, value: string) => void} set
 */

const KEPT = "zwsnb-token ";

/**
 * @param {string} page its address
 * @param {Memory} memory
 * @param {(address: string) => void} replace what stands in the address bar
 * @returns {string} the address with the token, if there is one
 */
export function keepToken(page, memory, replace) {
  const address = new URL(page);
  // Services behind one proxy have one origin.
  const key = KEPT + new URL("./", address).pathname;
  const given = address.searchParams.get("token");
  if (given === null) {
    const isTicket = address.searchParams.has("ticket");
    return withToken(address, isTicket ? null : memory.get(key));
  }
  address.searchParams.delete("token");
  memory.set(key, given);
  // Where nothing is kept the address has to open the page once more.
  if (memory.get(key) === given) replace(address.href);
  return withToken(address, given);
}

/** @param {URL} address @param {string | null} token */
function withToken(address, token) {
  if (token === null) return address.href;
  const whole = new URL(address);
  whole.search = String(new URLSearchParams([["token", token], ...address.searchParams]));
  return whole.href;
}

/** The page's entry: what the other modules need of the browser is handed to them here. */
import { Page } from "./page.js";

const RELOADED = "zwsnb-reloaded";
const ONE_RELOAD_PER_MS = 60_000;

/** Reload for a relay of another version, but not over and over. */
function reloadOnce() {
  try {
    const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
    if (Date.now() - last < ONE_RELOAD_PER_MS) return;
    sessionStorage.setItem(RELOADED, String(Date.now()));
  } catch {
    return; // A frame without storage cannot count its reloads: the status line asks the user.
  }
  location.reload();
}

/** @param {string} key */
function recall(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null; // A frame without storage.
  }
}

/** @param {string} key @param {string} value */
function remember(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // A frame without storage forgets; the page works all the same.
  }
}

/** @type {import("./link/connection.js").Env} */
const browser = {
  open: (address, protocols) => new WebSocket(address, protocols),
  fetch: (address) => fetch(address, { cache: "no-store" }),
  later: (action, milliseconds) => setTimeout(action, milliseconds),
  now: () => (performance.timeOrigin + performance.now()) / 1000,
  random: () => Math.random(),
  reload: reloadOnce,
  memory: { get: recall, set: remember },
};

const page = new Page(new URL(location.href), browser);

Object.assign(window, { zwsnb: { stats: () => page.stats(), latencies: () => page.latencies() } });

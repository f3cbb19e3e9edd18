/** The page's entry: what the other modules need of the browser is handed to them here. */
import { groundOfBrowser } from "./base/theme.js";
import { tellingNotebook } from "./embed/room.js";
import { accessOf } from "./link/credentials.js";
import { Page } from "./page.js";
import { Remembered } from "./view/remembered.js";

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
  fetch: (address, signal) => fetch(address, { cache: "no-store", signal }),
  later: (action, milliseconds) => setTimeout(action, milliseconds),
  now: () => (performance.timeOrigin + performance.now()) / 1000,
  random: () => Math.random(),
  reload: reloadOnce,
};

/** Of this tab. */
const memory = { get: recall, set: remember };

// Of a card on the page of all plots, which has the title above it (plots/plot_card.js).
document.body.classList.toggle("carded", window.name === "zwsnb-card");

const page = new Page({
  root: document.body,
  access: accessOf(location.href, memory),
  env: browser,
  theme: groundOfBrowser(new URL(location.href).searchParams.get("theme")),
  embedded: window.parent !== window,
  keys: document,
  screen: document.documentElement,
  remembered: new Remembered(location.href, memory),
  takes: tellingNotebook(window),
  titled: (title) => {
    document.title = title;
  },
});

Object.assign(window, { zwsnb: { stats: () => page.stats(), latencies: () => page.latencies() } });

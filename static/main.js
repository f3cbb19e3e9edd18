/** The page's entry: what the other modules need of the browser is handed to them here. */
import { groundOfBrowser } from "./base/theme.js";
import { tellingNotebook } from "./embed/room.js";
import { accessOf } from "./link/credentials.js";
import { Page } from "./page.js";
import { keepToken } from "./tab/kept_token.js";
import { tabMemory, tokenMemory } from "./tab/memory.js";
import { Remembered } from "./view/remembered.js";

const RELOADED = "zwsnb-reloaded";
const ONE_RELOAD_PER_MS = 60_000;

/** Reload for a relay of another version, but not over and over. */
function reloadOnce() {
  const now = String(Date.now());
  if (Number(now) - Number(tabMemory.get(RELOADED) ?? 0) < ONE_RELOAD_PER_MS) return;
  tabMemory.set(RELOADED, now);
  // A frame without storage cannot count its reloads: the status line asks the user.
  if (tabMemory.get(RELOADED) === now) location.reload();
}

/** The newest. @type {WebSocket | undefined} */
let socket;

/** @type {import("./link/connection.js").Env} */
const browser = {
  open: (address, protocols) => {
    socket = new WebSocket(address, protocols);
    return socket;
  },
  fetch: (address, signal, method) => fetch(address, { cache: "no-store", signal, method }),
  later: (action, milliseconds) => setTimeout(action, milliseconds),
  now: () => (performance.timeOrigin + performance.now()) / 1000,
  random: () => Math.random(),
  reload: reloadOnce,
};

const address = keepToken(location.href, tokenMemory(window), (shown) =>
  history.replaceState(history.state, "", shown),
);

// Of a card on the page of all plots, which has the title above it (plots/plot_card.js).
document.body.classList.toggle("carded", window.name === "zwsnb-card");

const page = new Page({
  root: document.body,
  access: accessOf(address, tabMemory),
  env: browser,
  theme: groundOfBrowser(new URL(address).searchParams.get("theme")),
  embedded: window.parent !== window,
  keys: document,
  screen: document.documentElement,
  remembered: new Remembered(address, tabMemory),
  takes: tellingNotebook(window),
  titled: (title) => {
    document.title = title;
  },
});

// The browser may keep a page that its user has left, with its connection, for minutes: nobody looks
// then. One that comes back so connects anew.
addEventListener("pagehide", () => socket?.close());

Object.assign(window, { zwsnb: { stats: () => page.stats(), latencies: () => page.latencies() } });

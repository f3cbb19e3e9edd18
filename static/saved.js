/**
 * The page of a plot that was saved as a file, an entry of its own: the same page, whose relay is
 * what the file holds. It asks nothing of anybody, and so opens anywhere.
 */
import { groundOfBrowser } from "./base/theme.js";
import { byId } from "./base/dom.js";
import { Page } from "./page.js";
import { readEmbedded } from "./saved/embedded.js";
import { SavedRelay } from "./saved/relay.js";
import { Remembered } from "./view/remembered.js";

const now = () => (performance.timeOrigin + performance.now()) / 1000;

/** @param {import("./saved/embedded.js").Saved} saved */
function show(saved) {
  const relay = new SavedRelay(saved);
  const page = new Page({
    root: document.body,
    access: accessOf(saved),
    env: {
      open: () => relay.open(),
      fetch: (address) => relay.fetch(address),
      later: (action, milliseconds) => setTimeout(action, milliseconds),
      now,
      random: () => Math.random(),
      reload() {},
    },
    theme: groundOfBrowser(null),
    embedded: window.parent !== window,
    keys: document,
    screen: document.documentElement,
    // To load it anew is to see it as it was saved.
    remembered: new Remembered(""),
    titled: (title) => {
      document.title = title;
    },
  });
  Object.assign(window, {
    zwsnb: { stats: () => page.stats(), latencies: () => page.latencies() },
  });
}

/**
 * No address leads anywhere: routes are names that the file knows.
 * @param {import("./saved/embedded.js").Saved} saved
 * @returns {import("./link/credentials.js").Access}
 */
function accessOf({ head, series }) {
  return {
    plot: "",
    socket: "",
    protocols: [],
    probe: "plot",
    csv: (query) => `csv?${new URLSearchParams(query)}`,
    html: null,
    way: "in the file",
    proxy: "",
    remember() {},
    shared: null,
    saved: {
      at: head.saved,
      points: series.reduce((sum, { vertices }) => sum + vertices, 0),
      isWhole: series.every(({ points, vertices, exact }) => exact === 0 && vertices === points),
    },
  };
}

readEmbedded(document).then(show, (error) => {
  console.error(error);
  byId(document, "reason").textContent = `This page cannot be read: ${error.message}.`;
});

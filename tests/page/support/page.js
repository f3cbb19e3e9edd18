/** A page whose relay and frames are the test's. */
import { byId, document, hideTab, layOut, paint, prefer, showPage } from "./dom.js";
import { FakeSocket } from "./relay.js";
import { groundOfBrowser } from "../../../static/base/theme.js";
import { accessOf } from "../../../static/link/credentials.js";
import { Page } from "../../../static/page.js";
import { Remembered } from "../../../static/view/remembered.js";

export const ADDRESS = "http://relay.test/hub/?token=secret&plot=run";
export const POINTS = { a: [0, 1, 5, 3, 10, 2], b: [0, 2, 10, 2] };

/** The document lasts longer than a page of these tests. @type {Page | undefined} */
let last;

/** @param {Page} page that the next test ends */
export const keep = (page) => (last = page);

/** The page before, if there is one, leaves the document. */
export const closePage = () => last?.close();

/** What a page of the whole document is given. @param {(address: string) => FakeSocket} open */
export const settingOf = (open) => ({
  root: document.body,
  access: accessOf(ADDRESS, { get: () => null }),
  env: {
    open,
    fetch: async () => ({ status: 200, text: async () => '{"plots": {"run": {"points": 12}}}' }),
    later: (action, milliseconds) => setTimeout(action, milliseconds),
    now: () => 1000,
    random: () => 0,
    reload() {},
  },
  theme: groundOfBrowser(null),
  embedded: false,
  keys: document,
  screen: document.documentElement,
  remembered: new Remembered(ADDRESS),
  titled: (title) => {
    document.title = title;
  },
});

/** A page of 500 x 300 pixels whose relay has greeted, and has sent points. */
export function pageOf(t, { options = {}, points = POINTS, embedded = false } = {}) {
  closePage();
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  showPage("index.html");
  localStorage.clear();
  prefer("(prefers-reduced-motion: reduce)", true);
  hideTab(false);
  for (const element of [byId("plot"), byId("plot").parentElement])
    layOut(element, { width: 500, height: 300 });
  const sockets = [];
  const open = (address) => sockets[sockets.push(new FakeSocket(address)) - 1];
  const page = new Page({ ...settingOf(open), embedded });
  keep(page);
  const [socket] = sockets;
  socket.greet(options);
  if (points) socket.publish(points);
  paint();
  t.mock.timers.tick(250);
  return { page, socket, sockets, stats: () => page.stats() };
}

/** Where x and y are on the screen. */
export function spotOf({ panels: [{ box, x, left }] }, at, y) {
  return {
    clientX: box.left + ((at - x.low) / (x.high - x.low)) * box.width,
    clientY: box.top + ((left.high - y) / (left.high - left.low)) * box.height,
  };
}

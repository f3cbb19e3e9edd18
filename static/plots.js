/** All plots of a service on one page: each is its own page in a frame. */
import { byId, make, setText } from "./base/dom.js";
import { againOf, aliveOf, askAgain, OTHERS, STRANGE } from "./tab/again.js";
import { PlotGrid } from "./plots/plot_grid.js";
import { MOST_COLUMNS } from "./plots/order.js";
import { keepToken } from "./tab/kept_token.js";
import { tokenMemory } from "./tab/memory.js";
import { followTheme, groundOfBrowser } from "./base/theme.js";

/**
 * @typedef {"connecting" | "live" | "silent" | "refused"} State
 * @typedef {{plots: Record<string, {options?: {title?: string | null}}>}} Stats
 */

const POLL_EVERY = 2_000;
const LONGEST_PAUSE = 10_000;
const SILENT =
  "The service does not answer: it has ended, or the network is down. These are its last pictures.";

const ANSWERS_WITHIN = 3_000;

const address = new URL(
  keepToken(location.href, tokenMemory(window), (shown) =>
    history.replaceState(history.state, "", shown),
  ),
);
const grid = new PlotGrid(byId(document, "grid"), byId(document, "spoken"), address);
/** @type {State} */
let state = "connecting";
let pause = POLL_EVERY;
/** @type {import("./tab/again.js").Again | null} */
let again = null;

/** @param {State} name @param {string} sentence */
function setState(name, sentence) {
  state = name;
  if (name !== "live") grid.rest();
  document.body.dataset.state = name;
  setText(byId(document, "state"), sentence);
}

/** @param {string | URL} request */
function ask(request) {
  // One that is stopped takes the question, and never answers.
  return fetch(request, { cache: "no-store", signal: AbortSignal.timeout(ANSWERS_WITHIN) });
}

/**
 * An answer and its text; null: there is none, or it has ended in the middle, with its service or
 * with what leads there.
 * @param {URL} request
 */
async function wholeAnswer(request) {
  const stop = new AbortController();
  try {
    const answer = await inTime(fetch(request, { cache: "no-store", signal: stop.signal }));
    const text = await textOf(answer);
    return { answer, text, stats: answer.ok ? /** @type {Stats} */ (JSON.parse(text)) : null };
  } catch {
    stop.abort();
    return null;
  }
}

/** By a slow line each piece of many plots comes in time, and all of it does not. @param {Response} answer */
async function textOf({ body }) {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value } = (await inTime(reader?.read())) ?? {};
    if (value === undefined) return text;
    text += value;
  }
}

/** @template T @param {T | Promise<T>} coming @returns {Promise<T>} */
function inTime(coming) {
  return new Promise((resolve, reject) => {
    const limit = AbortSignal.timeout(ANSWERS_WITHIN);
    limit.addEventListener("abort", () => reject(limit.reason), { once: true });
    Promise.resolve(coming).then(resolve, reject);
  });
}

async function poll() {
  const request = new URL("stats", address);
  request.search = String(new URLSearchParams({ token: address.searchParams.get("token") ?? "" }));
  const asked = again && (await askAgain(again, aliveOf(address), ask));
  const isOther = asked !== null && !asked.isOurs;
  if (isOther && asked.status === 403) return setState("refused", OTHERS);
  const whole = isOther ? null : await wholeAnswer(request);
  if (whole?.answer.status === 403) return setState("refused", whole.text);
  if (whole?.stats) {
    again = againOf(whole.answer.headers);
    show(whole.stats);
  } else setState("silent", asked?.status === 200 && isOther ? STRANGE : SILENT);
  pause = whole?.stats ? POLL_EVERY : Math.min(LONGEST_PAUSE, pause * 1.5);
  setTimeout(() => void pollWhenVisible(), pause);
}

/** A tab in the background sends no requests. */
async function pollWhenVisible() {
  if (document.hidden)
    await new Promise((seen) =>
      document.addEventListener("visibilitychange", seen, { once: true }),
    );
  await poll();
}

/** @param {Stats} stats */
function show({ plots }) {
  const titles = new Map(
    Object.entries(plots).map(([name, { options }]) => [
      name,
      options?.title ? `${name}: ${options.title}` : name,
    ]),
  );
  grid.update(titles);
  byId(document, "empty").hidden = titles.size > 0;
  setState("live", titles.size === 1 ? "1 plot" : `${titles.size} plots`);
}

function showColumns() {
  for (const button of byId(document, "columns").children)
    button.setAttribute("aria-pressed", String(button.textContent === String(grid.columns)));
}

function offerColumns() {
  for (let count = 1; count <= MOST_COLUMNS; count++) {
    const button = make("button", "", document.createTextNode(String(count)));
    button.type = "button";
    button.title = count === 1 ? "1 column" : `${count} columns`;
    button.addEventListener("click", () => {
      grid.setColumns(count);
      showColumns();
    });
    byId(document, "columns").append(button);
  }
  showColumns();
}

// It lasts as long as its document.
const scope = { root: document.body, signal: new AbortController().signal };
followTheme(scope, groundOfBrowser(address.searchParams.get("theme")), () => {});
offerColumns();
void poll();

Object.assign(window, {
  zwsnb: { stats: () => ({ state, plots: grid.names, columns: grid.columns }) },
});

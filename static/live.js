/**
 * The script in a notebook's output (`application/javascript`): it finds a way to the kernel's page
 * and shows it in a frame; or says in one line what it has tried, and the picture behind it shows.
 * It stands in the saved notebook, so it is small, imports nothing of the page, and holds what only
 * looks at one plot.
 */
import { askAt } from "./embed/ask.js";
import { find } from "./embed/find.js";
import { markLeading, markLive, removeMark, showFrame } from "./embed/frame.js";
import { explain } from "./embed/explain.js";
import { baseUrlOf, isExported, placesOf } from "./embed/places.js";

/** @typedef {import("./embed/places.js").Output} Output */

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 30_000;
const TRIES = 10;

/** @type {import("./embed/ask.js").Env} */
const browser = {
  open: (address) => new WebSocket(address),
  fetch: (address, options) => fetch(address, options),
  later: (action, milliseconds) => setTimeout(action, milliseconds),
};

/**
 * @param {HTMLElement} element the output's
 * @param {Output} output
 */
export async function show(element, output, env = browser) {
  // A sandbox, as that in which JupyterLab prints, reaches nothing: the picture is what is printed.
  if (self.origin === "null") return;
  const baseUrl = baseUrlOf(document, location.pathname);
  const places = placesOf(output, { ...plain(location), baseUrl });
  if (output.picture) markLeading(element, output.widget === true);
  let latest = 0;
  const search = async (/** @type {number} */ tries) => {
    const run = ++latest;
    const { place, tried } = await find(places, (one) => askAt(one, output, env), env);
    if (run !== latest) return;
    element.replaceChildren();
    if (place) return showLive(element, output, place, () => void search(0));
    removeMark(element);
    // What is exported has its picture.
    if (baseUrl === null && isExported(document)) return;
    element.append(explain(output, tried, () => void search(TRIES)));
    // A cell that holds the interpreter for long answers later; what refuses does not.
    if (tries < TRIES && tried.some(({ what }) => what === "silent"))
      env.later(
        () => void (run === latest && search(tries + 1)),
        Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tries),
      );
  };
  await search(0);
}

/**
 * @param {HTMLElement} element
 * @param {Output} output
 * @param {{address: string}} place
 * @param {() => void} again look once more for one
 */
function showLive(element, output, { address }, again) {
  showFrame(element, output, `${address}?${output.query}`, again);
  if (output.picture) markLive(element);
}

/** @param {Location} location */
function plain({ origin, hostname, pathname }) {
  return { origin, hostname, pathname };
}

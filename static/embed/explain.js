/** One quiet line where no live plot can be shown: what was tried, what it said, what mends it. */
import { addStyle } from "./frame.js";

/** @typedef {import("./find.js").Tried} Tried */

const INSTALL = 'pip install "zwsnb[jupyter]"';
const RUN_AGAIN = "run the cell again";
/** By itself it has no proxy, and its page comes with a kernel of its own. */
const VOILA =
  "Voila has a way where it runs in a Jupyter server, at /voila/render/: " +
  `\`${INSTALL}\` there, and start it again. If the kernel has ended, load this page anew.`;
const NONE = "No live plot";
/** Where the widget behind the line is live. */
const LOWER = "By the notebook’s own connection, since there is no other to plot";

/**
 * @param {Pick<import("./places.js").Output, "plot" | "template" | "voila">} output
 * @param {Tried[]} tried
 * @param {() => void} retry
 */
export function explain(output, tried, retry) {
  addStyle(document);
  const line = document.createElement("div");
  line.className = "zwsnb-lost";
  line.append(
    lead("zwsnb-none", NONE),
    lead("zwsnb-lower", LOWER),
    ...words(sentence(output, tried)),
    " ",
  );
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Try again";
  button.addEventListener("click", retry);
  line.append(button);
  return line;
}

/** @param {string} name @param {string} text */
function lead(name, text) {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
}

/**
 * What stands between backquotes is to be copied.
 * @param {string} text
 * @returns {(string | Node)[]}
 */
function words(text) {
  return text.split("`").map((part, index) => {
    if (index % 2 === 0) return part;
    const code = document.createElement("code");
    code.textContent = part;
    return code;
  });
}

/**
 * What follows the first words.
 * @param {Pick<import("./places.js").Output, "plot" | "template" | "voila">} output
 * @param {Tried[]} tried
 */
export function sentence({ plot, template, voila }, tried) {
  const said = tried.map(({ place, says }) => `${place.name} ${says}`);
  const what = said.length ? said.join("; ") : "this page knows no way to the kernel";
  return ` “${plot}”: ${what}. ${repair(tried, template, voila)}`;
}

/** @param {Tried[]} tried @param {string} [template] @param {boolean} [voila] */
function repair(tried, template, voila) {
  const saw = (/** @type {Tried["what"]} */ what) => tried.some((one) => one.what === what);
  const direct = tried.some(({ place }) => place.kind === "direct");
  if (saw("silent")) return "The kernel may be too busy to answer: it is asked again.";
  if (template)
    return `The way is set to \`${template}\`, by ZWSNB_PROXY_URL or proxy=: ${RUN_AGAIN} if it is right.`;
  if (saw("blocked")) return "A proxy before Jupyter must let WebSockets through, and keep Host.";
  if (voila) return VOILA;
  if (saw("absent"))
    return direct
      ? `If the kernel has ended, ${RUN_AGAIN}; if it is on another machine: \`${INSTALL}\` there, ` +
          "and start Jupyter again."
      : `\`${INSTALL}\` where the Jupyter server runs, and start it again.`;
  if (saw("led"))
    return `The server may want you to log in: load this page anew. Else the kernel has ended: ${RUN_AGAIN}.`;
  if (tried.length === 0)
    return "ZWSNB_PROXY_URL sets one, with {port} in it; p.freeze() shows a picture.";
  return `The kernel has ended, it seems: ${RUN_AGAIN}.`;
}

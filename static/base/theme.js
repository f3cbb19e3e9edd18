/**
 * Light or dark: what the address asks for, else what the browser says is preferred. In a notebook's frame that is what
 * the notebook prefers: zwsnb/plot.py puts a style beside the frame that gives it the notebook's color-scheme, which
 * the browsers hand on. The colours themselves are in theme.css.
 */

/** @typedef {import("../chart/colors.js").Ground} Ground */

const CONTRAST = ["(forced-colors: active)", "(prefers-contrast: more)"];

/**
 * Mark the page with its ground now and whenever it changes.
 * @param {string | null} asked the address's `theme`
 * @param {(ground: Ground) => void} changed called once at once, and whenever the colours are others
 */
export function followTheme(asked, changed) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const ground =
      asked === "dark" || asked === "light" ? asked : system.matches ? "dark" : "light";
    document.documentElement.dataset["theme"] = ground;
    changed(ground);
  };
  for (const query of [system, ...CONTRAST.map((one) => matchMedia(one))])
    query.addEventListener("change", apply);
  apply();
}

/** What the canvas needs of theme.css. @param {HTMLElement} element */
export function paintOf(element) {
  const style = getComputedStyle(element);
  const color = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    grid: color("--grid"),
    axis: color("--axis"),
    text: color("--quiet"),
    note: color("--wait"),
    shade: color("--shade"),
    font: `${style.fontSize} ${style.fontFamily}`,
  };
}

const lessMovement = matchMedia("(prefers-reduced-motion: reduce)");

/** Does the user ask for less movement? */
export function calm() {
  return lessMovement.matches;
}

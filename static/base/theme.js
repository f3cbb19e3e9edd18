/**
 * Light or dark: what the address asks for, else what the browser prefers. In a
 * notebook's frame that is what the notebook prefers: the package puts a style beside the frame
 * that gives it the notebook's color-scheme, which browsers pass on. The colours themselves are in
 * theme.css.
 */

/** @typedef {"light" | "dark"} Ground what the series are drawn on */

const CONTRAST = ["(forced-colors: active)", "(prefers-contrast: more)"];

/**
 * Mark the page with its ground now and whenever it changes.
 * @param {string | null} asked the address's `theme`
 * @param {(ground: Ground) => void} changed called at once, and whenever the colours change
 */
export function followTheme(asked, changed) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const ground =
      asked === "dark" || asked === "light" ? asked : system.matches ? "dark" : "light";
    document.documentElement.dataset.theme = ground;
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

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether the user asks for less movement. */
export function prefersReducedMotion() {
  return reducedMotion.matches;
}

/**
 * Light or dark: what the address asks for, else what the browser prefers. In a
 * notebook's frame that is what the notebook prefers: the package puts a style beside the frame
 * that gives it the notebook's color-scheme, which browsers pass on. The colours themselves are in
 * theme.css.
 */

/**
 * @typedef {"light" | "dark"} Ground what the series are drawn on
 *
 * @typedef {object} GroundSource
 * @property {() => Ground} ground
 * @property {(changed: () => void, signal: AbortSignal) => void} listen
 */

const CONTRAST = ["(forced-colors: active)", "(prefers-contrast: more)"];

/**
 * @param {string | null} asked the address's `theme`
 * @returns {GroundSource}
 */
export function groundOfBrowser(asked) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  return {
    ground() {
      if (asked === "dark" || asked === "light") return asked;
      return system.matches ? "dark" : "light";
    },
    listen: (changed, signal) => system.addEventListener("change", changed, { signal }),
  };
}

/**
 * Mark the page with its ground now and whenever it changes.
 * @param {import("./scope.js").Scope} scope
 * @param {GroundSource} source
 * @param {(ground: Ground) => void} changed called at once, and whenever the colours change
 */
export function followTheme({ root, signal }, source, changed) {
  const apply = () => {
    const ground = source.ground();
    root.dataset.theme = ground;
    changed(ground);
  };
  source.listen(apply, signal);
  for (const query of CONTRAST) matchMedia(query).addEventListener("change", apply, { signal });
  apply();
}

/** What the canvas needs of theme.css. @param {HTMLElement} element */
export function paintOf(element) {
  const { fontSize, fontFamily } = getComputedStyle(element);
  const [grid, axis, text, note, shade, ground] = colorsIn(element, [
    "--grid",
    "--axis",
    "--quiet",
    "--wait",
    "--shade",
    "--paper",
  ]);
  return { grid, axis, text, note, shade, ground, font: `${fontSize} ${fontFamily}` };
}

/**
 * The colours of theme.css as values that a canvas understands: those of an element, for a custom
 * property is computed only where it is registered, and that is not possible in a shadow root.
 * @param {HTMLElement} element
 * @param {string[]} names of custom properties
 */
export function colorsIn(element, names) {
  const probe = element.ownerDocument.createElement("span");
  probe.hidden = true;
  probe.style.setProperty("forced-color-adjust", "none");
  element.append(probe);
  const colors = names.map((name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colors;
}

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether the user asks for less movement. */
export function prefersReducedMotion() {
  return reducedMotion.matches;
}

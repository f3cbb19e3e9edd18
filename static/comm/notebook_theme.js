/**
 * Light or dark as the notebook around a widget is: JupyterLab and Notebook, VS Code, marimo and
 * Colab each say it on the document's body or root; else it is what the browser prefers.
 */

/** @typedef {import("../base/theme.js").Ground} Ground */

const WATCHED = ["class", "data-jp-theme-light", "data-theme", "theme"];

/** @param {Document} page @returns {import("../base/theme.js").GroundSource} */
export function groundOfNotebook(page) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const ground = () => saidBy(page) ?? (system.matches ? "dark" : "light");
  return {
    ground,
    listen(changed, signal) {
      let last = ground();
      const look = () => {
        const now = ground();
        if (now === last) return;
        last = now;
        changed();
      };
      const observer = new MutationObserver(look);
      for (const element of [page.documentElement, page.body])
        observer.observe(element, { attributeFilter: WATCHED });
      signal.addEventListener("abort", () => observer.disconnect(), { once: true });
      system.addEventListener("change", look, { signal });
    },
  };
}

/** @param {Document} page @returns {Ground | null} null: it says nothing */
function saidBy({ body, documentElement }) {
  const { jpThemeLight } = body.dataset;
  if (jpThemeLight !== undefined) return jpThemeLight === "false" ? "dark" : "light";
  return inVsCode(body.classList) ?? saidOn(body) ?? saidOn(documentElement);
}

/** Its light theme of high contrast has the class of the dark one, too. @param {DOMTokenList} names @returns {Ground | null} */
function inVsCode(names) {
  if (names.contains("vscode-light") || names.contains("vscode-high-contrast-light"))
    return "light";
  return names.contains("vscode-dark") || names.contains("vscode-high-contrast") ? "dark" : null;
}

/** @param {HTMLElement} element @returns {Ground | null} */
function saidOn(element) {
  for (const word of /** @type {const} */ (["dark", "light"]))
    if (
      element.dataset.theme === word ||
      element.getAttribute("theme") === word ||
      element.classList.contains(word)
    )
      return word;
  return null;
}

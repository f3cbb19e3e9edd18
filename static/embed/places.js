/**
 * Where the kernel's page may be, seen from the notebook's page: addresses in the order in which
 * they are asked. No I/O.
 */

/**
 * What the kernel writes into the output; zwsnb/display/embed.py.
 * @typedef {object} Output
 * @property {string} plot
 * @property {string} base where the page is on the kernel's machine, as in http://127.0.0.1:8000
 * @property {string} query which plot, and the ticket
 * @property {string} ask which service is meant
 * @property {string} key the service's: only that answers what is asked about it
 * @property {number} height pixels
 * @property {number} [begin] those that its frame has until its page asks for more
 * @property {number} [most] that it may have where its panels need them
 * @property {string} [template] the one address to use, with {port}
 * @property {string[]} [presets] further ones, of hosts that the kernel knows
 * @property {boolean} [picture] the plot's picture stands behind this output
 * @property {boolean} [widget] between them stands its widget, or what may become it
 * @property {boolean} [voila] this is a page of Voila's
 */

/**
 * @typedef {object} Place
 * @property {"template" | "direct" | "proxy" | "preset"} kind
 * @property {string} name for the reader
 * @property {string} address ends with a slash
 *
 * @typedef {object} Where
 * @property {string} origin of the notebook's page
 * @property {string} hostname
 * @property {string | null} baseUrl of the Jupyter server, with slashes at both ends
 */

const APPLICATIONS = /^(.*?\/)(?:lab|notebooks|tree|doc|nbclassic|edit|consoles|voila)(?:\/|$)/;

/**
 * @param {Pick<Output, "base" | "template" | "presets">} output
 * @param {Where} where
 * @returns {Place[]}
 */
export function placesOf({ base, template, presets = [] }, where) {
  const port = new URL(base).port || "80";
  const filled = (/** @type {string} */ text) => addressOf(text, port, where.origin);
  if (template) return [{ kind: "template", ...named(filled(template), where) }];
  /** @type {Place[]} */
  const places = [];
  // Never this machine's loopback from a page of another one: the browser would ask its user.
  if (isLoopback(where.hostname) || !isLoopback(new URL(base).hostname))
    places.push({ kind: "direct", name: new URL(base).host, address: `${base}/` });
  if (where.baseUrl !== null)
    places.push({ kind: "proxy", ...named(filled(`${where.baseUrl}proxy/{port}/`), where) });
  for (const preset of presets) places.push({ kind: "preset", ...named(filled(preset), where) });
  return places;
}

/**
 * @param {string} template with {port}, or {{port}} as code-server has it
 * @param {string} port
 * @param {string} origin what a template without one is of
 */
function addressOf(template, port, origin) {
  const { href } = new URL(template.replace(/\{\{port\}\}|\{port\}/g, port), `${origin}/`);
  return href.endsWith("/") ? href : `${href}/`;
}

/** @param {string} address @param {Where} where */
function named(address, { origin }) {
  const name = address.startsWith(`${origin}/`) ? address.slice(origin.length) : address;
  return { name, address };
}

/** @param {string} hostname */
export function isLoopback(hostname) {
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

/**
 * The base URL of the Jupyter server whose page this is; null where it is none's.
 * @param {Document} page
 * @param {string} pathname
 */
export function baseUrlOf(page, pathname) {
  const base =
    configured(page.getElementById("jupyter-config-data")?.textContent) ??
    page.body.dataset.baseUrl ??
    APPLICATIONS.exec(pathname)?.[1];
  return base === undefined ? null : `/${base}/`.replace(/\/+/g, "/");
}

/** True for a page that nbconvert or nbviewer has made of a notebook. @param {Document} page */
export function isExported(page) {
  return page.querySelector("body.jp-Notebook, #notebook, .reveal") !== null;
}

/** @param {string | null | undefined} text of JSON @returns {string | undefined} */
function configured(text) {
  try {
    const { baseUrl } = JSON.parse(text ?? "{}");
    return typeof baseUrl === "string" ? baseUrl : undefined;
  } catch {
    return undefined;
  }
}

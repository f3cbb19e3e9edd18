/**
 * The page of a plot as a widget of a notebook (anywidget): the same page, in a shadow root of the
 * output, whose messages go by the notebook's own connection to its kernel.
 */
import { CommLink } from "./comm/comm_link.js";
import { groundOfNotebook } from "./comm/notebook_theme.js";
import { OutputMark } from "./comm/output_mark.js";
import { makeShell, ShellHeight } from "./comm/shell.js";
import { baseUrlOf, isExported } from "./embed/places.js";
import markup from "./index.html";
import { Page } from "./page.js";
import { Remembered } from "./view/remembered.js";
import styles from "./style.css";

const now = () => (performance.timeOrigin + performance.now()) / 1000;

/**
 * @typedef {object} View of the widget
 * @property {import("./comm/comm_link.js").Model} model
 * @property {HTMLElement} el
 */

/** @param {View} view @returns {(() => void) | undefined} what to do when it goes */
function render(view) {
  const page = view.el.ownerDocument;
  // What is exported has its picture.
  if (baseUrlOf(page, location.pathname) === null && isExported(page)) return undefined;
  const leaving = new AbortController();
  const { signal } = leaving;
  let leave = show(view);
  // A tab that is closed or loaded anew says so, if it can; one that comes back by the browser's
  // button may be as it was.
  page.defaultView?.addEventListener("pagehide", () => leave(), { signal });
  page.defaultView?.addEventListener(
    "pageshow",
    ({ persisted }) => {
      if (persisted) leave = show(view);
    },
    { signal },
  );
  return () => {
    leaving.abort();
    leave();
  };
}

/** @param {View} view @returns {() => void} what to do when it goes */
function show({ model, el }) {
  const leaving = new AbortController();
  const { host, root } = makeShell(el, markup, styles);
  const mark = new OutputMark(el);
  const height = followHeight(model, host, leaving.signal);
  const plot = new Page({
    root,
    access: accessOf(model),
    env: envOf(new CommLink(model, leaving.signal)),
    theme: groundOfNotebook(el.ownerDocument),
    embedded: true,
    keys: root,
    screen: host,
    remembered: new Remembered(""),
    takes: (wish) => height.ask(wish),
    titled: (title) => host.setAttribute("aria-label", title),
    stated: (state) => mark.update(state),
  });
  Object.assign(host, {
    zwsnb: { stats: () => plot.stats(), latencies: () => plot.latencies() },
  });
  return () => {
    plot.close();
    leaving.abort();
    mark.remove();
    host.remove();
  };
}

/**
 * No address leads here: routes are names that the kernel knows.
 * @param {import("./comm/comm_link.js").Model} model
 * @returns {import("./link/credentials.js").Access}
 */
function accessOf(model) {
  return {
    plot: model.get("plot"),
    socket: "",
    protocols: [],
    probe: "plot",
    csv: (query) => `csv?${new URLSearchParams(query)}`,
    html: (query) => `html?${new URLSearchParams(query)}`,
    way: "by the notebook",
    proxy: "",
    remember() {},
    shared: null,
  };
}

/** @param {CommLink} link @returns {import("./link/connection.js").Env} */
function envOf(link) {
  return {
    open: () => link.open(),
    fetch: (address, signal) => link.get(address, signal),
    later: (action, milliseconds) => setTimeout(action, milliseconds),
    now,
    random: () => Math.random(),
    // The notebook is the user's: the line of state asks for it.
    reload() {},
  };
}

/**
 * @param {import("./comm/comm_link.js").Model} model
 * @param {HTMLElement} host
 * @param {AbortSignal} signal
 */
function followHeight(model, host, signal) {
  const [whole, most] = [() => model.get("height"), () => model.get("most")];
  const height = new ShellHeight(host, whole(), model.get("begin"), most());
  const update = () => height.setWhole(whole(), most());
  const changes = ["change:height", "change:most"];
  for (const change of changes) model.on(change, update);
  const leave = () => changes.forEach((change) => void model.off(change, update));
  signal.addEventListener("abort", leave, { once: true });
  return height;
}

export default { render };

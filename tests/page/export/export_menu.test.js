import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { byId, contextOf, document, layOut, scopeOf, send, showPage } from "../support/dom.js";
import { plain } from "../support/text.js";
import { accessOf } from "../../../static/link/credentials.js";
import { ExportMenu } from "../../../static/export/export_menu.js";

const ADDRESS = "http://relay.test/hub/?token=secret&plot=run&theme=dark";

/** Without the time that is in every name. @param {string} text */
const timeless = (text) => text.replace(/_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d/, "_TIME");
const world = { clicked: [], opened: [], copied: [], blobs: [] };
HTMLAnchorElement.prototype.click = function () {
  world.clicked.push([this.href, this.download].map(timeless));
};
globalThis.open = (address) => void world.opened.push(address);
Object.defineProperty(navigator, "clipboard", {
  configurable: true,
  value: {
    writeText: async (text) => void world.copied.push(text),
    write: async ([{ items }]) => void world.copied.push(await items["image/png"]),
  },
});
globalThis.ClipboardItem = class {
  constructor(items) {
    this.items = items;
  }
};
globalThis.Image = class {
  decode = async () => {};
};
URL.createObjectURL = (blob) => `blob:${world.blobs.push(blob)}`;
URL.revokeObjectURL = () => {};

beforeEach(() => {
  for (const list of Object.values(world)) list.length = 0;
  delete globalThis.showSaveFilePicker;
});

/** A menu over a plot of two canvases, one of which has no width; `is` says what the page knows. */
function menuOf(is = {}) {
  showPage("index.html");
  const plot = byId("plot");
  layOut(plot, { left: 20, top: 30, width: 400, height: 200 });
  const [seen, empty] = [0, 1].map(() => plot.appendChild(document.createElement("canvas")));
  layOut(seen, { left: 20, top: 35, width: 400, height: 195 });
  layOut(empty, { width: 0, height: 0 });
  seen.width = 800;
  const helped = [];
  const redraw = () => {
    const context = contextOf(seen);
    context.fillRect(0, 0, 800, 100);
  };
  const menu = new ExportMenu(scopeOf(document.body, is.leaving), {
    access: is.access ?? accessOf(is.address ?? ADDRESS, { get: () => null }),
    fetch: (address, signal, method) => fetch(address, { signal, method }),
    screen: document.documentElement,
    name: () => "my/run",
    title: () => "My run",
    entries: () => [{ label: "loss", color: "#0474d4", value: "1.5", panel: 0 }],
    seen: () => [1, 2],
    origin: () => 0,
    selected: () => is.selected ?? null,
    connected: () => is.connected ?? true,
    mayNotify: () => "allows" in is,
    askToNotify: async () => is.allows,
    redraw,
    help: () => helped.push("help"),
  });
  return { menu, helped };
}
const said = () => plain(byId("task-text").textContent);
const settled = async (condition) => {
  for (let i = 0; i < 100 && !condition(); i++) await new Promise(setImmediate);
};
/** Open the menu and choose an item. @param {string} id */
function click(id) {
  if (!byId("menu").matches(":popover-open")) send(byId("more"), "click");
  send(byId(id), "click");
}
/** Choose an item, and wait for a sentence. @param {string} id */
async function choose(id, condition = () => said() !== "" && !said().startsWith("CSV")) {
  click(id);
  await settled(condition);
  return said();
}

test("the picture has the title, the legend, and what each seen canvas draws", () => {
  const { svg, width, height } = menuOf().menu.picture();
  assert.deepEqual([width, height], [400, 241]);
  assert.match(svg, />My run</);
  assert.match(svg, />loss</);
  assert.match(
    svg,
    /<g transform="translate\(0 46\)"><path [^>]*d="M0 0L400 0L400 50L0 50Z"\/><\/g><\/svg>/,
  );
});

test("SVG and PNG are saved under the plot's name", async () => {
  menuOf();
  assert.equal(await choose("save-svg"), "Saved as SVG.");
  assert.deepEqual(world.clicked.at(-1), ["blob:1", "my_run_TIME.svg"]);
  assert.equal(world.blobs[0].type, "image/svg+xml");
  menuOf();
  assert.equal(await choose("save-png"), "Saved as PNG.");
  assert.equal(world.clicked.at(-1)[1], "my_run_TIME.png");
  assert.deepEqual(JSON.parse(await world.blobs.at(-1).text()), [800, 482]);
});

test("the picture and the address are copied", async () => {
  menuOf();
  assert.equal(await choose("copy-picture"), "The picture is in the clipboard.");
  assert.equal(world.copied[0].type, "image/png");
  menuOf();
  assert.match(await choose("copy-address"), /its token lets in whoever has it/);
  assert.equal(world.copied.at(-1), "http://relay.test/hub/?token=secret&plot=run");
});

test("a page with a ticket gives only that away, and leads to no other plots", async () => {
  const address = "http://relay.test/hub/?plot=run&ticket=t&claim=c";
  menuOf({ address });
  assert.match(await choose("copy-address"), /whoever has it may look at this plot/);
  assert.equal(world.copied.at(-1), "http://relay.test/hub/?plot=run&ticket=t");
  assert.equal(byId("all-plots").hidden, true);
});

test("where no address leads to the plot, none is offered", () => {
  menuOf({ access: { ...accessOf(ADDRESS, { get: () => null }), shared: null } });
  assert.deepEqual(["own-tab", "copy-address", "all-plots"].map(byId), [null, null, null]);
});

test("there a CSV passes through the page, where the user cannot be asked for a file", async (t) => {
  menuOf({ access: { ...accessOf(ADDRESS, { get: () => null }), shared: null } });
  t.mock.method(
    globalThis,
    "fetch",
    async () => new Response("series,x,y\r\na,1,2\r\n", { headers: { "X-Zwsnb-Rows": "1" } }),
  );
  assert.equal(await choose("csv-all"), "Saved 1 rows as CSV.");
  assert.deepEqual(world.clicked, [["blob:1", "my_run_TIME_everything.csv"]]);
  assert.equal(await world.blobs[0].text(), "series,x,y\r\na,1,2\r\n");
});

test("what is chosen to fill the screen does", () => {
  menuOf();
  const filled = [];
  document.documentElement.requestFullscreen = async () => void filled.push("in");
  click("full-screen");
  assert.deepEqual(filled, ["in"]);
});

test("the plot and all plots open in tabs of their own", () => {
  menuOf();
  click("own-tab");
  click("all-plots");
  assert.deepEqual(world.opened, [
    "http://relay.test/hub/?token=secret&plot=run",
    "http://relay.test/hub/plots?token=secret",
  ]);
});

test("the keys are shown", () => {
  const { helped } = menuOf();
  click("show-keys");
  assert.deepEqual(helped, ["help"]);
});

const CSV = "http://relay.test/hub/csv?token=secret&plot=run";
const BRIEF = CSV.replace("token=secret", "brief=soon");
test("a browser that cannot ask downloads what is seen, selected, or everything", async (t) => {
  const headers = { "X-Zwsnb-Brief": "soon" };
  const fetch = t.mock.method(globalThis, "fetch", async () => new Response(null, { headers }));
  for (const [id, what, range] of [
    ["csv-seen", "seen", "&from=1&to=2"],
    ["csv-selected", "selection", "&from=3&to=4"],
    ["csv-all", "everything", ""],
  ]) {
    const name = `my_run_TIME_${what}.csv`;
    menuOf({ selected: [3, 4] });
    assert.equal(await choose(id, () => said() !== ""), "The browser is downloading the CSV.");
    const [asked, { method }] = fetch.mock.calls.at(-1).arguments;
    assert.deepEqual([asked, method], [CSV + range, "HEAD"], "the points come once");
    assert.deepEqual(world.clicked.at(-1), [`${BRIEF}${range}&file=${name}`, name]);
  }
});

test("what the relay says against it is shown, and nothing is downloaded", async (t) => {
  const answer = ({ method }) => new Response(method === "HEAD" ? null : "No.", { status: 404 });
  t.mock.method(globalThis, "fetch", async (_, options) => answer(options));
  menuOf();
  assert.equal(await choose("csv-all"), "No.");
  assert.deepEqual(world.clicked, []);
});

for (const status of [405, 200])
  test(`a proxy that answers ${status} to what asks for the head keeps nobody from it`, async (t) => {
    const whole = () => new Response("a,b", { headers: { "X-Zwsnb-Brief": "soon" } });
    const answer = ({ method }) => (method ? new Response(null, { status }) : whole());
    t.mock.method(globalThis, "fetch", async (_, options) => answer(options));
    menuOf();
    assert.equal(await choose("csv-all"), "The browser is downloading the CSV.");
    assert.equal(world.clicked.at(-1)[0], `${BRIEF}&file=my_run_TIME_everything.csv`);
  });

test("a proxy's page about an error, which may hold its key, is not shown", async (t) => {
  const headers = { "Content-Type": "text/html" };
  const page = () => new Response("<body data-jupyter-api-token=t>", { status: 599, headers });
  t.mock.method(globalThis, "fetch", async () => page());
  for (const id of ["csv-all", "save-html"]) {
    menuOf();
    const sentence = await choose(id, () => said().includes("599"));
    assert.match(sentence, /^What leads to the relay answers 599: /);
  }
});

/** The access of a widget, to which no address leads. */
const IN_A_NOTEBOOK = { html: () => "html?", csv: () => "csv?", shared: null };

for (const [where, more, asked] of [
  ["from the relay", {}, "http://relay.test/hub/html?token=secret&plot=run"],
  ["in a notebook by the kernel", { access: IN_A_NOTEBOOK }, "html?"],
])
  test(`the page comes ${where}, and the file knows no address with a key`, async (t) => {
    menuOf(more);
    const fetch = t.mock.method(globalThis, "fetch", async () => new Response("<!doctype html>"));
    const expected = "Saved as a page, which opens without Python.";
    assert.equal(await choose("save-html", () => said() === expected), expected);
    assert.equal(fetch.mock.calls[0].arguments[0], asked);
    assert.equal(await world.blobs.at(-1).text(), "<!doctype html>");
    const [address, name] = world.clicked.at(-1);
    assert.match(address, /^blob:/);
    assert.equal(name, "my_run_TIME.html");
  });

test("or it is said why not", async (t) => {
  menuOf({ access: IN_A_NOTEBOOK });
  t.mock.method(globalThis, "fetch", async () => new Response("No such plot.", { status: 404 }));
  const expected = "No such plot.";
  assert.equal(await choose("save-html", () => said() === expected), expected);
});

test("a page that is a file is not saved once more", () => {
  const { menu } = menuOf({ access: { ...IN_A_NOTEBOOK, html: null } });
  menu.menu.open();
  assert.equal(byId("save-html").hidden, true);
});

test("without a selection there is none to save, without a relay no CSV", () => {
  const { menu } = menuOf({ connected: false });
  menu.menu.open();
  assert.equal(byId("csv-selected").hidden, true);
  assert.equal(byId("csv-all").getAttribute("aria-disabled"), "true");
});

/** A file that the user has chosen, and what was written to it. */
function chooseFile() {
  const written = [];
  const file = {
    written,
    async write(piece) {
      written.push(new TextDecoder().decode(piece));
    },
    close: async () => void written.push("closed"),
    abort: async () => void written.push("aborted"),
  };
  globalThis.showSaveFilePicker = async () => ({ createWritable: async () => file });
  return file;
}

test("rows go into the file that the user has chosen", async (t) => {
  const file = chooseFile();
  menuOf();
  const fetched = t.mock.method(
    globalThis,
    "fetch",
    async () => new Response("series,x,y\r\na,1,2\r\n", { headers: { "X-Zwsnb-Rows": "1" } }),
  );
  assert.equal(await choose("csv-all"), "Saved 1 rows as CSV.");
  assert.deepEqual(file.written, ["series,x,y\r\na,1,2\r\n", "closed"]);
  assert.equal(fetched.mock.calls[0].arguments[0], CSV);
});

test("who changes their mind saves nothing", async () => {
  menuOf();
  globalThis.showSaveFilePicker = async () => {
    throw Object.assign(new Error("no"), { name: "AbortError" });
  };
  await choose("csv-all", () => false);
  assert.deepEqual([said(), world.clicked], ["", []]);
});

test("a relay that refuses says why, and the file is given up", async (t) => {
  const file = chooseFile();
  menuOf();
  t.mock.method(globalThis, "fetch", async () => new Response("Not your plot.", { status: 403 }));
  assert.equal(await choose("csv-all"), "No CSV was saved: Not your plot.");
  assert.deepEqual(file.written, ["aborted"]);
});

test("what is stopped is given up", async (t) => {
  const file = chooseFile();
  menuOf();
  t.mock.method(
    globalThis,
    "fetch",
    (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new Error("aborted")));
      }),
  );
  await choose("csv-all", () => said().startsWith("CSV"));
  assert.equal(said(), "CSV: asking…");
  send(byId("task-stop"), "click");
  await settled(() => said().startsWith("Stopped"));
  assert.equal(said(), "Stopped: no CSV was saved.");
  assert.deepEqual(file.written, ["aborted"]);
});

test("a page that is closed stops what it saves", async (t) => {
  const file = chooseFile();
  const leaving = new AbortController();
  menuOf({ leaving });
  t.mock.method(
    globalThis,
    "fetch",
    (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new Error("aborted")));
      }),
  );
  await choose("csv-all", () => said().startsWith("CSV"));
  leaving.abort();
  await settled(() => file.written.length > 0);
  assert.deepEqual(file.written, ["aborted"]);
});

test("what goes wrong without our knowing is said, and stands in the console", async (t) => {
  menuOf();
  const logged = t.mock.method(console, "error", () => {});
  t.mock.method(URL, "createObjectURL", () => {
    throw new Error("out of memory");
  });
  assert.equal(await choose("save-svg"), "That did not work: out of memory");
  assert.equal(logged.mock.callCount(), 1);
});

for (const [allows, sentence] of [
  [true, "Alerts are shown by the browser while this page is in the background."],
  [false, "The browser does not allow notifications here."],
])
  test(`who wants to be notified is asked by the browser, which says ${allows}`, async () => {
    menuOf({ allows });
    await choose("notify");
    assert.equal(said(), sentence);
  });

test("where nobody may be asked it is not offered", () => {
  menuOf();
  send(byId("more"), "click");
  assert.equal(byId("notify").hidden, true);
});

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { document } from "../support/dom.js";
import {
  askWhere,
  copyPicture,
  copyText,
  download,
  fileInMemory,
  Forbidden,
  paintPng,
  saveBlob,
  toggleFullScreen,
} from "../../../static/export/files.js";

/** Links that were clicked: their address and the name of the file. */
const clicked = [];
HTMLAnchorElement.prototype.click = function () {
  clicked.push([this.href, this.download]);
};
beforeEach(() => {
  clicked.length = 0;
  delete globalThis.showSaveFilePicker;
});
const failing = (name) => async () => {
  throw Object.assign(new Error("no"), { name });
};

test("a download has an address and a name", () => {
  download("http://relay.test/csv", "run.csv");
  assert.deepEqual(clicked, [["http://relay.test/csv", "run.csv"]]);
});

test("a blob is saved, and let go when the browser has read it", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const revoked = t.mock.method(URL, "revokeObjectURL", () => {});
  t.mock.method(URL, "createObjectURL", () => "blob:1");
  saveBlob(new Blob(["x"]), "run.svg");
  assert.deepEqual([clicked, revoked.mock.callCount()], [[["blob:1", "run.svg"]], 0]);
  t.mock.timers.tick(60_000);
  assert.deepEqual(revoked.mock.calls[0].arguments, ["blob:1"]);
});

test("where the browser can ask, the user says where a file goes", async () => {
  assert.equal(await askWhere("run.csv"), null);
  const asked = [];
  globalThis.showSaveFilePicker = async (options) => asked.push(options) && "a file";
  assert.equal(await askWhere("run.csv"), "a file");
  assert.deepEqual(asked, [
    { suggestedName: "run.csv", types: [{ accept: { "text/csv": [".csv"] } }] },
  ]);
});

test("who changes their mind saves nothing; a frame that may not ask downloads", async () => {
  globalThis.showSaveFilePicker = failing("AbortError");
  assert.equal(await askWhere("run.csv"), "cancelled");
  globalThis.showSaveFilePicker = failing("SecurityError");
  assert.equal(await askWhere("run.csv"), null);
});

test("a file in memory is saved when all of it is there", async (t) => {
  const blobs = [];
  t.mock.method(URL, "createObjectURL", (blob) => `blob:${blobs.push(blob)}`);
  const writing = await fileInMemory("run.csv").createWritable();
  await writing.write("a,b\n");
  await writing.write(new TextEncoder().encode("1,2\n"));
  assert.deepEqual(clicked, []);
  await writing.close();
  assert.deepEqual(clicked, [["blob:1", "run.csv"]]);
  assert.deepEqual([blobs[0].type, await blobs[0].text()], ["text/csv", "a,b\n1,2\n"]);
});

test("what is given up is not saved", async () => {
  const writing = await fileInMemory("run.csv").createWritable();
  await writing.write("a,b\n");
  await writing.abort();
  assert.deepEqual(clicked, []);
});

test("a picture in pixels is its document, painted at a scale", async (t) => {
  const revoked = t.mock.method(URL, "revokeObjectURL", () => {});
  t.mock.method(URL, "createObjectURL", () => "blob:2");
  const images = [];
  const { Image } = globalThis;
  t.after(() => (globalThis.Image = Image));
  globalThis.Image = class {
    constructor(...size) {
      images.push([this, ...size]);
    }

    decode = async () => {};
  };
  const blob = await paintPng({ svg: "<svg/>", width: 300.2, height: 100 }, 2);
  assert.deepEqual([blob.type, JSON.parse(await blob.text())], ["image/png", [600, 200]]);
  assert.deepEqual([images[0][0].src, ...images[0].slice(1)], ["blob:2", 300.2, 100]);
  globalThis.Image = class {
    decode = failing("EncodingError");
  };
  await assert.rejects(paintPng({ svg: "<svg/>", width: 3, height: 1 }, 2));
  assert.equal(revoked.mock.callCount(), 2, "its address is let go, whatever happens");
});

/** A clipboard that does what it is given. @param {object} does */
function setClipboard(does) {
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: does });
  globalThis.ClipboardItem = class {
    constructor(items) {
      this.items = items;
    }
  };
}

test("a picture is copied as PNG", async () => {
  const written = [];
  setClipboard({ write: async (items) => void written.push(...items) });
  const png = Promise.resolve(new Blob());
  await copyPicture(png, true);
  assert.deepEqual(written[0].items, { "image/png": png });
});

test("a text is copied", async () => {
  const written = [];
  setClipboard({ writeText: async (text) => void written.push(text) });
  await copyText("http://relay.test/");
  assert.deepEqual(written, ["http://relay.test/"]);
});

test("what the browser forbids is a sentence that says what to do", async () => {
  const no = failing("NotAllowedError");
  setClipboard({ write: no, writeText: no });
  document.documentElement.requestFullscreen = no;
  const noPicture = Promise.resolve(new Blob());
  for (const [action, sentence] of [
    [() => copyPicture(noPicture, true), /save it as PNG, or open the plot in its own tab\.$/],
    [() => copyPicture(noPicture, false), /save it as PNG\.$/],
    [() => copyText("a"), /take the address there/],
    [
      () => toggleFullScreen(document.documentElement, true),
      /fill the screen: open the plot in its own tab\.$/,
    ],
    [() => toggleFullScreen(document.documentElement, false), /fill the screen\.$/],
  ])
    await assert.rejects(
      action,
      (error) => error instanceof Forbidden && sentence.test(error.message),
    );
});

test("the page fills the screen, or leaves it", async () => {
  const done = [];
  document.documentElement.requestFullscreen = async () => void done.push("in");
  document.exitFullscreen = async () => void done.push("out");
  await toggleFullScreen(document.documentElement, true);
  Object.defineProperty(document, "fullscreenElement", { configurable: true, value: {} });
  await toggleFullScreen(document.documentElement, true);
  assert.deepEqual(done, ["in", "out"]);
});

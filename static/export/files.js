/**
 * Files, the clipboard, pictures in pixels. What a browser forbids is an error with a sentence for
 * the user.
 */

/** The browser or the relay forbids it; the message is for the user. */
export class Forbidden extends Error {}

/**
 * What an answer says against it, of which the relay's is plain. A proxy's is a page, and may hold a
 * key of its own, as that of a Jupyter server.
 * @param {import("../link/connection.js").Answer} answer
 */
export async function refusalOf(answer) {
  const kind = answer.headers.get("Content-Type") ?? "";
  if (kind === "" || kind.startsWith("text/plain")) return new Forbidden(await answer.text());
  await answer.body?.cancel();
  return new Forbidden(
    `What leads to the relay answers ${answer.status}: it may not pass so much on; p.save writes a file there.`,
  );
}

/**
 * Where the user wants a file: "cancelled" if nowhere; null where the browser cannot ask, or will
 * not in a frame, and a plain download does it.
 * @param {string} name
 * @returns {Promise<FileSystemFileHandle | "cancelled" | null>}
 */
export async function askWhere(name) {
  const ask =
    /** @type {{showSaveFilePicker?: (options: object) => Promise<FileSystemFileHandle>}} */ (
      window
    ).showSaveFilePicker;
  if (!ask) return null;
  try {
    return await ask.call(window, {
      suggestedName: name,
      types: [{ accept: { "text/csv": [".csv"] } }],
    });
  } catch (error) {
    return /** @type {Error} */ (error).name === "AbortError" ? "cancelled" : null;
  }
}

/** @param {string} address @param {string} name of the file */
export function download(address, name) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

/** @param {Blob} blob @param {string} name of the file */
export function saveBlob(blob, name) {
  const address = URL.createObjectURL(blob);
  download(address, name);
  // Not at once: the browser has not read it yet.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * A file that is saved when all of it is there, where the user cannot be asked for one and no
 * address leads to its content.
 * @param {string} name
 * @returns {Pick<FileSystemFileHandle, "createWritable">}
 */
export function fileInMemory(name) {
  /** @type {BlobPart[]} */
  const pieces = [];
  const writing = {
    write: async (/** @type {BlobPart} */ piece) => void pieces.push(piece),
    close: async () => saveBlob(new Blob(pieces, { type: "text/csv" }), name),
    abort: async () => {},
  };
  return {
    createWritable: async () =>
      /** @type {FileSystemWritableFileStream} */ (/** @type {unknown} */ (writing)),
  };
}

/**
 * @param {{svg: string, width: number, height: number}} picture
 * @param {number} scale
 * @returns {Promise<Blob>}
 */
export async function paintPng(picture, scale) {
  return (await paint(picture, scale)).canvas.convertToBlob({ type: "image/png" });
}

/**
 * An SVG document in pixels.
 * @param {{svg: string, width: number, height: number}} picture
 * @param {number} scale
 */
export async function paint({ svg, width, height }, scale) {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return context;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** @param {Promise<Blob>} png @param {boolean} hasTab may the plot be opened in its own tab? */
export async function copyPicture(png, hasTab) {
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
  } catch {
    throw new Forbidden(
      `The browser does not let this page copy a picture: save it as PNG${
        hasTab ? ", or open the plot in its own tab" : ""
      }.`,
    );
  }
}

/** @param {string} text */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new Forbidden(
      "The browser does not let this page copy: " +
        "open the plot in its own tab, and take the address there.",
    );
  }
}

/**
 * Enter it, or leave it.
 * @param {Element} element that fills the screen
 * @param {boolean} hasTab may the plot be opened in its own tab?
 */
export async function toggleFullScreen(element, hasTab) {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await element.requestFullscreen();
  } catch {
    throw new Forbidden(
      `The browser does not let this page fill the screen${
        hasTab ? ": open the plot in its own tab" : ""
      }.`,
    );
  }
}

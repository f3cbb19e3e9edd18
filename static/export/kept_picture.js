/**
 * The picture that a notebook keeps behind the live plot: what is seen, as a PNG. On light ground,
 * whatever the page's is, for a file is read and printed on white; that is drawn and taken back
 * before the browser shows anything.
 */
import { drawingOf } from "./drawing.js";
import { paint } from "./files.js";
import { palettePng } from "./palette_png.js";

/**
 * @typedef {import("./drawing.js").Drawn & {setGround: (ground: Ground) => void}} Source
 * @typedef {import("../base/theme.js").Ground} Ground
 */

/** Characters in base64, as `MOST_BYTES` of zwsnb/display/picture.py. */
const MOST = 100_000;
/** Pixels of the picture to one of CSS: fewer where it would be too large. */
const SCALES = [2, 1.5, 1];
/** Characters of a document that takes the browser so long that it is painted once, and small. */
const LONG = 250_000;

/**
 * @param {HTMLElement} root of the page
 * @param {Source} source
 * @returns {Promise<{png: string | null, width: number, height: number}>} null: it is too large at
 *   any scale, or cannot be drawn
 */
export async function keptPicture(root, source) {
  try {
    const picture = onLight(root, source, () => drawingOf(root, source));
    const { width, height } = picture;
    return { png: width > 0 ? await smallEnough(picture) : null, width, height };
  } catch (error) {
    console.error(error);
    return { png: null, width: 0, height: 0 };
  }
}

/**
 * Draw in the colours of the light theme, then again as it was.
 * @template T
 * @param {HTMLElement} root
 * @param {Source} source
 * @param {() => T} draw
 * @returns {T}
 */
function onLight({ dataset }, { setGround, redraw }, draw) {
  if (dataset.theme !== "dark") return draw();
  try {
    dataset.theme = "light";
    setGround("light");
    return draw();
  } finally {
    dataset.theme = "dark";
    setGround("dark");
    redraw();
  }
}

/** @param {{svg: string, width: number, height: number}} picture @returns {Promise<string | null>} */
async function smallEnough(picture) {
  let perScale = 0;
  for (const scale of picture.svg.length > LONG ? SCALES.slice(-1) : SCALES) {
    // A picture shrinks with its scale, or quicker: what cannot do is not tried.
    if (scale > 1 && perScale * scale > MOST) continue;
    const context = await paint(picture, scale);
    const { width, height } = context.canvas;
    const png = await palettePng(context.getImageData(0, 0, width, height));
    const characters = 4 * Math.ceil(png.size / 3);
    if (characters <= MOST) return base64Of(await png.arrayBuffer());
    perScale = characters / scale;
  }
  return null;
}

/** @param {ArrayBuffer} bytes */
function base64Of(bytes) {
  return btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
}

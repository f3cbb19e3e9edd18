/**
 * The colours of an image, dark for low values and light for high ones: equal steps of value are
 * steps of colour that look equal. They lie on a path through OKLab, an even rise of lightness while
 * the hue turns from violet over blue and green to yellow; zwsnb/painting/colormap.py computes the
 * same, and a table holds both to it.
 */

const LIGHTNESS = [0.22, 0.94];
const HUE = [310, 110];
/** At the dark end, between, and at the light end. */
const CHROMA = /** @type {const} */ ([0.1, 0.07, 0.16]);

/** Colours of the scale; that of no value comes before them. */
export const COLORS = 255;

/** @typedef {[number, number, number]} Rgb 0 to 255 */

/** @param {number} part of the scale, 0 to 1 @returns {Rgb} */
export function colorAt(part) {
  const lightness = between(LIGHTNESS, part);
  const hue = (between(HUE, part) * Math.PI) / 180;
  const [dark, middle, light] = CHROMA;
  const chroma = dark * (1 - part) ** 2 + 2 * middle * part * (1 - part) + light * part ** 2;
  return rgbOf(lightness, chroma * Math.cos(hue), chroma * Math.sin(hue));
}

/** @param {number[]} ends @param {number} part */
function between([from = 0, to = 0], part) {
  return from + (to - from) * part;
}

/** OKLab to sRGB. @param {number} lightness @param {number} a @param {number} b @returns {Rgb} */
function rgbOf(lightness, a, b) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    byteOf(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    byteOf(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    byteOf(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** @param {number} linear */
function byteOf(linear) {
  const within = Math.max(0, Math.min(linear, 1));
  const gamma = within <= 0.0031308 ? 12.92 * within : 1.055 * within ** (1 / 2.4) - 0.055;
  return Math.round(gamma * 255);
}

/** By their numbers, as soon as they are asked for: most pages show no image. @type {string[]} */
const CSS = [];

/** A colour of the scale as CSS has it; "" of no value. @param {number} color 0 to 255 */
export function cssOf(color) {
  if (!(color > 0)) return "";
  CSS[color] ??= `rgb(${colorAt((color - 1) / (COLORS - 1)).join()})`;
  return CSS[color];
}

/** @type {Uint32Array | undefined} */
let pixels;

/** As pixels of an ImageData, by the number of the colour: 0 is transparent. */
export function pixelsOfColors() {
  pixels ??= makePixels();
  return pixels;
}

function makePixels() {
  const bytes = new Uint8ClampedArray(4 * (COLORS + 1));
  for (let i = 0; i < COLORS; i++) bytes.set([...colorAt(i / (COLORS - 1)), 255], 4 * (i + 1));
  return new Uint32Array(bytes.buffer);
}

/**
 * Which part of a range lies below a value; the range may be wider than doubles go.
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function shareOf(value, low, high) {
  const half = high - low === Infinity ? 0.5 : 1;
  return (half * value - half * low) / (half * high - half * low);
}

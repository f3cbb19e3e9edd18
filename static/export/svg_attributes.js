/** How SVG writes what a canvas draws with: text, numbers, colours, fonts. */

export const BASELINES = /** @type {Record<string, string>} */ ({
  middle: "0.35em",
  top: "0.8em",
  hanging: "0.8em",
  bottom: "-0.25em",
  ideographic: "-0.25em",
});
export const ANCHORS = /** @type {Record<string, string>} */ ({
  center: "middle",
  right: "end",
  end: "end",
});
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML allows no control characters
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ENTITIES = /** @type {Record<string, string>} */ ({
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
});

/** @param {string} text */
export function escaped(text) {
  return text.replace(NO_XML, "").replace(/[&<>"']/g, (one) => ENTITIES[one] ?? "");
}

/**
 * Programs other than browsers know no rgba(): its parts are told apart.
 * @param {"fill" | "stroke"} kind
 * @param {unknown} color
 */
export function colorOf(kind, color) {
  if (typeof color !== "string") return `${kind}="none"`;
  const [, rgb, alpha] = /^rgba\(([^,]+,[^,]+,[^,]+), ?([\d.e-]+)\)$/.exec(color) ?? [];
  return rgb === undefined
    ? `${kind}="${escaped(color)}"`
    : `${kind}="rgb(${rgb})" ${kind}-opacity="${alpha}"`;
}

/** Hundredths of a pixel are more than anybody sees. @param {number} value */
export function short(value) {
  return String(Math.round(value * 100) / 100 + 0);
}

/**
 * @param {string} font as a context has it: `600 11px system-ui, sans-serif`
 * @param {number} scale
 */
export function fontOf(font, scale) {
  const [, before = "", size = "10", family = "sans-serif"] =
    /^(.*?)([\d.]+)px(?:\/\S+)? (.*)$/.exec(font) ?? [];
  const weight = /\b(bold|[1-9]00)\b/.exec(before)?.[1];
  const bold = weight ? ` font-weight="${weight}"` : "";
  return `font-family="${escaped(family)}" font-size="${short(Number(size) * scale)}"${bold}`;
}

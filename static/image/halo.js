/**
 * What lies over an image has the ground's colour around it: so it is seen on dark colours and on
 * light ones.
 */

/** Pixels around a line, or a letter. */
export const HALO = 1.5;
/** Of a line's: some of the image shines through. */
export const HALO_ALPHA = 0.8;
const NO_DASHES = /** @type {number[]} */ ([]);

/**
 * Stroke the path of a context, over its halo.
 * @param {CanvasRenderingContext2D} context
 * @param {string | null} ground its colour; null: there is no image
 */
export function strokeOver(context, ground) {
  if (ground !== null) {
    context.save();
    context.setLineDash(NO_DASHES);
    context.strokeStyle = ground;
    context.globalAlpha *= HALO_ALPHA;
    context.lineWidth += 2 * HALO;
    context.stroke();
    context.restore();
  }
  context.stroke();
}

/**
 * Write a text over its halo.
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string | null} ground its colour; null: there is no image
 */
export function writeOver(context, text, x, y, ground) {
  if (ground !== null) {
    context.save();
    context.setLineDash(NO_DASHES);
    context.strokeStyle = ground;
    context.lineJoin = "round";
    context.lineWidth = 2 * HALO;
    context.strokeText(text, x, y);
    context.restore();
  }
  context.fillText(text, x, y);
}

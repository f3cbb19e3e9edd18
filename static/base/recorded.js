/**
 * Canvases whose calls are being recorded, as a picture that any size suits: shapes say more there
 * than pixels do.
 */

/** @type {WeakSet<CanvasRenderingContext2D>} */
export const recorded = new WeakSet();

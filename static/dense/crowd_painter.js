/** How the lines of one panel are painted where they are a crowd: as thin paths, or as pixels. */
import { recorded } from "../base/recorded.js";
import { Crowd } from "./crowd.js";
import { paintHairline } from "./hairline.js";
import { PixelLayer } from "./pixel_layer.js";

export class CrowdPainter {
  #crowd = new Crowd();
  #layer = new PixelLayer();

  get isDense() {
    return this.#crowd.isDense;
  }

  /** Look at the lines that are to be painted. @type {Crowd["look"]} */
  look(lines, seen, area, ratio) {
    this.#crowd.look(lines, seen, area, ratio);
  }

  /**
   * Paint a line, or have it be painted with the next flush.
   * @param {import("./hairline.js").Place} place
   * @param {import("./hairline.js").Hairline} line
   * @param {import("./decimate.js").Cut} cut
   */
  paint(place, line, cut) {
    const asPixels = this.#crowd.isFull && !recorded.has(place.context);
    if (asPixels) this.#layer.add(place, line, cut);
    else paintHairline(place, line, cut);
  }

  /** What is painted from now on is in front of all lines so far. @param {CanvasRenderingContext2D} context */
  flush(context) {
    this.#layer.flush(context);
  }
}

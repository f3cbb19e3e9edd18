/** How the lines of one panel are painted where they are a crowd: as thin paths, or as pixels. */
import { recorded } from "../base/recorded.js";
import { Crowd } from "./crowd.js";
import { paintHairline } from "./hairline.js";
import { PixelLayer } from "./pixel_layer.js";

export class CrowdPainter {
  #crowd = new Crowd();
  #layer = new PixelLayer();
  /** What stands on the lines that are not painted yet. @type {(() => void)[]} */
  #after = [];

  /** Is a line as thin as it can be, without dots unasked? @param {{name: string}} line */
  has(line) {
    return this.#crowd.has(line);
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
   * @param {() => void} paintOn paints what stands on it
   */
  paint(place, line, cut, paintOn) {
    if (!this.#crowd.isFull || recorded.has(place.context)) {
      paintHairline(place, line, cut);
      paintOn();
      return;
    }
    this.#layer.add(place, line, cut);
    this.#after.push(paintOn);
  }

  /** What is painted from now on is in front of all lines so far. @param {CanvasRenderingContext2D} context */
  flush(context) {
    this.#layer.flush(context);
    for (const paintOn of this.#after.splice(0)) paintOn();
  }
}

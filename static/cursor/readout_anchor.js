/**
 * Keeps the readout where it hides least: its position is chosen now and then, and kept in between.
 */
import { xOf, yOf } from "../view/vertex_search.js";
import { FIRST_POSITION, bestPosition, boxAt, hides } from "./readout_placement.js";
import { roomIn } from "./readout.js";
import { shownIn } from "./overlay_geometry.js";
import { areaOf } from "../view/hit_test.js";

/**
 * @typedef {import("../base/shapes.js").Box} Box
 * @typedef {import("./readout_text.js").Read} Read
 * @typedef {import("../view/hit_test.js").Panel} Panel
 * @typedef {import("../base/shapes.js").Spot} Spot
 */

const CHOOSE_EVERY = 0.25;
const INSET = 6;
const EDGE = 3;
const MOST_SAMPLES = 600;

export class ReadoutAnchor {
  #position = FIRST_POSITION;
  /** -Infinity: the readout may jump. */
  #chosenAt = -Infinity;

  free() {
    this.#chosenAt = -Infinity;
  }

  /**
   * @param {import("./readout.js").Readout} readout
   * @param {Read} read
   * @param {Box} area
   * @param {number} now in seconds
   */
  hold(readout, read, area, now) {
    const covers = () => hides(boxAt(area, readout.size, this.#position), shownIn(read));
    if (now - this.#chosenAt > CHOOSE_EVERY || covers())
      this.#choose(readout.size, read, area, now);
    readout.moveTo(boxAt(area, readout.size, this.#position), area.width);
  }

  /**
   * @param {{width: number, height: number}} size
   * @param {Read} read
   * @param {Box} area
   * @param {number} now
   */
  #choose(size, read, area, now) {
    const free = this.#chosenAt === -Infinity;
    this.#chosenAt = now;
    const shown = { ...shownIn(read), lines: samplesOf(read) };
    this.#position = bestPosition(area, size, shown, this.#position, free);
  }
}

/**
 * Inside the plot area; in a small frame over the axes too.
 * @param {Panel[]} panels
 * @param {number} width of the frame
 * @returns {Box}
 */
export function areaOver(panels, width) {
  const area = areaOf(panels);
  const inside = {
    left: area.left + INSET,
    top: area.top + INSET,
    width: area.width - 2 * INSET,
    height: area.height - 2 * INSET,
  };
  return roomIn(inside) === "tiny" ? { ...inside, left: EDGE, width: width - 2 * EDGE } : inside;
}

/** Where the lines run, in pixels. @param {Read} read @returns {Spot[]} */
function samplesOf({ panels, model }) {
  return panels.flatMap(({ box, x, series }) =>
    series.flatMap(({ name, axis }) => {
      const points = model.get(name)?.vertices.view() ?? new Float64Array();
      const every = Math.max(1, Math.ceil(points.length / 2 / MOST_SAMPLES));
      const spotAt = (/** @type {number} */ index) => ({
        x: box.left + x.pixelOf(xOf(points, index)),
        y: box.top + axis.pixelOf(yOf(points, index)),
      });
      return Array.from({ length: Math.floor(points.length / 2 / every) }, (_, i) =>
        spotAt(i * every),
      );
    }),
  );
}

/**
 * Where the crosshair is: at the pointer, or where keys have moved it, from point to point, or else
 * at the x where a linked plot has its own.
 */
import { freeTarget, targetAt, targetOn } from "./hover_target.js";
import { pointNear, shownIn, stepped } from "./steps.js";
import { cellNear, cellStepped, isOutermost } from "../image/steps.js";
import { isOver, zoneAt } from "../view/hit_test.js";

/**
 * @typedef {import("./hover_target.js").HoverTarget} HoverTarget
 * @typedef {import("./steps.js").Point} Point
 * @typedef {import("../base/shapes.js").Spot} Spot
 * @typedef {{series: string | null} & Point} Keyed a point to which keys have moved it; of no series:
 *   a cell of the image
 *
 * @typedef {object} Host what the cursor needs of the page
 * @property {import("../link/session.js").Session} session
 * @property {() => import("../view/hit_test.js").Panel[]} panels
 * @property {(by: number) => void} pan by a fraction of the width
 * @property {() => void} changed there is something new to show
 */

const FAST = 10;
/** Part of the width by which the view moves when keys move out of it. */
const NEXT = 0.25;

export class Crosshair {
  /** @type {Spot | null} */
  #pointer = null;
  #isFree = false;
  /** @type {Keyed | null} */
  #keyed = null;
  /** The x of a linked plot. @type {number | null} */
  #led = null;

  /** @param {Host} host */
  constructor(host) {
    this.host = host;
  }

  get isKeyed() {
    return this.#keyed !== null;
  }

  /** Does it stand where another plot has it? */
  get isLed() {
    return !this.#keyed && !this.#pointer && this.#led !== null;
  }

  /** @param {number | null} x of a linked plot; null: it has none */
  lead(x) {
    this.#led = x;
  }

  /** @param {Spot | null} spot @param {boolean} free there, however near a point is */
  point(spot, free = false) {
    this.#isFree = free;
    this.#pointer = spot && isOver(this.host.panels(), spot) ? spot : null;
    this.#keyed = null;
  }

  /** Let keys move it, or hide it. @param {HoverTarget | null} target where it is */
  toggle(target) {
    this.#keyed = this.#keyed ? null : this.#begin(target);
    this.#pointer = null;
  }

  /**
   * On the point or the cell that is pointed at, or on the newest one that is seen.
   * @param {HoverTarget | null} target
   * @returns {Keyed | null}
   */
  #begin(target) {
    const panels = this.host.panels();
    const shown = shownIn(panels);
    const isOnImage = target ? panels[target.panel]?.image : shown.length === 0;
    if (isOnImage && target?.series == null) return this.#onImage(target);
    const first = target?.series ?? shown[0]?.name;
    const found = shown.find(({ name }) => name === first);
    return found ? this.#on(found, target?.x ?? found.panel.x.high) : null;
  }

  /** @param {Point | null} at null: at its newest, in the middle @returns {Keyed | null} */
  #onImage(at) {
    const panel = this.host.panels().find(({ image }) => image);
    if (!panel) return null;
    const { left, x, box } = panel;
    const spot = at ?? { x: x.high, y: left.valueAt(box.height / 2) };
    const cell = cellNear(this.#image, panel, spot);
    return cell && { series: null, ...cell };
  }

  /** @param {import("./steps.js").Shown} shown @param {number} x @returns {Keyed | null} */
  #on({ name, panel }, x) {
    const series = this.#model.get(name);
    const point = series && pointNear(series, panel, x);
    return point ? { series: name, ...point } : null;
  }

  /** Along its series, or from column to column. @param {1 | -1} direction @param {boolean} fast */
  step(direction, fast) {
    const keyed = this.#keyed;
    if (keyed?.series === null) return this.#stepAcross(keyed, direction * (fast ? FAST : 1));
    const shown = shownIn(this.host.panels()).find(({ name }) => name === keyed?.series);
    const series = this.#model.get(keyed?.series ?? "");
    if (!keyed || !shown || !series) return;
    this.#keyed = {
      series: series.name,
      ...stepped(series, shown, keyed, direction, fast ? FAST : 1),
    };
    this.#keepVisible(this.#keyed, shown.panel.x);
  }

  /** @param {Keyed} keyed @param {number} across */
  #stepAcross(keyed, across) {
    const panel = this.host.panels().find(({ image }) => image);
    if (!panel) return;
    this.#keyed = { ...keyed, ...cellStepped(this.#image, keyed, panel.left, { across }) };
    this.#keepVisible(this.#keyed, panel.x);
  }

  /** @param {Keyed} keyed @param {import("../view/scale.js").AxisView} axis */
  #keepVisible({ x }, { low, high }) {
    if (x < low) this.host.pan(-NEXT);
    if (x > high) this.host.pan(NEXT);
  }

  /** x are counted from elsewhere. @param {number} by what is added to each */
  moved(by) {
    if (this.#keyed) this.#keyed = { ...this.#keyed, x: this.#keyed.x + by };
    if (this.#led !== null) this.#led += by;
  }

  /**
   * Along with a trigger, to where its series is in another sweep.
   * @param {number} by what is added to its x
   * @param {import("./measure.js").YOf} yOf
   */
  carry(by, yOf) {
    const keyed = this.#keyed;
    if (!keyed || keyed.series === null) return;
    const x = keyed.x + by;
    const y = yOf(keyed.series, x);
    this.#keyed = { ...keyed, x, y: Number.isNaN(y) ? keyed.y : y };
  }

  /**
   * To another series, or to the cell above or below; from the last of either to the other, where
   * both are seen.
   * @param {1 | -1} by 1: downwards
   */
  change(by) {
    const keyed = this.#keyed;
    if (!keyed) return;
    const panels = this.host.panels();
    const shown = shownIn(panels);
    const up = /** @type {1 | -1} */ (-by);
    const panel = panels.find(({ image }) => image);
    if (keyed.series === null) {
      if (panel && (shown.length === 0 || !isOutermost(this.#image, keyed.y, up, panel.left)))
        this.#keyed = { ...keyed, ...cellStepped(this.#image, keyed, panel.left, { up }) };
      else this.#toSeries(shown, by > 0 ? 0 : shown.length - 1);
      return;
    }
    const next = shown.findIndex(({ name }) => name === keyed.series) + by;
    if (panel && (next < 0 || next === shown.length))
      this.#keyed = this.#onImage({ x: keyed.x, y: by > 0 ? panel.left.high : panel.left.low });
    else this.#toSeries(shown, (next + shown.length) % shown.length);
    this.#keyed ??= keyed;
  }

  /** @param {import("./steps.js").Shown[]} shown @param {number} index */
  #toSeries(shown, index) {
    const next = shown[index];
    if (next && this.#keyed) this.#keyed = this.#on(next, this.#keyed.x) ?? this.#keyed;
  }

  /** What it is on; null: on nothing that is seen. @returns {HoverTarget | null} */
  find() {
    const panels = this.host.panels();
    if (this.#keyed) return keyedTarget(panels, this.#keyed);
    if (!this.#pointer)
      return this.#led === null ? null : ledTarget(panels, this.#model, this.#led);
    const { panel } = zoneAt(panels, this.#pointer);
    return this.#isFree
      ? freeTarget(panels, panel, this.#pointer)
      : targetAt(panels, this.#model, panel, this.#pointer);
  }

  get #image() {
    return this.host.session.model.image;
  }

  get #model() {
    return this.host.session.model.byName;
  }
}

/** @param {import("../view/hit_test.js").Panel[]} panels @param {Keyed} keyed */
function keyedTarget(panels, keyed) {
  if (keyed.series === null) return cellTarget(panels, keyed);
  const shown = shownIn(panels).find(({ name }) => name === keyed.series);
  if (!shown || keyed.x < shown.panel.x.low || keyed.x > shown.panel.x.high) return null;
  return targetOn(shown.panel, shown.index, shown.axis, shown.name, keyed);
}

/** @param {number} value @param {import("../view/scale.js").AxisView} axis */
function isSeen(value, { low, high }) {
  return value >= low && value <= high;
}

/** @param {import("../view/hit_test.js").Panel[]} panels @param {Point} cell @returns {HoverTarget | null} */
function cellTarget(panels, cell) {
  const index = panels.findIndex(({ image }) => image);
  const panel = panels[index];
  if (!panel || !isSeen(cell.x, panel.x) || !isSeen(cell.y, panel.left)) return null;
  return targetOn(panel, index, panel.left, null, cell);
}

/**
 * At that very x, as high as the first series is there.
 * @param {import("../view/hit_test.js").Panel[]} panels
 * @param {Map<string, import("../link/model.js").Series>} model by name
 * @param {number} x
 */
function ledTarget(panels, model, x) {
  const [first] = shownIn(panels).filter(({ panel }) => x >= panel.x.low && x <= panel.x.high);
  const series = first && model.get(first.name);
  const point = series && pointNear(series, first.panel, x);
  if (!point) return null;
  return targetOn(first.panel, first.index, first.axis, first.name, { x, y: point.y });
}

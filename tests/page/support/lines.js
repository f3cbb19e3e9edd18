/** Lines, and sessions that have them, as the tests of the picture share them. */
import { isLogX, isLogY } from "../../../static/link/options.js";
import { scaleFor } from "../../../static/view/scale.js";

import { Model } from "../../../static/link/model.js";
import { Sweeps } from "../../../static/view/sweeps.js";
import { completeOptions } from "../../../static/link/options.js";

export const flat = (...points) => Float64Array.from(points.flat());

/** One line as the composition makes it. @param {string} name @param {Float64Array} points @param {object} more */
export const lineOf = (name, points, more = {}) => ({
  name,
  label: name,
  points,
  kind: "points",
  style: "line",
  color: "#0474d4",
  dashes: [],
  opacity: 1,
  axis: "left",
  dots: false,
  width: null,
  band: null,
  head: null,
  derived: false,
  dashed: false,
  ...more,
});

/** A session whose series have the points that are given by name. @param {Record<string, Float64Array>} points @param {object} options */
export function sessionOf(points, options = {}) {
  const model = new Model();
  model.setSeries(Object.keys(points).map((name, id) => itemOf(name, id)));
  const xs = Object.values(points).flatMap((its) => [...its].filter((_, i) => i % 2 === 0));
  for (const series of model.series) series.vertices.apply(0, 0, points[series.name]);
  if (xs.length > 0) [model.xMin, model.xMax] = [Math.min(...xs), Math.max(...xs)];
  return {
    model,
    options: completeOptions(options),
    marks: [],
    sweeps: new Sweeps(),
    edits: true,
    connection: { name: "live" },
    env: { now: () => 0 },
  };
}

/** What the relay says of a series. @param {string} name @param {number} id @param {object} more */
export const itemOf = (name, id, more = {}) => ({
  id,
  name,
  of: name,
  run: "",
  number: 0,
  cell: null,
  slot: id,
  smooth: 0,
  source: "",
  derived: "",
  ...more,
});

/** The scales of axes in the middle of what doubles can be. */
export const scalesOf = (options) => ({
  x: scaleFor(isLogX(options)),
  left: scaleFor(isLogY(options)),
  right: scaleFor(isLogY(options)),
});

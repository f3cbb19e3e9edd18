/** Two panels with three series, as the tests of the crosshair of the keys share them. */
import { axisView, LINEAR } from "../../../static/view/scale.js";

export const flat = (...points) => Float64Array.from(points.flat());
export const seriesOf = (name, points, kind = "points") => ({
  name,
  kind,
  vertices: { view: () => points },
});

// Two panels of 100 x 100 pixels, x 10..20, y 0..10: "a" and "b" in the first, "c" in the second.
const y = axisView(LINEAR, [10, 0], 100);
const panelAt = (top, ...names) => ({
  box: { left: 0, top, width: 100, height: 100 },
  x: axisView(LINEAR, [10, 20], 100),
  left: y,
  right: null,
  series: names.map((name) => ({ name, color: "#111", axis: y })),
});
export const PANELS = [panelAt(0, "a", "b"), panelAt(110, "c")];
export const A = seriesOf("a", flat([8, 1], [11, 2], [11, 3], [12, NaN], [13, 4], [25, 5]));

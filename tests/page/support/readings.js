/** What is read off one panel with an axis at each side, as the tests of the readout share it. */
import { ImageColumns } from "../../../static/image/columns.js";
import { OWN } from "../../../static/base/zones.js";
import { axisView, LINEAR } from "../../../static/view/scale.js";

const volts = axisView(LINEAR, [10, 0], 100, "V");
const watts = axisView(LINEAR, [100, 0], 100, "W");
const series = [
  { name: "a", label: "A of many", brief: "A", color: "#111", axis: volts },
  { name: "b", label: "b", brief: "b", color: "#222", axis: watts },
];
export const PANELS = [
  {
    box: { left: 40, top: 10, width: 100, height: 100 },
    x: axisView(LINEAR, [0, 100], 100, "s"),
    left: volts,
    right: watts,
    series,
  },
];
export const MODEL = new Map([
  ["a", { id: 1 }],
  ["b", { id: 2 }],
]);
export const TARGET = { x: 50, y: 5, panel: 0, key: "0:left", series: "a", spot: { x: 90, y: 60 } };
export const reading = (name, x, y, rest = {}) => ({
  name,
  label: name,
  brief: name,
  color: "#111",
  panel: 0,
  key: "0:left",
  axis: volts,
  xy: false,
  x,
  y,
  exact: true,
  candle: null,
  mark: null,
  count: null,
  spot: { x: 40 + x, y: 60 },
  ...rest,
});
export const mark = (x, y, axis = "0:left") => ({ x, y, axis });
export const read = (rest) => ({
  panels: PANELS,
  model: MODEL,
  options: { time: false, x_unit: "s" },
  zone: OWN,
  target: null,
  readings: [],
  marks: { a: null, b: null, before: null },
  figures: null,
  image: new ImageColumns(),
  ...rest,
});

/**
 * One panel, and two of which the second has an axis at the right, as the tests of pointers share
 * them.
 */
import { axisView, LINEAR } from "../../../static/view/scale.js";

export const linear = (high, low, height) => axisView(LINEAR, [high, low], height);
const panelAt = (top, right = null) => ({
  box: { left: 40, top, width: 400, height: 100 },
  x: axisView(LINEAR, [0, 10], 400),
  left: linear(1, 0, 100),
  right,
  series: [],
});
export const ONE = [panelAt(10)];
export const TWO = [panelAt(10), panelAt(150, linear(200, 100, 100))];
export const at = (x, y) => ({ x, y });

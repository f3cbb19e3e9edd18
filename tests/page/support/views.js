/** Views and their scenes, as the tests of what the relay is asked for share them. */
import { initialView } from "../../../static/view/state.js";

export const FOLLOW = initialView(10);
export const range = (from, to) => ({ ...FOLLOW, mode: "range", from, to });
export const sceneOf = ({ mode, from, to }) =>
  mode === "range" ? { from, to, min: 0, max: 100 } : { from: 90, to: 100, min: 0, max: 100 };

/** Lets tests import style sheets and pages as texts, as the bundle of the widget does. */
import { register } from "node:module";

const hooks = `
import { readFileSync } from "node:fs";
export async function load(url, context, next) {
  const path = new URL(url);
  if (!/\\.(css|html)$/.test(path.pathname)) return next(url, context);
  const text = readFileSync(path, "utf8");
  return { format: "module", source: "export default " + JSON.stringify(text), shortCircuit: true };
}`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);

/**
 * Flot needs jQuery under a global name, and uses another of its own, while its files are run: this
 * module sets them, before chart/flot.js imports Flot, which gives them back afterwards. A
 * notebook's document may have a jQuery and a Flot of others.
 */
import jQuery from "jquery";

const NAMES = ["jQuery", "Flot"];
const others = NAMES.map((name) => Object.getOwnPropertyDescriptor(window, name));

for (const name of NAMES) Reflect.deleteProperty(window, name);
Object.assign(window, { jQuery });

/** As it was before. */
export function giveBack() {
  for (const [index, name] of NAMES.entries()) {
    Reflect.deleteProperty(window, name);
    const other = others[index];
    if (other) Object.defineProperty(window, name, other);
  }
}

export default jQuery;

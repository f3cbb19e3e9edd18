/**
 * happy-dom's window, loaded from one file: node loads that three times as fast as the several hundred files of the
 * package, and there is a process for each test module. The file is made when the installed version has none yet.
 */
import { existsSync, renameSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const MODULES = new URL("../../../node_modules/", import.meta.url);

/** @param {string} path in node_modules */
const at = (path) => fileURLToPath(new URL(path, MODULES));

function bundled() {
  const { version } = require(at("happy-dom/package.json"));
  const bundle = at(`.cache/happy-dom-${version}.cjs`);
  if (!existsSync(bundle)) build(bundle);
  return require(bundle);
}

/** By way of another name, for several processes may do it at once. @param {string} bundle */
function build(bundle) {
  const part = `${bundle}.${process.pid}`;
  require("esbuild").buildSync({
    entryPoints: [at("happy-dom/lib/index.js")],
    outfile: part,
    bundle: true,
    platform: "node",
    logLevel: "error",
  });
  renameSync(part, bundle);
}

export const { Window } = bundled();

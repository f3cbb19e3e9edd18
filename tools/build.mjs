/**
 * Makes static/dist/*: `node tools/build.mjs [banner]`. The page's scripts and styles; and the
 * widget, one module that has the page and its styles in it as texts.
 */
import { build } from "esbuild";

const [, , text = ""] = process.argv;
const banner = text ? { js: text, css: text } : {};

/** @type {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  minify: true,
  target: "es2022",
  logLevel: "warning",
};

/** A style sheet, with all that it imports, as a text. @type {import("esbuild").Plugin} */
const stylesAsText = {
  name: "styles as text",
  setup(builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { outputFiles } = await build({ ...common, entryPoints: [path], write: false });
      return { contents: outputFiles[0].text, loader: "text" };
    });
  },
};

const files = { ...common, banner, legalComments: "eof", outdir: "static/dist" };

await build({
  ...files,
  entryPoints: {
    zwsnb: "static/main.js",
    plots: "static/plots.js",
    live: "static/live.js",
    saved: "static/saved.js",
    style: "static/style.css",
  },
  format: "iife",
  globalName: "zwsnbBundle",
});

await build({
  ...files,
  entryPoints: { widget: "static/widget.js" },
  format: "esm",
  loader: { ".html": "text" },
  plugins: [stylesAsText],
});

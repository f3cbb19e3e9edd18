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
    saved: "static/saved.js",
    style: "static/style.css",
  },
  format: "iife",
  globalName: "zwsnbBundle",
});

// It stands in every output, so it says what it exports without esbuild's machinery for that.
await build({
  ...files,
  outdir: undefined,
  outfile: "static/dist/live.js",
  stdin: {
    contents: 'import { show } from "./live.js"; zwsnbBundle = { show };',
    resolveDir: "static",
  },
  banner: { js: [text, "var zwsnbBundle;"].filter(Boolean).join("\n") },
  format: "iife",
});

await build({
  ...files,
  entryPoints: { widget: "static/widget.js" },
  format: "esm",
  loader: { ".html": "text" },
  plugins: [stylesAsText],
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { document, prefer, scopeOf } from "../support/dom.js";
import {
  followTheme,
  groundOfBrowser,
  paintOf,
  prefersReducedMotion,
} from "../../../static/base/theme.js";

const DARK = "(prefers-color-scheme: dark)";

/** What the page is told, after each of some preferences. */
function grounds(asked, ...preferences) {
  const told = [];
  prefer(DARK, false);
  followTheme(scopeOf(), groundOfBrowser(asked), (ground) => told.push(ground));
  for (const [media, value] of preferences) prefer(media, value);
  return told;
}

test("the page follows what the browser says is preferred", () => {
  assert.deepEqual(grounds(null, [DARK, true], [DARK, false]), ["light", "dark", "light"]);
  assert.equal(document.body.dataset.theme, "light");
});

test("unless the address asks for a theme", () => {
  assert.deepEqual(grounds("dark", [DARK, true], [DARK, false]), ["dark", "dark", "dark"]);
  assert.equal(document.body.dataset.theme, "dark");
  assert.deepEqual(grounds("light", [DARK, true]), ["light", "light"]);
});

test("a theme that there is not is passed over", () =>
  assert.deepEqual(grounds("pink", [DARK, true]), ["light", "dark"]));

test("other colours are told too, where the ground is the same", () => {
  const changes = [
    ["(forced-colors: active)", true],
    ["(prefers-contrast: more)", true],
  ];
  assert.deepEqual(grounds(null, ...changes), ["light", "light", "light"]);
});

test("the canvas paints with the colours of the style sheet, and the font of its element", () => {
  const element = document.createElement("div");
  const names = {
    grid: "#111",
    axis: "#222",
    quiet: "#333",
    wait: "#444",
    shade: "#555",
    paper: "#fff",
  };
  for (const [name, color] of Object.entries(names)) element.style.setProperty(`--${name}`, color);
  element.style.font = "11px serif";
  document.body.append(element);
  assert.deepEqual(paintOf(element), {
    grid: "#111",
    axis: "#222",
    text: "#333",
    note: "#444",
    shade: "#555",
    ground: "#fff",
    font: "11px serif",
  });
});

test("less movement is asked for, or is not", () => {
  prefer("(prefers-reduced-motion: reduce)", true);
  assert.equal(prefersReducedMotion(), true);
  prefer("(prefers-reduced-motion: reduce)", false);
  assert.equal(prefersReducedMotion(), false);
});

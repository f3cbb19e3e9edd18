import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { document, prefer } from "../support/dom.js";
import { settled } from "../support/model.js";
import { groundOfNotebook } from "../../../static/comm/notebook_theme.js";

const DARK = "(prefers-color-scheme: dark)";
const { body, documentElement: html } = document;
const groundNow = () => groundOfNotebook(document).ground();

beforeEach(() => {
  for (const element of [body, html])
    for (const name of ["class", "data-theme", "theme", "data-jp-theme-light"])
      element.removeAttribute(name);
  prefer(DARK, false);
});

const SAID = [
  ["JupyterLab", body, "data-jp-theme-light", "true", "false"],
  ["VS Code", body, "class", "vscode-light", "vscode-dark"],
  [
    "VS Code, high contrast",
    body,
    "class",
    "vscode-high-contrast vscode-high-contrast-light",
    "vscode-high-contrast",
  ],
  ["marimo", body, "class", "light", "dark"],
  ["marimo, on its root", html, "data-theme", "light", "dark"],
  ["Colab", html, "theme", "light", "dark"],
];
for (const [notebook, element, name, light, dark] of SAID)
  test(`${notebook} says what it is, whatever the browser prefers`, () => {
    element.setAttribute(name, dark);
    assert.equal(groundNow(), "dark");
    prefer(DARK, true);
    element.setAttribute(name, light);
    assert.equal(groundNow(), "light");
  });

test("a notebook that says nothing is as the browser prefers", () => {
  body.className = "notebook";
  assert.equal(groundNow(), "light");
  prefer(DARK, true);
  assert.equal(groundNow(), "dark");
});

test("another ground is told at once, and only another", async () => {
  const leaving = new AbortController();
  const told = [];
  const source = groundOfNotebook(document);
  source.listen(() => told.push(source.ground()), leaving.signal);
  body.dataset.jpThemeLight = "false";
  await settled();
  body.className = "a-dialog-is-open";
  await settled();
  assert.deepEqual(told, ["dark"]);
  delete body.dataset.jpThemeLight;
  await settled();
  prefer(DARK, true);
  assert.deepEqual(told, ["dark", "light", "dark"]);
  leaving.abort();
  body.dataset.jpThemeLight = "true";
  prefer(DARK, false);
  await settled();
  assert.equal(told.length, 3);
});

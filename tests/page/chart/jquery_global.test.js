import assert from "node:assert/strict";
import { test } from "node:test";
import "../support/dom.js";
import jQuery from "../../../static/chart/jquery_global.js";

test("Flot finds jQuery by its global name", () => {
  assert.equal(globalThis.jQuery, jQuery);
  assert.match(jQuery.fn.jquery, /^4\./);
});

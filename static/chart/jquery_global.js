/**
 * Flot needs jQuery under a global name; this module sets it, before chart/flot.js imports Flot.
 */
import jQuery from "jquery";

Object.assign(window, { jQuery });

export default jQuery;

/** Flot asks for jQuery by a global name; this module gives it one, before chart.js imports Flot. */
import jQuery from "jquery";

Object.assign(window, { jQuery });

export default jQuery;

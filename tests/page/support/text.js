/** Texts of the page as tests can be typed and read. */

/** With plain spaces for thin ones. @param {string} text */
export const plain = (text) => text.replaceAll("\u202f", " ");

/** With a hyphen for a minus too. @param {string} text */
export const typed = (text) => plain(text).replaceAll("\u2212", "-");

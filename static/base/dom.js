/**
 * The few things done to elements. Text goes in as text: names of series and plots are whatever a
 * program sends.
 */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {Node[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

/**
 * An element of index.html.
 * @param {ParentNode} root of the page
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(root, id) {
  const element = /** @type {HTMLElement | null} */ (root.querySelector(`#${id}`));
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}

/**
 * What has the focus where an element is: a document does not see into a shadow root.
 * @param {Element} element
 */
export function focusedBeside(element) {
  const { activeElement = null } = /** @type {Partial<Document | ShadowRoot>} */ (
    element.getRootNode()
  );
  return activeElement;
}

/**
 * Write only what is new: an untouched text costs no layout.
 * @param {Node} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {HTMLElement} element @param {string} text */
export function setTitle(element, text) {
  if (element.title !== text) element.title = text;
}

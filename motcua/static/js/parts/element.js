/**
 * Return the element with this id, which the page's template holds; `type` is its class where more
 * than an HTMLElement is needed: `byId("target", HTMLInputElement)`.
 * @template {HTMLElement} [Type=HTMLElement]
 * @param {string} id
 * @param {new () => Type} [_type]
 * @returns {Type}
 */
export function byId(id, _type) {
  return /** @type {any} */ (document.getElementById(id));
}

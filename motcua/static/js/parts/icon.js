/** The icons of Lucide that css/icons.css draws; their names stand under `motcuaIcons` in package.json. */
import { html } from "./html.js";

/**
 * Return the icon `name`, which screen readers pass over; `extraClass` places it.
 * @param {string} name
 */
export function icon(name, extraClass = "") {
  const classes = `icon icon-${name}${extraClass && ` ${extraClass}`}`;
  return html`<span class=${classes} aria-hidden="true"></span>`;
}

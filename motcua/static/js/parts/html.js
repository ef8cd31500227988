/** lit-html as the screens use it: one place that knows where the library lies. */
import "./hands.js";

export { html, svg, nothing } from "../../vendor/lit-html/lit-html.js";
export { repeat } from "../../vendor/lit-html/directives/repeat.js";
export { classMap } from "../../vendor/lit-html/directives/class-map.js";
export { live } from "../../vendor/lit-html/directives/live.js";
export { render } from "./place.js";

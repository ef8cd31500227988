/** lit-html as the screens use it: one place that knows where the library lies. */
export { html, svg, render, nothing } from "../../vendor/lit-html/lit-html.js";
export { repeat } from "../../vendor/lit-html/directives/repeat.js";
export { classMap } from "../../vendor/lit-html/directives/class-map.js";
export { live } from "../../vendor/lit-html/directives/live.js";

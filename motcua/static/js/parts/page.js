/** What the server told this page: the JSON of `<script id="page">`; an empty object where there is none (tests). */
/** @type {Motcua.PageData} */
export const page = read();

/** How many times as long as usual a view stays before its screen goes on by itself. */
export const pace = page.pace ?? 1;

function read() {
  const element = globalThis.document?.getElementById("page");
  return Object.freeze(element ? JSON.parse(element.textContent ?? "") : {});
}

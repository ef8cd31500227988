/** What the server told this page: the JSON of `<script id="page">`; an empty object where there is none (tests). */
/** @type {Motcua.PageData} */
export const page = read();

function read() {
  const element = globalThis.document?.getElementById("page");
  return Object.freeze(element ? JSON.parse(element.textContent ?? "") : {});
}

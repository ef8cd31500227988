/** The button that prints the list of papers; without scripts the browser's own menu does it. */
import { byId } from "../parts/element.js";
import { ready } from "../parts/ready.js";

const button = byId("print");
button.hidden = false;
button.addEventListener("click", () => window.print());
ready();
